//! Charsets and encoded words: bytes and RFC 2047 text to Unicode, however they were cut.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mail_parser::decoders::charsets::map::charset_decoder;

use super::Warning;

/// Decodes a text by its declared charset, or by what the bytes look like.
pub(super) fn decode_bytes(
    bytes: &[u8],
    charset: Option<&str>,
    warnings: &mut Vec<Warning>,
) -> String {
    let declared = charset.map(|name| name.trim().to_ascii_lowercase());
    let known = match declared.as_deref() {
        None | Some("" | "utf-8" | "utf8" | "us-ascii" | "ascii") => return utf8(bytes, warnings),
        Some("iso-8859-1" | "iso-8859-15" | "latin1" | "windows-1252")
            if is_plainly_utf8(bytes) =>
        {
            warnings.push(Warning::CharsetGuessed);
            return utf8(bytes, warnings);
        }
        Some(name) => charset_decoder(name.as_bytes()),
    };
    match known {
        Some(decode) => decode(bytes),
        None => {
            warnings.push(Warning::CharsetUnknown);
            utf8(bytes, warnings)
        }
    }
}

fn utf8(bytes: &[u8], warnings: &mut Vec<Warning>) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => {
            warnings.push(Warning::CharsetGuessed);
            guess(bytes)
        }
    }
}

/// Nobody writes two pairs such as `Ã¼` in a Latin charset and nothing else beyond ASCII.
fn is_plainly_utf8(bytes: &[u8]) -> bool {
    let several = |text: &str| text.chars().filter(|c| !c.is_ascii()).nth(1).is_some();
    std::str::from_utf8(bytes).is_ok_and(several)
}

/// Mostly valid UTF-8 stays UTF-8; everything else is what German senders forget to declare.
pub(super) fn guess(bytes: &[u8]) -> String {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    match charset_decoder(b"windows-1252") {
        Some(decode) if good <= bad => decode(bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Decodes all encoded words of an unfolded value.
pub(super) fn decode(text: &str) -> String {
    replace_words(text, |run| run.to_owned())
}

/// Writes every run of encoded words as one, so that no character is cut between two.
pub(super) fn join_words(text: &str) -> String {
    replace_words(text, |run| {
        format!("=?utf-8?B?{}?=", STANDARD.encode(run.as_bytes()))
    })
}

fn replace_words(text: &str, emit: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Option<Run> = None;
    let (mut at, mut copied) = (0, 0);
    while let Some(start) = text[at..].find("=?").map(|found| at + found) {
        let Some(word) = Word::at(text, start) else {
            at = start + 2;
            continue;
        };
        let gap = &text[copied..start];
        if run.is_none() || !gap.chars().all(char::is_whitespace) {
            if let Some(run) = run.take() {
                out.push_str(&emit(&run.finish()));
            }
            out.push_str(gap);
        }
        at = word.end;
        copied = word.end;
        run.get_or_insert_default().add(word);
    }
    if let Some(run) = run.take() {
        out.push_str(&emit(&run.finish()));
    }
    out.push_str(&text[copied..]);
    out
}

#[derive(Default)]
struct Run {
    text: String,
    charset: String,
    bytes: Vec<u8>,
}

impl Run {
    fn add(&mut self, word: Word) {
        if word.charset != self.charset {
            self.flush();
            self.charset = word.charset;
        }
        self.bytes.extend(word.bytes);
    }

    fn flush(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        self.text
            .push_str(&decode_bytes(&bytes, Some(&self.charset), &mut Vec::new()));
    }

    fn finish(mut self) -> String {
        self.flush();
        self.text
    }
}

struct Word {
    charset: String,
    bytes: Vec<u8>,
    end: usize,
}

impl Word {
    fn at(text: &str, start: usize) -> Option<Self> {
        let rest = text.get(start + 2..)?;
        let (charset, rest) = rest.split_once('?')?;
        let charset = charset.split('*').next()?;
        if charset.is_empty() || charset.len() > 40 || charset.contains(char::is_whitespace) {
            return None;
        }
        let (encoding, rest) = rest.split_once('?')?;
        if encoding.len() != 1 {
            return None;
        }
        let (data, after) = data(rest)?;
        let bytes = match encoding {
            "q" | "Q" => q_bytes(data),
            "b" | "B" => loose_base64(data.as_bytes()),
            _ => return None,
        };
        Some(Self {
            charset: charset.to_ascii_lowercase(),
            bytes,
            end: text.len() - after.len(),
        })
    }
}

/// The data of an encoded word and what follows it; none when the next word begins before this one ends.
fn data(text: &str) -> Option<(&str, &str)> {
    for (at, _) in text.match_indices('?') {
        if text[at + 1..].starts_with('=') {
            return Some((&text[..at], &text[at + 2..]));
        }
        if text[..at].ends_with('=') {
            return None;
        }
    }
    None
}

fn q_bytes(data: &str) -> Vec<u8> {
    let unfolded = data.replace(['\r', '\n'], "");
    percent_like(unfolded.as_bytes(), b'=')
}

/// Decodes `=C3` or `%C3`, as `marker` says; `_` is a space only after `=`.
pub(super) fn percent_like(data: &[u8], marker: u8) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut at = 0;
    while let Some(&byte) = data.get(at) {
        let pair = data
            .get(at + 1..at + 3)
            .filter(|_| byte == marker)
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match pair {
            Some(decoded) => {
                out.push(decoded);
                at += 3;
            }
            None => {
                out.push(if byte == b'_' && marker == b'=' {
                    b' '
                } else {
                    byte
                });
                at += 1;
            }
        }
    }
    out
}

/// Decodes base64 that has foreign characters, wrong padding, a cut end or several ends.
pub(super) fn loose_base64(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() / 4 * 3 + 3);
    let (mut bits, mut letters) = (0_u32, 0);
    for &letter in data {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                rest(bits, letters, &mut out);
                (bits, letters) = (0, 0);
                continue;
            }
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        letters += 1;
        if letters == 4 {
            out.extend_from_slice(&bits.to_be_bytes()[1..]);
            (bits, letters) = (0, 0);
        }
    }
    rest(bits, letters, &mut out);
    out
}

/// The bytes of a group that is not full.
fn rest(bits: u32, letters: u32, out: &mut Vec<u8>) {
    match letters {
        2 => out.push((bits >> 4).to_be_bytes()[3]),
        3 => out.extend_from_slice(&(bits >> 2).to_be_bytes()[2..]),
        _ => {}
    }
}

/// Decodes quoted-printable and keeps what is not valid as it stands.
pub(super) fn quoted_printable(data: &[u8]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(data.len());
    for line in data.split_inclusive(|&byte| byte == b'\n') {
        let end = line.trim_ascii_end();
        match end.strip_suffix(b"=") {
            Some(soft) => joined.extend(unescape(soft)),
            None => joined.extend(unescape(line)),
        }
    }
    joined
}

fn unescape(line: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(line.len());
    for (index, chunk) in line.split(|&byte| byte == b'=').enumerate() {
        let pair = chunk
            .get(..2)
            .filter(|_| index > 0)
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match pair {
            Some(byte) => {
                out.push(byte);
                out.extend_from_slice(&chunk[2..]);
            }
            None => {
                if index > 0 {
                    out.push(b'=');
                }
                out.extend_from_slice(chunk);
            }
        }
    }
    out
}
