//! Account numbers, known by their check digits.

use super::Span;

/// Length of the account numbers of each country.
const LENGTHS: [(&str, usize); 40] = [
    ("AD", 24),
    ("AT", 20),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FR", 27),
    ("GB", 22),
    ("GI", 23),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("RS", 22),
    ("SE", 24),
    ("SI", 19),
    ("TR", 26),
];

/// The account numbers in a text, in groups or in one piece.
pub fn spans(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = None;
    while let Some(c) = text[at..].chars().next() {
        let begins = c.is_ascii_alphabetic() && !before.is_some_and(char::is_alphanumeric);
        if begins && let Some(to) = end(&text[at..]) {
            found.push((at, at + to));
            at += to;
            before = Some('0');
            continue;
        }
        before = Some(c);
        at += c.len_utf8();
    }
    found
}

/// Where an account number that begins the text ends.
fn end(text: &str) -> Option<usize> {
    let country = text.get(..2)?.to_ascii_uppercase();
    let length = LENGTHS.iter().find(|(code, _)| *code == country)?.1;
    let mut number = String::with_capacity(length);
    for (at, c) in text.char_indices() {
        match c {
            c if c.is_ascii_alphanumeric() => number.push(c.to_ascii_uppercase()),
            ' ' | '\u{a0}' | '\u{202f}' | '-' | '.' if !number.is_empty() => continue,
            _ => return None,
        }
        if number.len() == length {
            let next = text[at + 1..].chars().next();
            let ends = !next.is_some_and(char::is_alphanumeric);
            return (ends && is_valid(&number)).then_some(at + 1);
        }
    }
    None
}

/// ISO 7064, modulo 97.
fn is_valid(number: &str) -> bool {
    let (head, tail) = number.split_at(4);
    if !head.bytes().skip(2).all(|b| b.is_ascii_digit()) {
        return false;
    }
    let rest = tail
        .chars()
        .chain(head.chars())
        .fold(0u32, |rest, c| match c.to_digit(36) {
            Some(value) if value > 9 => (rest * 100 + value) % 97,
            Some(value) => (rest * 10 + value) % 97,
            None => rest,
        });
    rest == 1
}
