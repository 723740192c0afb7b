//! Parameters of a header (RFC 2231): continuations, charsets and the words old senders put there.

use super::{Warning, words};

#[derive(Default)]
struct Piece {
    section: u32,
    bytes: Vec<u8>,
    extended: bool,
}

/// The value of a parameter in `value`, for example `filename` in a Content-Disposition.
pub(super) fn parameter(value: &str, wanted: &str) -> Option<String> {
    let mut plain = None;
    let mut pieces = Vec::new();
    for (key, text) in pairs(value) {
        let key = key.to_ascii_lowercase();
        let Some(rest) = key.strip_prefix(wanted) else {
            continue;
        };
        if rest.is_empty() {
            plain.get_or_insert(text);
            continue;
        }
        let Some(rest) = rest.strip_prefix('*') else {
            continue;
        };
        let extended = rest.is_empty() || rest.ends_with('*');
        let section = rest.trim_end_matches('*').parse().unwrap_or(0);
        pieces.push(Piece {
            section,
            bytes: text.into_bytes(),
            extended,
        });
    }
    if pieces.is_empty() {
        return plain.map(|text| words::decode(&text));
    }
    pieces.sort_by_key(|piece| piece.section);
    Some(joined(pieces))
}

/// Charset of the first piece, bytes of all: a character may be cut between two pieces.
fn joined(pieces: Vec<Piece>) -> String {
    let mut charset = None;
    let mut bytes = Vec::new();
    for (index, piece) in pieces.into_iter().enumerate() {
        let mut data = piece.bytes.as_slice();
        if piece.extended && index == 0 {
            let mut fields = data.splitn(3, |&byte| byte == b'\'');
            if let (Some(name), Some(_), Some(rest)) = (fields.next(), fields.next(), fields.next())
            {
                charset = Some(String::from_utf8_lossy(name).into_owned());
                data = rest;
            }
        }
        if piece.extended {
            bytes.extend(words::percent_like(data, b'%'));
        } else {
            bytes.extend_from_slice(data);
        }
    }
    let text = words::decode_bytes(&bytes, charset.as_deref(), &mut Vec::<Warning>::new());
    if charset.is_none() {
        words::decode(&text)
    } else {
        text
    }
}

/// Splits at semicolons outside of quotes and takes quotes and backslashes off.
fn pairs(value: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let (mut key, mut text) = (String::new(), String::new());
    let (mut in_value, mut quoted) = (false, false);
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if in_value => quoted = !quoted,
            // Windows paths carry single backslashes, so only quotes and backslashes are escaped.
            '\\' if quoted && matches!(letters.peek(), Some('"' | '\\')) => {
                text.extend(letters.next());
            }
            ';' if !quoted => {
                pairs.push((key.trim().to_owned(), text.trim().to_owned()));
                key.clear();
                text.clear();
                in_value = false;
            }
            '=' if !in_value => in_value = true,
            _ if in_value => text.push(letter),
            _ => key.push(letter),
        }
    }
    pairs.push((key.trim().to_owned(), text.trim().to_owned()));
    pairs
}
