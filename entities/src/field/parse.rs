//! Reading typed values: numbers with comma or point, days and moments as forms write them.

use chrono::{NaiveDate, NaiveDateTime};
use uuid::Uuid;

use super::rules::Fault;
use super::settings::Kind;
use super::value::Value;
use crate::clock::Instant;

/// How the reader writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `1.234,5`
    Comma,
    /// `1,234.5`
    Point,
}

/// Reads what was typed or chosen; nothing is none.
///
/// # Errors
/// What is wrong with it, as far as its kind alone can tell.
pub fn value(
    kind: Kind,
    typed: &[String],
    mark: Mark,
    local: impl Fn(NaiveDateTime) -> Instant,
) -> Result<Option<Value>, Fault> {
    let typed: Vec<&str> = typed
        .iter()
        .map(|t| t.trim())
        .filter(|t| !t.is_empty())
        .collect();
    let Some(first) = typed.first().copied() else {
        return Ok(None);
    };
    let id = |text: &str| Uuid::try_parse(text).ok();
    Ok(Some(match kind {
        Kind::Text | Kind::External => Value::Text(line(first)),
        Kind::LongText => Value::Text(lines(first)),
        Kind::Choice | Kind::Tree => Value::Options(vec![id(first).ok_or(Fault::NotOffered)?]),
        Kind::Choices => {
            let ids: Option<Vec<Uuid>> = typed.iter().map(|t| id(t)).collect();
            let mut ids = ids.ok_or(Fault::NotOffered)?;
            let mut seen = Vec::with_capacity(ids.len());
            ids.retain(|id| {
                !seen.contains(id) && {
                    seen.push(*id);
                    true
                }
            });
            Value::Options(ids)
        }
        Kind::YesNo => Value::YesNo(match first {
            "yes" => true,
            "no" => false,
            _ => return Err(Fault::NotOffered),
        }),
        Kind::Whole | Kind::Decimal | Kind::Money => {
            let places = kind.places().unwrap_or_default();
            Value::Number(number(first, places, mark).ok_or(Fault::NotANumber)?)
        }
        Kind::Date => Value::Date(date(first).ok_or(Fault::NotADate)?),
        Kind::Moment => Value::Moment(local(moment(first).ok_or(Fault::NotADate)?)),
        Kind::Person | Kind::Organisation | Kind::Ticket => {
            Value::Reference(id(first).ok_or(Fault::NotFound)?)
        }
    }))
}

fn line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.replace(|c: char| c.is_control() && c != '\n' && c != '\t', " ")
}

/// Years a date may have, so that no slip of a key lies in the year 20226.
fn is_believable(date: NaiveDate) -> bool {
    (1800..=2400).contains(&chrono::Datelike::year(&date))
}

/// A day of any year, as a browser sends it or as people write it.
pub fn day(text: &str) -> Option<NaiveDate> {
    let read = |form| NaiveDate::parse_from_str(text, form).ok();
    read("%Y-%m-%d").or_else(|| read("%d.%m.%Y"))
}

fn date(text: &str) -> Option<NaiveDate> {
    day(text).filter(|d| is_believable(*d))
}

fn moment(text: &str) -> Option<NaiveDateTime> {
    let read = |form| NaiveDateTime::parse_from_str(text, form).ok();
    let at = read("%Y-%m-%dT%H:%M")
        .or_else(|| read("%Y-%m-%dT%H:%M:%S"))
        .or_else(|| read("%d.%m.%Y %H:%M"))?;
    Some(at).filter(|at| is_believable(at.date()))
}

/// A number as it is kept, with so many digits behind the mark; none when it has more, or is none.
/// A point or comma that can only be the mark is taken as it was meant: `7.4` is no seventy-four.
pub fn number(text: &str, places: u32, mark: Mark) -> Option<i64> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '€' | '\u{202f}' | '’'))
        .collect();
    let (negative, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (point, group) = match mark {
        Mark::Comma => (',', '.'),
        Mark::Point => ('.', ','),
    };
    let (whole, part) = match text.split_once(point) {
        Some((whole, part)) => (whole.to_owned(), part),
        // Only groups of three are groups.
        None => match text.rsplit_once(group) {
            Some((before, after)) if !is_grouped(text, group) && places > 0 => {
                (before.to_owned(), after)
            }
            _ => (text.to_owned(), ""),
        },
    };
    if whole.contains(group) && !is_grouped(&whole, group) {
        return None;
    }
    let whole: String = whole.chars().filter(|c| *c != group).collect();
    let part = part.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && part.is_empty()) || !digits(&whole) || !digits(part) {
        // `0,0` has nothing left behind the mark, but something before it.
        return None;
    }
    if part.len() > places as usize {
        return None;
    }
    let padded = format!("{part:0<width$}", width = places as usize);
    let all = format!("{whole}{padded}");
    let kept: i64 = all.parse().ok()?;
    Some(if negative { -kept } else { kept })
}

fn is_grouped(text: &str, group: char) -> bool {
    let mut groups = text.split(group);
    let first = groups.next().unwrap_or_default();
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&first.len()) && digits(first) && groups.all(|g| g.len() == 3 && digits(g))
}

/// A number as a person types it, without groups.
pub fn typed_number(kept: i64, places: u32, mark: Mark) -> String {
    let scale = 10u64.pow(places);
    let size = kept.unsigned_abs();
    let sign = if kept < 0 { "-" } else { "" };
    let (whole, part) = (size / scale, size % scale);
    if part == 0 {
        return format!("{sign}{whole}");
    }
    let part = format!("{part:0>width$}", width = places as usize);
    let point = match mark {
        Mark::Comma => ',',
        Mark::Point => '.',
    };
    format!("{sign}{whole}{point}{}", part.trim_end_matches('0'))
}
