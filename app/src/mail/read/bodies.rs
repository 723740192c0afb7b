//! The text and HTML of a message, and the bytes of a part before any charset is applied.

use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, MessagePart, MimeHeaders, PartType};

use super::{Source, Warning, flowed, plain, words};

pub(super) struct Bodies {
    pub text: String,
    pub html: Option<String>,
}

pub(super) fn bodies(source: &Source<'_>, warnings: &mut Vec<Warning>) -> Bodies {
    let message = &source.message;
    let mut texts = Vec::new();
    for part in message.text_bodies() {
        match &part.body {
            PartType::Text(_) => texts.push(text(part, source, warnings)),
            PartType::Html(_) => {
                texts.push(plain::html_to_text(&markup(part, source, warnings)));
            }
            _ => {}
        }
    }
    let has_html = message
        .html_bodies()
        .any(|part| matches!(part.body, PartType::Html(_)));
    let html = has_html.then(|| {
        let mut pages = Vec::new();
        for part in message.html_bodies() {
            match &part.body {
                PartType::Html(_) => pages.push(markup(part, source, warnings)),
                PartType::Text(_) => pages.push(paragraphs(&text(part, source, warnings))),
                _ => {}
            }
        }
        pages.join("\n")
    });
    let joined = texts
        .iter()
        .map(|text| text.trim_end())
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n");
    let text = match &html {
        Some(html) if joined.trim().is_empty() => plain::html_to_text(html),
        _ => joined,
    };
    Bodies { text, html }
}

fn text(part: &MessagePart<'_>, source: &Source<'_>, warnings: &mut Vec<Warning>) -> String {
    let kind = part.content_type();
    let attribute = |name| kind.and_then(|kind| kind.attribute(name));
    let decoded = words::decode_bytes(
        &bytes(part, source.raw, warnings),
        attribute("charset"),
        warnings,
    );
    let decoded = without_nul(decoded, warnings)
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let is_yes = |name, value: &str| {
        attribute(name).is_some_and(|found: &str| found.eq_ignore_ascii_case(value))
    };
    if is_yes("format", "flowed") {
        let spacing = if is_yes("delsp", "yes") {
            flowed::Spacing::Cut
        } else {
            flowed::Spacing::Kept
        };
        flowed::unflow(&decoded, spacing)
    } else {
        decoded
    }
}

fn markup(part: &MessagePart<'_>, source: &Source<'_>, warnings: &mut Vec<Warning>) -> String {
    let bytes = bytes(part, source.raw, warnings);
    let declared = part
        .content_type()
        .and_then(|kind| kind.attribute("charset"))
        .map(str::to_owned)
        .or_else(|| meta_charset(&bytes));
    let decoded = words::decode_bytes(&bytes, declared.as_deref(), warnings);
    without_nul(decoded, warnings).replace("\r\n", "\n")
}

fn meta_charset(html: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(html.get(..html.len().min(2048))?).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let name: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!name.is_empty()).then_some(name)
}

fn paragraphs(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("<p>{}</p>", escaped.trim().replace('\n', "<br>\n"))
}

fn without_nul(text: String, warnings: &mut Vec<Warning>) -> String {
    if text.contains('\0') {
        warnings.push(Warning::NulRemoved);
        text.replace('\0', "")
    } else {
        text
    }
}

/// The bytes of a part after transfer decoding only.
pub(super) fn bytes(part: &MessagePart<'_>, raw: &[u8], warnings: &mut Vec<Warning>) -> Vec<u8> {
    let span = part.offset_body as usize..part.offset_end as usize;
    let raw = raw.get(span).unwrap_or_default();
    if part.is_encoding_problem && !raw.is_empty() {
        warnings.push(Warning::BrokenEncoding);
    }
    match part.encoding {
        Encoding::None => raw.to_vec(),
        Encoding::Base64 => words::loose_base64(raw),
        Encoding::QuotedPrintable => {
            quoted_printable_decode(raw).unwrap_or_else(|| words::quoted_printable(raw))
        }
    }
}
