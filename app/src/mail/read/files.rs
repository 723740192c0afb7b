//! Files of a message: attachments, inline images, nested messages, calendar parts, TNEF.

use std::collections::{HashMap, HashSet};

use entities::text;
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders, PartType};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::parameters::parameter;
use super::{Attachment, Source, Warning, bodies, headers, tame};

const LONGEST_NAME: usize = 180;

pub(super) fn files(
    source: &mut Source<'_>,
    html: Option<&str>,
    warnings: &mut Vec<Warning>,
) -> Vec<Attachment> {
    let shown = html.map(shown_ids).unwrap_or_default();
    let boundaries = boundaries(&source.message);
    let mut files = Vec::new();
    for id in std::mem::take(&mut source.message.attachments) {
        let Some(part) = source.message.parts.get_mut(id as usize) else {
            continue;
        };
        let media_type = media_type(part);
        warnings.extend(remark(&media_type));
        let body = std::mem::take(&mut part.body);
        let part = &*part;
        let bytes = match body {
            PartType::Message(nested) if part.encoding != Encoding::None => {
                nested.raw_message.into_owned()
            }
            body => {
                let is_message = matches!(body, PartType::Message(_));
                // What the parser decoded goes before the same bytes are made once more.
                drop(body);
                if is_message {
                    nested_bytes(source.raw, part, boundaries.get(&id)).to_vec()
                } else {
                    bodies::bytes(part, source.raw, warnings)
                }
            }
        };
        let header = |name| headers::part_header(part, source.raw, name);
        let disposition = header("Content-Disposition").unwrap_or_default();
        let given = parameter(&disposition, "filename")
            .or_else(|| parameter(&header("Content-Type").unwrap_or_default(), "name"));
        let name = given
            .and_then(|given| clean_name(&given, warnings))
            .unwrap_or_else(|| made_name(&media_type, &bytes, files.len() + 1));
        if name.eq_ignore_ascii_case("winmail.dat") {
            warnings.push(Warning::Tnef);
        }
        let content_id = header("Content-ID")
            .map(|id| id.trim_matches(['<', '>', ' ']).to_owned())
            .filter(|id| !id.is_empty());
        let shown_in_html = content_id.as_ref().is_some_and(|id| shown.contains(id));
        let says_inline = disposition
            .get(..6)
            .is_some_and(|start| start.eq_ignore_ascii_case("inline"));
        files.push(Attachment {
            name,
            media_type,
            sha256: hex::encode(Sha256::digest(&bytes)),
            bytes,
            inline: says_inline || shown_in_html,
            shown_in_html,
            content_id,
        });
    }
    files
}

fn media_type(part: &MessagePart<'_>) -> String {
    match part.content_type() {
        Some(kind) => format!(
            "{}/{}",
            kind.ctype(),
            tame::told_back(kind.subtype().unwrap_or("octet-stream"))
        )
        .to_ascii_lowercase(),
        None if part.is_message() => "message/rfc822".to_owned(),
        None if part.is_text() => "text/plain".to_owned(),
        None => "application/octet-stream".to_owned(),
    }
}

fn remark(media_type: &str) -> Option<Warning> {
    match media_type {
        "application/ms-tnef" | "application/vnd.ms-tnef" => Some(Warning::Tnef),
        _ => None,
    }
}

/// The boundary around each part of a multipart.
pub(super) fn boundaries(message: &Message<'_>) -> HashMap<u32, String> {
    let mut around = HashMap::new();
    for part in &message.parts {
        if let PartType::Multipart(ids) = &part.body
            && let Some(boundary) = part.content_type().and_then(|k| k.attribute("boundary"))
        {
            around.extend(ids.iter().map(|id| (*id, boundary.to_owned())));
        }
    }
    around
}

/// A nested message ends where the boundary of the multipart around it stands.
pub(super) fn nested_bytes<'r>(
    raw: &'r [u8],
    part: &MessagePart<'_>,
    boundary: Option<&String>,
) -> &'r [u8] {
    let span = part.offset_body as usize..part.offset_end as usize;
    let raw = raw.get(span).unwrap_or_default();
    let Some(boundary) = boundary else {
        return raw;
    };
    let line = format!("\n--{boundary}").into_bytes();
    let end = raw
        .windows(line.len())
        .rposition(|window| window == line)
        .unwrap_or(raw.len());
    let raw = raw.get(..end).unwrap_or_default();
    raw.strip_suffix(b"\r").unwrap_or(raw)
}

/// Content-IDs that the HTML refers to.
fn shown_ids(html: &str) -> HashSet<String> {
    html.split("cid:")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '\'', ' ', ')', '>']).next())
        .map(super::percent_decoded)
        .collect()
}

/// One path component without control characters; the sender's folders are nobody's business.
fn clean_name(given: &str, warnings: &mut Vec<Warning>) -> Option<String> {
    let composed: String = given.trim().nfc().collect();
    let last = composed.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        // Marks that reverse text let `exe.pdf` be read from `fdp.exe`.
        .filter(|c| !c.is_control() && !text::is_deceptive(*c))
        .collect();
    let kept = kept.trim().trim_start_matches('.').trim_end_matches('.');
    let kept = shortened(kept);
    if kept != composed {
        warnings.push(Warning::FileNameCleaned);
    }
    (!kept.is_empty()).then_some(kept)
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    if extension.is_empty() || extension.chars().count() > 10 {
        return name.chars().take(LONGEST_NAME).collect();
    }
    let room = LONGEST_NAME - 1 - extension.chars().count();
    let stem: String = stem.chars().take(room).collect();
    format!("{stem}.{extension}")
}

fn made_name(media_type: &str, bytes: &[u8], number: usize) -> String {
    match media_type {
        "message/rfc822" | "message/global" => {
            let subject = headers::of_nested(bytes).0;
            let cleaned = subject
                .map(|subject| subject.replace(['/', '\\', ':'], "_"))
                .and_then(|subject| clean_name(&subject, &mut Vec::new()));
            format!("{}.eml", cleaned.as_deref().unwrap_or("message"))
        }
        "message/delivery-status" => "delivery-status.txt".to_owned(),
        "text/rfc822-headers" => "headers.txt".to_owned(),
        "text/calendar" => "calendar.ics".to_owned(),
        "application/ms-tnef" => "winmail.dat".to_owned(),
        _ => format!("attachment-{number}{}", extension(media_type)),
    }
}

fn extension(media_type: &str) -> &'static str {
    match media_type {
        "image/png" => ".png",
        "image/jpeg" => ".jpg",
        "image/gif" => ".gif",
        "application/pdf" => ".pdf",
        "text/plain" => ".txt",
        "text/html" => ".html",
        "text/csv" => ".csv",
        "application/zip" => ".zip",
        _ => ".bin",
    }
}
