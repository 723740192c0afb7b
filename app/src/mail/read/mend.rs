//! Repairs raw bytes before parsing: undeclared header bytes, cut encoded words, dirty base64, lost boundaries.

use std::borrow::Cow;

use mail_parser::{HeaderName, Message, MessageParser, MimeHeaders, PartType};

use super::{Warning, words};

/// A parser that recurses per nested message must not meet more of them than its stack bears.
const MOST_NESTED: usize = 64;

pub(super) fn mend<'a>(raw: &'a [u8], warnings: &mut Vec<Warning>) -> Option<Cow<'a, [u8]>> {
    let mut bytes = Cow::Borrowed(without_envelope_line(raw));
    if let Some(flat) = flatten(&bytes) {
        warnings.push(Warning::NestedTooDeep);
        bytes = Cow::Owned(flat);
    }
    let parser = MessageParser::default();
    let tail = closing_boundaries(&parser.parse(bytes.as_ref())?, &bytes);
    if !tail.is_empty() {
        warnings.push(Warning::MissingClosingBoundary);
        bytes.to_mut().extend(tail);
    }
    let replacements = replacements(&parser.parse(bytes.as_ref())?, &bytes, warnings);
    if replacements.is_empty() {
        return Some(bytes);
    }
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 16);
    let mut copied = 0;
    for (start, end, replacement) in replacements {
        if start < copied {
            continue;
        }
        out.extend_from_slice(bytes.get(copied..start)?);
        out.extend(replacement);
        copied = end;
    }
    out.extend_from_slice(bytes.get(copied..)?);
    Some(Cow::Owned(out))
}

fn without_envelope_line(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    let start = raw
        .iter()
        .position(|byte| !byte.is_ascii_whitespace())
        .unwrap_or(0);
    let raw = raw.get(start..).unwrap_or_default();
    if raw.starts_with(b"From ") || raw.starts_with(b">From ") {
        let end = raw.iter().position(|&byte| byte == b'\n');
        end.and_then(|end| raw.get(end + 1..)).unwrap_or_default()
    } else {
        raw
    }
}

/// Renames the media types that nest, from the sixty-fifth on.
fn flatten(raw: &[u8]) -> Option<Vec<u8>> {
    let mut seen = 0;
    let mut out: Option<Vec<u8>> = None;
    for at in 0..raw.len() {
        let Some(word) = raw.get(at..at + 6) else {
            break;
        };
        let nests = matches!(word[0] | 0x20, b'r' | b'g' | b'd')
            && [b"rfc822", b"global", b"digest"]
                .iter()
                .any(|name| word.eq_ignore_ascii_case(*name))
            && raw[..at]
                .iter()
                .rev()
                .find(|byte| !byte.is_ascii_whitespace())
                .is_some_and(|byte| matches!(byte, b'/' | b')' | b'"'));
        if nests {
            seen += 1;
            if seen > MOST_NESTED {
                out.get_or_insert_with(|| raw.to_vec())[at] = b'x';
            }
        }
    }
    out
}

/// The end lines that multiparts lack, innermost first.
fn closing_boundaries(message: &Message<'_>, raw: &[u8]) -> Vec<u8> {
    let mut tail = Vec::new();
    for part in message.parts.iter().rev() {
        if let PartType::Message(nested) = &part.body
            && part.encoding == mail_parser::Encoding::None
        {
            tail.extend(closing_boundaries(nested, raw));
        }
        let Some(boundary) = part
            .content_type()
            .filter(|kind| kind.ctype() == "multipart")
            .and_then(|kind| kind.attribute("boundary"))
        else {
            continue;
        };
        let open = format!("--{boundary}");
        let close = format!("{open}--");
        let body = raw.get(part.offset_body as usize..).unwrap_or_default();
        if contains(body, open.as_bytes()) && !contains(body, close.as_bytes()) {
            tail.extend(format!("\r\n{close}\r\n").into_bytes());
        }
    }
    tail
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

type Replacement = (usize, usize, Vec<u8>);

fn replacements(
    message: &Message<'_>,
    raw: &[u8],
    warnings: &mut Vec<Warning>,
) -> Vec<Replacement> {
    let mut all = Vec::new();
    for part in &message.parts {
        let (start, body) = (part.offset_header as usize, part.offset_body as usize);
        if let Some(block) = raw.get(start..body)
            && let Some(mended) = mend_block(block, warnings)
        {
            all.push((start, body, mended));
        }
        let end = part.offset_end as usize;
        let is_base64 = part
            .headers
            .iter()
            .filter(|header| header.name == HeaderName::ContentTransferEncoding)
            .any(|header| {
                header
                    .value
                    .as_text()
                    .is_some_and(|text| text.eq_ignore_ascii_case("base64"))
            });
        if part.is_encoding_problem
            && is_base64
            && let Some(data) = raw.get(body..end)
        {
            warnings.push(Warning::BrokenBase64);
            all.push((body, end, clean_base64(data)));
        }
    }
    all.sort_by_key(|(start, ..)| *start);
    all
}

/// Keeps lines of base64 and drops lines of prose that a gateway put between them.
fn clean_base64(data: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(data.len());
    for line in data.split(|&byte| byte == b'\n') {
        let foreign = line
            .iter()
            .filter(|&&b| !b.is_ascii_alphanumeric() && !matches!(b, b'+' | b'/' | b'=' | b'\r'))
            .count();
        if foreign * 10 <= line.len() {
            kept.extend_from_slice(line);
        }
    }
    use base64::Engine;
    let bytes = words::loose_base64(&kept);
    base64::engine::general_purpose::STANDARD
        .encode(bytes)
        .into_bytes()
}

fn mend_block(block: &[u8], warnings: &mut Vec<Warning>) -> Option<Vec<u8>> {
    if block.is_ascii() && !contains(block, b"=?") {
        return None;
    }
    let mut out = Vec::with_capacity(block.len() + 64);
    for field in fields(block) {
        if !field.is_ascii() {
            warnings.push(Warning::UndeclaredHeaderBytes);
        }
        let text = match std::str::from_utf8(field) {
            Ok(text) => text.to_owned(),
            Err(_) => words::guess(field),
        };
        // Parameters have an encoding of their own, read from these very bytes later.
        let has_parameters = text
            .get(..8)
            .is_some_and(|start| start.eq_ignore_ascii_case("content-"));
        let mended = if has_parameters || !text.contains("=?") {
            text
        } else {
            words::join_words(&text)
        };
        out.extend(mended.into_bytes());
    }
    Some(out)
}

/// Header lines with their continuations and line ends.
fn fields(block: &[u8]) -> Vec<&[u8]> {
    let mut fields = Vec::new();
    let mut start = 0;
    for (at, pair) in block.windows(2).enumerate() {
        if pair[0] == b'\n' && !matches!(pair[1], b' ' | b'\t') {
            fields.push(&block[start..=at]);
            start = at + 1;
        }
    }
    fields.push(&block[start..]);
    fields
}

/// Only the header block of a nested message, with its bytes mended.
pub(super) fn mend_headers(raw: &[u8]) -> Option<Vec<u8>> {
    let raw = without_envelope_line(raw);
    let message = MessageParser::default().parse_headers(raw)?;
    let end = message.parts.first()?.offset_body as usize;
    let block = raw.get(..end)?;
    Some(mend_block(block, &mut Vec::new()).unwrap_or_else(|| block.to_vec()))
}
