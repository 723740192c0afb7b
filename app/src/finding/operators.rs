//! Operators of the search language, in German and English: what each value means here.

use std::sync::LazyLock;

use chrono::{Datelike as _, NaiveDate, TimeZone as _};
use chrono_tz::Tz;
use entities::field::Field;
use entities::field::read::{definitions, with_options};
use entities::ticket::{State, WaitingFor};
use entities::{Actor, Db, Uuid, organisation, person, service, text};
use search::Filter;

use super::article_document::stored;
use super::permission::{option_of, sees};
use super::ticket_document::state_tag;
use crate::locale::Locale;
use crate::web::parts::state_words;

/// What an operator narrows by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Service,
    District,
    State,
    From,
    Before,
    After,
    Field,
}

/// An operator and its names: the German one, the English one, and others that mean the same.
pub const OPERATORS: [(Of, &[&str]); 7] = [
    (Of::Service, &["fachverfahren", "service", "verfahren"]),
    (Of::District, &["bezirk", "district"]),
    (Of::State, &["status", "state"]),
    (Of::From, &["von", "from"]),
    (Of::Before, &["vor", "before"]),
    (Of::After, &["nach", "after", "seit"]),
    (Of::Field, &["feld", "field"]),
];

/// The names that are operators when a colon follows.
pub static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    OPERATORS
        .iter()
        .flat_map(|(_, names)| *names)
        .copied()
        .collect()
});

/// The operator of that name.
pub fn named(name: &str) -> Option<Of> {
    let mut all = OPERATORS.iter();
    all.find(|(_, names)| names.contains(&name))
        .map(|(of, _)| *of)
}

/// States as they are called, also by what they wait for.
pub const STATES: [(State, Option<WaitingFor>); 8] = [
    (State::New, None),
    (State::Open, None),
    (State::Waiting, None),
    (State::Waiting, Some(WaitingFor::Vendor)),
    (State::Waiting, Some(WaitingFor::Date)),
    (State::Solved, None),
    (State::Closed, None),
    (State::Merged, None),
];

/// People that a name may stand for.
const MOST_PEOPLE: u64 = 50;

/// An operator whose value is nothing that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The key of the sentence that says so.
    pub key: &'static str,
    pub value: String,
}

/// What an operator narrows to. One that nothing was typed after narrows nothing.
///
/// # Errors
/// The database's.
pub async fn filter(
    db: &Db,
    actor: &Actor,
    zone: Tz,
    (name, value): (&str, &str),
) -> entities::Result<Result<Filter, Unknown>> {
    let value = value.trim();
    if value.is_empty() {
        return Ok(Ok(Filter::everything()));
    }
    let unknown = |key| Unknown {
        key,
        value: value.to_owned(),
    };
    let among = |attribute: &str, ids: Vec<String>, key| match ids.is_empty() {
        true => Err(unknown(key)),
        false => Ok(Filter::one_of(attribute, ids)),
    };
    Ok(match named(name) {
        Some(Of::Service) => {
            let all = service::list::choices(db).await?;
            let all = all.into_iter().map(|one| (one.id, one.name));
            among("about", alike(all, value), "search-no-service")
        }
        Some(Of::District) => {
            let tiles = organisation::list::tiles(db).await?;
            let short = tiles
                .iter()
                .filter_map(|(one, short)| Some((one.id, short.clone()?)));
            let all = tiles
                .iter()
                .map(|(one, _)| (one.id, one.name.clone()))
                .chain(short);
            among("district", alike(all, value), "search-no-district")
        }
        Some(Of::State) => among("state", states(value), "search-no-state"),
        Some(Of::From) => {
            let people = person::search::search(db, actor, value, MOST_PEOPLE).await?;
            let ids = people.iter().map(|one| one.id.to_string()).collect();
            among("requester", ids, "search-no-person")
        }
        Some(Of::Before) => begins(zone, value)
            .map(|at| Filter::Before { at })
            .ok_or_else(|| unknown("search-no-day")),
        Some(Of::After) => begins(zone, value)
            .map(|at| Filter::After { at })
            .ok_or_else(|| unknown("search-no-day")),
        Some(Of::Field) | None => field(db, actor, value)
            .await?
            .ok_or_else(|| unknown("search-no-field")),
    })
}

