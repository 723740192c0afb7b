//! Birth dates: behind a word that says so, or any date well in the past, in the forms in which people write them.

use std::sync::LazyLock;

use chrono::{Datelike, Duration, NaiveDate};
use regex::{Captures, Regex};

use super::Span;

/// Younger dates are when something happened, unless a word says otherwise.
const LEAST_DAYS: i64 = 180;
/// Nobody who is alive was born before.
const FIRST_YEAR: i32 = 1900;

const FORMS: [&str; 3] = [
    // 3.5.2019, 03.05.19, 3/5/2019, 3-5-2019
    r"\b(?P<d>\d{1,2})[ ]?[./-][ ]?(?P<m>\d{1,2})[ ]?[./-][ ]?(?P<y>\d{4}|\d{2})\b",
    // 2019-05-03
    r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b",
    // 3. Mai 2019
    r"(?i)\b(?P<d>\d{1,2})\.?[ ]?(?P<name>jan(?:uar|\.)?|feb(?:ruar|\.)?|märz|mär\.|mrz\.?|apr(?:il|\.)?|mai|jun(?:i|\.)?|jul(?:i|\.)?|aug(?:ust|\.)?|sept?(?:ember|\.)?|okt(?:ober|\.)?|nov(?:ember|\.)?|dez(?:ember|\.)?)[ ](?P<y>\d{4}|\d{2})\b",
];

const LABEL: &str = r"(?i)(?:\bgeb(?:oren|\.)?(?:[ ]am)?|\bgeburtsdatum|\bgeb\.?-?datum|\bgeburtstag|\*)[ ]?:?[ ]*$";

static READ: LazyLock<(Vec<Regex>, Option<Regex>)> = LazyLock::new(|| {
    let forms = FORMS.iter().filter_map(|form| Regex::new(form).ok());
    (forms.collect(), Regex::new(LABEL).ok())
});

/// The dates in a text on which somebody may have been born.
pub fn births(text: &str, today: NaiveDate) -> Vec<Span> {
    let (forms, label) = &*READ;
    let mut spans: Vec<Span> = Vec::new();
    for form in forms {
        for found in form.captures_iter(text) {
            let Some(whole) = found.get(0) else { continue };
            let span = (whole.start(), whole.end());
            // A piece of a version or of a longer number.
            let before = text[..span.0].chars().next_back();
            let is_piece = before.is_some_and(|c| "./-".contains(c));
            let overlaps = spans.iter().any(|one| one.0 < span.1 && span.0 < one.1);
            if is_piece || overlaps {
                continue;
            }
            let Some(date) = date(&found, today) else {
                continue;
            };
            let says_so = label.as_ref().is_some_and(|l| l.is_match(&text[..span.0]));
            let is_old = date + Duration::days(LEAST_DAYS) <= today;
            if says_so || is_old {
                spans.push(span);
            }
        }
    }
    spans
}

fn date(found: &Captures<'_>, today: NaiveDate) -> Option<NaiveDate> {
    let number = |name: &str| found.name(name)?.as_str().parse::<i32>().ok();
    let (day, year) = (number("d")?, number("y")?);
    let month = match found.name("name") {
        Some(name) => month(name.as_str())?,
        None => number("m")?,
    };
    // Two digits mean the last hundred years.
    let year = match year {
        0..=99 => {
            let century = today.year() - today.year().rem_euclid(100);
            let year = century + year;
            if year > today.year() {
                year - 100
            } else {
                year
            }
        }
        year => year,
    };
    if year < FIRST_YEAR {
        return None;
    }
    NaiveDate::from_ymd_opt(year, month.try_into().ok()?, day.try_into().ok()?)
}

fn month(name: &str) -> Option<i32> {
    let name = name.to_lowercase();
    let begins = [
        "ja", "f", "m", "ap", "mai", "jun", "jul", "au", "s", "o", "n", "d",
    ];
    let found = (1..)
        .zip(begins)
        .filter(|(_, begin)| name.starts_with(begin));
    // May begins like March.
    found.map(|(number, _)| number).last()
}
