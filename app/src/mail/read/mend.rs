//! Repairs raw bytes before they are read: undeclared header bytes, cut encoded words, dirty base64, lost boundaries.

use std::collections::HashMap;

use mail_parser::{HeaderName, Message, MessagePart, MimeHeaders, PartType};

use super::{Warning, parse, tame, words};

/// Parses what `raw` was meant to be and hands it on with the bytes its offsets point into.
pub(super) fn mended<T>(
    raw: &[u8],
    mut warnings: Vec<Warning>,
    read: impl FnOnce(Message<'_>, &[u8], Vec<Warning>) -> Option<T>,
) -> Option<T> {
    let mut bytes = tame::tame(without_envelope_line(raw), &mut warnings);
    let message = parse(&bytes)?;
    let tail = closing_boundaries(&message, &bytes);
    if tail.is_empty() {
        return replaced(message, &bytes, warnings, read);
    }
    drop(message);
    warnings.push(Warning::MissingClosingBoundary);
    bytes.to_mut().extend(tail);
    replaced(parse(&bytes)?, &bytes, warnings, read)
}

fn replaced<T>(
    message: Message<'_>,
    bytes: &[u8],
    mut warnings: Vec<Warning>,
    read: impl FnOnce(Message<'_>, &[u8], Vec<Warning>) -> Option<T>,
) -> Option<T> {
    let replacements = replacements(&message, bytes, &mut warnings);
    if replacements.is_empty() {
        return read(message, bytes, warnings);
    }
    drop(message);
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
    read(parse(&out)?, &out, warnings)
}

/// The mail from its first head on: without the line by which a pipe names the envelope, and what stands before it.
pub fn without_envelope_line(raw: &[u8]) -> &[u8] {
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

/// The end lines that multiparts lack, innermost first.
fn closing_boundaries(message: &Message<'_>, raw: &[u8]) -> Vec<u8> {
    let multiparts = multiparts(message);
    if multiparts.is_empty() {
        return Vec::new();
    }
    let mut last_ends: HashMap<&[u8], Option<usize>> = multiparts
        .iter()
        .map(|(_, boundary)| (boundary.as_bytes(), None))
        .collect();
    find_ends(raw, &mut last_ends);
    let mut tail = Vec::new();
    for (part, boundary) in multiparts.into_iter().rev() {
        let last_end = last_ends.get(boundary.as_bytes()).copied().flatten();
        if last_end.is_none_or(|end| end < part.offset_body as usize) {
            tail.extend(format!("\r\n--{boundary}--\r\n").into_bytes());
        }
    }
    tail
}

/// Every multipart that was found to begin, those of nested messages too, in the order of the message.
fn multiparts<'m>(message: &'m Message<'_>) -> Vec<(&'m MessagePart<'m>, &'m str)> {
    let mut found = Vec::new();
    let mut open = vec![message.parts.iter()];
    while let Some(parts) = open.last_mut() {
        let Some(part) = parts.next() else {
            open.pop();
            continue;
        };
        match &part.body {
            PartType::Multipart(_) => {
                let kind = part.content_type();
                if let Some(boundary) = kind.and_then(|kind| kind.attribute("boundary")) {
                    found.push((part, boundary));
                }
            }
            PartType::Message(nested) if part.encoding == mail_parser::Encoding::None => {
                open.push(nested.parts.iter());
            }
            _ => {}
        }
    }
    found
}

/// Notes the last line that ends each of the boundaries.
fn find_ends(raw: &[u8], last_ends: &mut HashMap<&[u8], Option<usize>>) {
    let mut at = 0;
    for line in raw.split_inclusive(|&byte| byte == b'\n') {
        if let Some(rest) = line.strip_prefix(b"--") {
            let likely = &rest[..rest.len().min(tame::LONGEST_BOUNDARY + 2)];
            for (end, pair) in likely.windows(2).enumerate() {
                if pair == b"--"
                    && let Some(last) = last_ends.get_mut(&rest[..end])
                {
                    *last = Some(at);
                }
            }
        }
        at += line.len();
    }
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
pub(super) fn mend_headers(raw: &[u8]) -> Vec<u8> {
    let raw = without_envelope_line(raw);
    let mut end = 0;
    for line in raw.split_inclusive(|&byte| byte == b'\n') {
        end += line.len();
        if line.trim_ascii().is_empty() {
            break;
        }
    }
    let block = &raw[..end];
    mend_block(block, &mut Vec::new()).unwrap_or_else(|| block.to_vec())
}
