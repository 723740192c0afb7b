//! What is recognised by its form alone: mail addresses, telephone numbers, postal addresses, case numbers.

use std::sync::LazyLock;

use regex::Regex;

use super::Span;

const MAIL: &str = r"[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+";

const PHONES: [&str; 2] = [
    // With its code: +49 30 90227-5050, 0049 …, (030) 90 22 75, 0170/1234567.
    r"(?:\+\d{2}|\(0|\b0)[\d /().–-]{5,20}\d",
    // Behind its word: Tel. 90227-5050, Durchwahl: 5050.
    r"(?i:\b(?:tel(?:efon)?|fon|fax|mobil|handy|durchwahl|rufnummer)\b\.?(?:-?nr\.?)?\s*:?\s*)(\+?\d[\d /()–-]{1,20}\d)",
];

const POSTAL: [&str; 2] = [
    // A street with its number, and the place behind it.
    r"\b(?:[A-ZÄÖÜ][\p{L}.-]*[ \t]+)?(?:[A-ZÄÖÜ][\p{L}-]*?(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.|[Ww]eg|[Pp]latz|[Aa]llee|[Dd]amm|[Uu]fer|[Gg]asse|[Rr]ing|[Cc]haussee|[Pp]romenade|[Ss]teig|[Zz]eile)|Stra(?:ß|ss)e|Str\.|Weg|Platz|Allee|Damm|Ufer|Gasse|Ring|Chaussee|Promenade|Steig|Zeile)[ \t]*\d{1,4}(?:[ \t]?[a-zA-Z]\b)?(?:[ \t]*[,\n][ \t]*(?:D-)?\d{5}[ \t]+[A-ZÄÖÜ][\p{L}-]+)?",
    // A place with its code, where one stands.
    r"(?m)(?:^|,|\bD-)[ \t]*(\d{5}[ \t]+[A-ZÄÖÜ][\p{L}-]+)",
];

const CASES: [&str; 3] = [
    // Behind its word: Az. 51/4711, Gutscheinnummer: 2026-118, Steuer-ID 12 345 678 901.
    r"(?i:\b(?:akten|geschäfts|kassen)zeichen|\baz\b\.?|\bgz\b\.?|\b(?:akten|fall|vorgangs|gutschein|antrags|bescheid|kunden|kind(?:er)?|klienten|versicherten|versicherungs|personal|ausweis|steuer)[ -]?(?:nr\b\.?|nummer|id\b|identifikationsnummer)|\bpersonenkennung|\bpersonenkennzeichen|\bpkz\b)\s*(?:ist|lautet|:|#)?\s*(\p{L}{0,6}[ -]?\d[\p{L}\d/.-]*(?:[ ]\d[\d/.-]*)*)",
    // With the year behind a stroke: JugA 3-51/2026, 51-KB-004711/26.
    r"\b(?:\d{1,3}-)?[A-ZÄÖÜ]\p{L}{0,5}[ -]?\d[\p{L}\d-]{2,20}/\d{2,4}\b",
    // Of the pension insurance: 65 170839 J 003.
    r"\b\d{2} ?\d{6} ?[A-Z] ?\d{3}\b",
];

struct Forms {
    mail: Vec<Regex>,
    phones: Vec<Regex>,
    postal: Vec<Regex>,
    cases: Vec<Regex>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let read = |forms: &[&str]| {
        forms
            .iter()
            .filter_map(|form| Regex::new(form).ok())
            .collect()
    };
    Forms {
        mail: read(&[MAIL]),
        phones: read(&PHONES),
        postal: read(&POSTAL),
        cases: read(&CASES),
    }
});

/// The spans of the last group of each form, or of all of it; none overlaps one before.
fn all(forms: &[Regex], text: &str, fits: impl Fn(&str, Span) -> bool) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for form in forms {
        for found in form.captures_iter(text) {
            let Some(group) = found.iter().flatten().last() else {
                continue;
            };
            let span = (group.start(), group.end());
            let is_new = spans.iter().all(|one| one.1 <= span.0 || span.1 <= one.0);
            if is_new && fits(text, span) {
                spans.push(span);
            }
        }
    }
    spans
}

pub fn mail_addresses(text: &str) -> Vec<Span> {
    all(&FORMS.mail, text, |_, _| true)
}

pub fn phones(text: &str) -> Vec<Span> {
    let (with_code, behind_word) = FORMS.phones.split_at(1.min(FORMS.phones.len()));
    let mut spans = all(behind_word, text, |text, (from, to)| {
        (3..=15).contains(&digits(&text[from..to]))
    });
    spans.extend(all(with_code, text, |text, (from, to)| {
        let before = text[..from].chars().next_back();
        // A piece of a longer number, of a version or of a date.
        let is_piece = before.is_some_and(|c| c.is_alphanumeric() || "-./,:".contains(c));
        !is_piece && (7..=15).contains(&digits(&text[from..to])) && !is_date(&text[from..to])
    }));
    without_overlaps(spans)
}

pub fn postal_addresses(text: &str) -> Vec<Span> {
    all(&FORMS.postal, text, |_, _| true)
}

pub fn case_numbers(text: &str) -> Vec<Span> {
    let spans = all(&FORMS.cases, text, |text, (from, to)| {
        digits(&text[from..to]) >= 3
    });
    // What ends a sentence is no part of it.
    let trimmed = |(from, to): Span| {
        let number = text[from..to].trim_end_matches(['.', '-', '/']);
        (from, from + number.len())
    };
    spans.into_iter().map(trimmed).collect()
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let short =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    matches!(parts.as_slice(), [day, month, rest] if short(day) && short(month) && rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn without_overlaps(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut kept: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        if kept.last().is_none_or(|last| last.1 <= span.0) {
            kept.push(span);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_can_be_read() {
        for form in [&[MAIL][..], &PHONES, &POSTAL, &CASES].concat() {
            assert!(Regex::new(form).is_ok(), "{form}");
        }
    }
}