/// Those that are called like that: by name as a whole, else those whose name or a word of it begins so.
fn alike(all: impl Iterator<Item = (Uuid, String)>, value: &str) -> Vec<String> {
    let wanted = text::fold(value);
    let all: Vec<(Uuid, String)> = all.map(|(id, name)| (id, text::fold(&name))).collect();
    let exact = all.iter().filter(|(_, name)| *name == wanted);
    let mut ids: Vec<String> = exact.map(|(id, _)| id.to_string()).collect();
    if ids.is_empty() {
        let some = all.iter().filter(|(_, name)| begins_so(name, &wanted));
        ids = some.map(|(id, _)| id.to_string()).collect();
    }
    ids.sort();
    ids.dedup();
    ids
}

/// Whether a folded name, or a word of it, begins so.
pub(super) fn begins_so(name: &str, wanted: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    name.starts_with(wanted) || words.any(|word| word.starts_with(wanted))
}

/// States that are called like that in one of the languages, or by their stored word.
fn states(value: &str) -> Vec<String> {
    let wanted = text::fold(value);
    let mut found: Vec<String> = STATES
        .into_iter()
        .filter(|(state, waiting)| {
            let words = Locale::ALL
                .iter()
                .map(|l| state_words(*l, *state, *waiting));
            // All that waits is waiting, whatever it waits for.
            let mut words = words.chain([state_tag(*state, *waiting), stored(*state)]);
            words.any(|words| text::fold(&words).starts_with(&wanted))
        })
        .map(|(state, waiting)| state_tag(state, waiting))
        .collect();
    found.dedup();
    found
}

/// When a day, month or year begins, in seconds since 1970: `3.11.2026`, `2026-11-03`, `11/2026`, `2026`.
fn begins(zone: Tz, value: &str) -> Option<i64> {
    let number = |text: &str| text.parse::<u32>().ok();
    let parts: Vec<&str> = value
        .split(['.', '-', '/'])
        .filter(|p| !p.is_empty())
        .collect();
    let first = match parts.as_slice() {
        [year] if year.len() == 4 => NaiveDate::from_ymd_opt(year.parse().ok()?, 1, 1)?,
        [a, b] => {
            let (year, month) = match a.len() {
                4 => (a, b),
                _ => (b, a),
            };
            NaiveDate::from_ymd_opt(year.parse().ok()?, number(month)?, 1)?
        }
        [a, b, c] => {
            let (year, day) = match a.len() {
                4 => (a, c),
                _ => (c, a),
            };
            let year: i32 = year.parse().ok()?;
            let year = if year < 100 { year + 2000 } else { year };
            NaiveDate::from_ymd_opt(year, number(b)?, number(day)?)?
        }
        _ => return None,
    };
    if !(1970..=2200).contains(&first.year()) {
        return None;
    }
    let midnight = first.and_hms_opt(0, 0, 0)?;
    let midnight = zone.from_local_datetime(&midnight).earliest()?;
    Some(midnight.timestamp())
}

/// The key of a field and its labels, folded.
pub(super) fn names_of(field: &Field) -> [String; 3] {
    let row = &field.row;
    [&row.key, &row.label_de, &row.label_en].map(|name| text::fold(name))
}

/// `key=option` or a key alone: tickets that hold something of that name in that field.
async fn field(db: &Db, actor: &Actor, value: &str) -> entities::Result<Option<Filter>> {
    let (name, option) = value.split_once('=').unwrap_or((value, ""));
    let name = text::fold(name.trim());
    let fields = definitions(db).await?;
    let mut fields = fields.iter().filter(|field| sees(actor, field));
    let found = fields.find(|field| names_of(field).contains(&name));
    let Some(found) = found.filter(|field| field.row.kind.has_options()) else {
        return Ok(None);
    };
    let with = with_options(db, &[found.row.id]).await?.pop();
    let options = with.map(|field| field.options).unwrap_or_default();
    let all = options.iter().flat_map(|one| {
        [
            (one.id, one.label.de.clone()),
            (one.id, one.label.en.clone()),
        ]
    });
    let ids = alike(all, option);
    Ok((!ids.is_empty()).then(|| Filter::one_of(option_of(found.row.id), ids)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_for_a_vendor_is_told_apart_from_what_waits_for_an_answer() {
        assert_eq!(states("Beim Hersteller"), ["vendor"]);
        assert_eq!(states("rückfr"), ["waiting"]);
        assert_eq!(states("zurückge"), ["date"]);
        assert_eq!(states("solved"), ["solved"]);
        assert_eq!(states("Waiting for reply"), ["waiting"]);
        assert_eq!(states("waiting"), ["waiting", "vendor", "date"]);
    }
}
