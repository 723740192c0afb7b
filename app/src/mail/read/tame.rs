//! Takes from raw bytes what would make a parser work or recurse without bounds.

use std::borrow::Cow;

use super::Warning;

/// A parsed message is dropped by recursion, so its stack must bear the deepest nesting.
const MOST_NESTED: usize = 300;

/// Each multipart may make the parser look through the whole rest of the message.
const MOST_SEARCHED: usize = 1 << 30;
const FEWEST_MULTIPARTS: usize = 256;
const MOST_MULTIPARTS: usize = 10_000;

/// RFC 2046 allows 70.
pub(super) const LONGEST_BOUNDARY: usize = 250;

/// Parameters are joined one by one, so a field of megabytes would take hours.
const LONGEST_FIELD: usize = 16 * 1024;

/// What a media type becomes that must not be followed any further; `told_back` undoes it for people.
const NESTING: [(&[u8], &str, &str); 3] = [
    (b"rfc822", "xfc822", "rfc822"),
    (b"global", "xlobal", "global"),
    (b"digest", "xigest", "digest"),
];

/// The subtype as its sender wrote it.
pub(super) fn told_back(subtype: &str) -> &str {
    NESTING
        .iter()
        .find(|(_, tamed, _)| subtype.eq_ignore_ascii_case(tamed))
        .map_or(subtype, |(_, _, original)| original)
}

pub(super) fn tame<'a>(raw: &'a [u8], warnings: &mut Vec<Warning>) -> Cow<'a, [u8]> {
    let mut tamed = Cow::Borrowed(raw);
    let (nested, multiparts) = too_many(raw);
    if !nested.is_empty() || !multiparts.is_empty() {
        warnings.push(Warning::NestedTooDeep);
    }
    let boundaries = long_boundaries(raw);
    for at in nested.into_iter().chain(multiparts).chain(boundaries) {
        if let Some(letter) = tamed.to_mut().get_mut(at) {
            *letter = b'x';
        }
    }
    let fields = long_fields(&tamed);
    if fields.is_empty() {
        return tamed;
    }
    warnings.push(Warning::HeaderCut);
    let mut kept = Vec::with_capacity(tamed.len());
    let mut copied = 0;
    for (start, end) in fields {
        kept.extend_from_slice(tamed.get(copied..start).unwrap_or_default());
        kept.extend_from_slice(b"\r\n");
        copied = end;
    }
    kept.extend_from_slice(tamed.get(copied..).unwrap_or_default());
    Cow::Owned(kept)
}

/// Where the names of nesting types begin that are beyond what is followed.
fn too_many(raw: &[u8]) -> (Vec<usize>, Vec<usize>) {
    let most_multiparts =
        (MOST_SEARCHED / raw.len().max(1)).clamp(FEWEST_MULTIPARTS, MOST_MULTIPARTS);
    let (mut nested, mut multiparts) = (Vec::new(), Vec::new());
    let (mut seen_nested, mut seen_multiparts) = (0, 0);
    for (at, &letter) in raw.iter().enumerate() {
        match letter | 0x20 {
            b'r' | b'g' | b'd' if is_nesting(raw, at) => {
                seen_nested += 1;
                if seen_nested > MOST_NESTED {
                    nested.push(at);
                }
            }
            b'm' if has(raw, at, b"multipart") && is_type(raw, at + 9) => {
                seen_multiparts += 1;
                if seen_multiparts > most_multiparts {
                    multiparts.push(at);
                }
            }
            _ => {}
        }
    }
    (nested, multiparts)
}

fn has(raw: &[u8], at: usize, word: &[u8]) -> bool {
    raw.get(at..at + word.len())
        .is_some_and(|found| found.eq_ignore_ascii_case(word))
}

fn is_nesting(raw: &[u8], at: usize) -> bool {
    NESTING.iter().any(|(name, ..)| has(raw, at, name))
        && raw[..at]
            .iter()
            .rev()
            .find(|byte| !byte.is_ascii_whitespace())
            .is_some_and(|byte| matches!(byte, b'/' | b')' | b'"'))
}

fn is_type(raw: &[u8], end: usize) -> bool {
    raw.get(end..)
        .unwrap_or_default()
        .iter()
        .find(|byte| !byte.is_ascii_whitespace())
        .is_some_and(|byte| matches!(byte, b'/' | b'('))
}

/// Where the word `boundary` stands before a value no multipart has.
fn long_boundaries(raw: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, &letter) in raw.iter().enumerate() {
        if letter | 0x20 != b'b' || !has(raw, at, b"boundary") {
            continue;
        }
        let value = raw.get(at + 8..).unwrap_or_default();
        let assigned = value
            .iter()
            .take(32)
            .find(|byte| !byte.is_ascii_whitespace() && **byte != b'*' && **byte != b'0');
        let ends = |byte: &u8| matches!(byte, b'\n' | b';');
        if assigned == Some(&b'=') && !value.iter().take(LONGEST_BOUNDARY).any(ends) {
            found.push(at);
        }
    }
    found
}

/// From where to where the `Content-` fields go beyond what is read of them.
fn long_fields(raw: &[u8]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < raw.len() {
        let line_end = |from: usize| {
            let rest = raw.get(from..).unwrap_or_default();
            rest.iter()
                .position(|&byte| byte == b'\n')
                .map_or(raw.len(), |at| from + at + 1)
        };
        let mut end = line_end(start);
        if has(raw, start, b"content-") {
            while matches!(raw.get(end), Some(b' ' | b'\t')) {
                end = line_end(end);
            }
            if end - start > LONGEST_FIELD {
                found.push((start + LONGEST_FIELD, end));
            }
        }
        start = end;
    }
    found
}
