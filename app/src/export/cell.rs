//! One cell of a file: what a ticket or its field holds, as CSV writes it and reads it again.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, Timelike as _};
use entities::field::parse::{number, typed_number};
use entities::field::{Field, Kind, Value, Words, option, parse};
use entities::{Instant, Uuid};

use crate::fields::typed::joined;
use crate::fields::words::{mark, said};
use crate::locale::{Locale, Now};

/// What stands in a cell, with its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    /// As it is kept, with so many digits behind the mark.
    Number {
        kept: i64,
        places: u32,
    },
    /// Cents.
    Money(i64),
    YesNo(bool),
    Date(NaiveDate),
    Moment(Instant),
}

/// Stands between the options of a multiple choice.
const BETWEEN: &str = " | ";

/// What programs take for the beginning of a formula, in its wide forms too.
const DANGEROUS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether it would be taken for a formula, or for one that was made harmless.
fn is_dangerous(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(DANGEROUS)
}

/// A text that no program takes for a formula.
pub fn harmless(text: &str) -> String {
    match is_dangerous(text) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// What `harmless` was given.
pub fn harmful(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest,
        _ => text,
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::from(Some(text.to_owned()))
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Cell {
        match text {
            Some(text) if !text.is_empty() => Cell::Text(text),
            _ => Cell::Empty,
        }
    }
}

impl From<Option<Instant>> for Cell {
    fn from(at: Option<Instant>) -> Cell {
        at.map_or(Cell::Empty, Cell::Moment)
    }
}

/// The cell of a field's value; `words` are those of options and of what it points at.
pub fn of(locale: Locale, kind: Kind, value: &Value, words: &HashMap<Uuid, Words>) -> Cell {
    let named = |id: &Uuid| match words.get(id) {
        Some(words) => said(locale, words).to_owned(),
        None => locale.t("event-removed"),
    };
    match value {
        Value::Text(text) => Cell::from(text.as_str()),
        Value::Options(ids) => {
            let names: Vec<String> = ids.iter().map(named).collect();
            Cell::Text(names.join(BETWEEN))
        }
        Value::YesNo(yes) => Cell::YesNo(*yes),
        Value::Number(kept) => match (kind, kind.places()) {
            (Kind::Money, _) => Cell::Money(*kept),
            (_, places) => Cell::Number {
                kept: *kept,
                places: places.unwrap_or_default(),
            },
        },
        Value::Date(date) => Cell::Date(*date),
        Value::Moment(at) => Cell::Moment(*at),
        Value::Reference(id) => Cell::Text(named(id)),
    }
}

/// The cell as CSV has it: numbers and days as the reader's Excel reads them, texts without formulas.
pub fn csv(locale: Locale, now: &Now, cell: &Cell) -> String {
    let day = match locale {
        Locale::De => "%d.%m.%Y",
        Locale::En => "%Y-%m-%d",
    };
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Number { kept, places } => typed_number(*kept, *places, mark(locale)),
        Cell::Money(cents) => typed_number(*cents, 2, mark(locale)),
        Cell::YesNo(true) => locale.t("field-yes"),
        Cell::YesNo(false) => locale.t("field-no"),
        Cell::Date(date) => date.format(day).to_string(),
        Cell::Moment(at) => {
            let local = now.local(*at);
            let time = match local.second() {
                0 => "%H:%M",
                _ => "%H:%M:%S",
            };
            local.format(&format!("{day} {time}")).to_string()
        }
    }
}

/// The value a cell of CSV stands for; none when it is empty, names what only a person can find, or is no value.
/// Seconds are the smallest that is told, and of the hour that comes twice in autumn it is the first.
pub fn read(locale: Locale, now: &Now, field: &Field, text: &str) -> Option<Value> {
    let kind = field.row.kind;
    if text.is_empty() || kind.is_reference() {
        return None;
    }
    if kind.is_text() {
        return Some(Value::Text(harmful(text).to_owned()));
    }
    if kind.has_options() {
        let named = |text: &str| {
            field
                .options
                .iter()
                .find(|o| joined(locale, &option::path(&field.options, o.id)) == text)
        };
        let one = |text: &str| named(text).map(|option| option.id);
        // A name may hold what stands between names, so of a single choice all of it is one.
        let whole = one(harmful(text)).map(|id| vec![id]);
        let ids = whole.or_else(|| harmful(text).split(BETWEEN).map(one).collect())?;
        return Some(Value::Options(ids));
    }
    match kind {
        Kind::YesNo => [("field-yes", true), ("field-no", false)]
            .into_iter()
            .find(|(key, _)| locale.t(key) == text)
            .map(|(_, yes)| Value::YesNo(yes)),
        Kind::Moment => {
            let at = [
                "%d.%m.%Y %H:%M",
                "%d.%m.%Y %H:%M:%S",
                "%Y-%m-%d %H:%M",
                "%Y-%m-%d %H:%M:%S",
            ]
            .into_iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
            Some(Value::Moment(now.instant(at.date(), at.time())))
        }
        Kind::Date => {
            let never = |at: NaiveDateTime| at.and_utc();
            let read = parse::value(kind, &[text.to_owned()], mark(locale), never);
            read.ok().flatten()
        }
        _ => number(text, kind.places()?, mark(locale)).map(Value::Number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Now {
        Now::new(chrono::DateTime::UNIX_EPOCH, chrono_tz::Tz::Europe__Berlin)
    }

    #[test]
    fn what_begins_like_a_formula_is_text_and_comes_back_as_it_was() {
        for text in [
            "=1+1", "+49 30", "-1", "@SUM(A1)", "\tx", "'=1", "''-", "＝1",
        ] {
            let cell = harmless(text);
            assert!(cell.starts_with('\''), "{cell}");
            assert_eq!(harmful(&cell), text);
        }
        for text in ["", "Zahllauf", "'s Hertogenbosch", "'", "1-2"] {
            assert_eq!(harmless(text), text);
            assert_eq!(harmful(text), text);
        }
    }

    #[test]
    fn numbers_and_days_are_written_the_readers_way() {
        let at = chrono::DateTime::from_timestamp(1_795_774_500, 0).unwrap_or_default();
        let money = Cell::Money(-125_050);
        for (locale, number, day, moment) in [
            (Locale::De, "-1250,5", "24.11.2026", "27.11.2026 11:15"),
            (Locale::En, "-1250.5", "2026-11-24", "2026-11-27 11:15"),
        ] {
            let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default();
            assert_eq!(csv(locale, &now(), &money), number);
            assert_eq!(csv(locale, &now(), &Cell::Date(date)), day);
            assert_eq!(csv(locale, &now(), &Cell::Moment(at)), moment);
        }
    }
}
