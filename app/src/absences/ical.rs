//! What of a calendar (iCalendar, RFC 5545) says that somebody is away: whole days, and a digest of what it is called there.

mod entries;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarEntry, ICalendarFrequency, ICalendarProperty,
    ICalendarStatus, ICalendarTransparency, ICalendarValue,
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use entities::absence::feed::{DAYS_AHEAD, Failure, Span};
use entities::text::fold;
use sha2::{Digest, Sha256};

use entries::{Entries, entries};
use rules::has_dates;

/// A day counts when an entry lasts from here on …
const CORE_BEGINS: u32 = 10;
/// … until here, so that neither a visit to the dentist nor an early leave is one.
const CORE_ENDS: u32 = 15;
/// More absences to come than that are no absences.
const MOST_SPANS: usize = 400;
/// More entries that repeat and look like absences are not read.
const MOST_SERIES: usize = 200;
/// So many dates of one entry are reckoned; a daily one of a hundred years has fewer.
const MOST_DATES: usize = 40_000;
/// The longest absence, in days.
const LONGEST: u64 = 3 * 366;
/// What Outlook and Exchange say of an entry beside the standard.
const BUSY_STATUS: &str = "X-MICROSOFT-CDO-BUSYSTATUS";

/// Days that are not over and begin within [`DAYS_AHEAD`], as `zone` counts days. An entry counts that says itself that
/// its person is out of office, or that blocks time and holds one of these words in its title or categories.
///
/// # Errors
/// When it is no calendar, ends in the middle, or holds more than anybody is away.
pub fn spans(
    text: &str,
    words: &[String],
    zone: Tz,
    today: NaiveDate,
) -> Result<Vec<Span>, Failure> {
    let Entries { zones, by_uid } = entries(text)?;
    let words: Vec<Vec<String>> = words.iter().map(|word| tokens(word)).collect();
    let ahead = today.checked_add_days(Days::new(DAYS_AHEAD));
    let until = ahead.unwrap_or(NaiveDate::MAX);
    let mut spans = Vec::new();
    let mut keys = BTreeSet::new();
    let mut series = 0;
    for (uid, mut components) in by_uid {
        if !components.iter().any(|one| is_away(one, &words)) {
            continue;
        }
        series += usize::from(components.iter().any(ICalendarComponent::is_recurrent));
        if series > MOST_SERIES {
            return Err(Failure::TooMany);
        }
        components.extend(zones.iter().cloned());
        let mut calendar = ICalendar { components };
        let repeats = bound(&mut calendar, zone, until);
        for (key, from_on, to_on) in dates(&calendar, &uid, repeats, &words, zone) {
            if to_on < today || until < from_on || !keys.insert(key.clone()) {
                continue;
            }
            let longest = from_on.checked_add_days(Days::new(LONGEST));
            spans.push(Span {
                key,
                from_on,
                to_on: longest.map_or(to_on, |longest| to_on.min(longest)),
            });
            if spans.len() > MOST_SPANS {
                return Err(Failure::TooMany);
            }
        }
    }
    Ok(spans)
}

fn texts(entry: &ICalendarEntry) -> impl Iterator<Item = &str> {
    entry.values.iter().filter_map(ICalendarValue::as_text)
}

fn is_away(component: &ICalendarComponent, words: &[Vec<String>]) -> bool {
    if component.status() == Some(&ICalendarStatus::Cancelled) {
        return false;
    }
    let says = |name: &ICalendarProperty| matches!(name, ICalendarProperty::Other(other) if other.eq_ignore_ascii_case(BUSY_STATUS));
    let mut all = component.entries.iter();
    let status = all.find(|entry| says(&entry.name));
    let status = status.and_then(|entry| texts(entry).next());
    if status.is_some_and(|status| status.trim().eq_ignore_ascii_case("OOF")) {
        return true;
    }
    if component.transparency() == Some(&ICalendarTransparency::Transparent) {
        return false;
    }
    let named = component.entries.iter().filter(|entry| {
        matches!(
            entry.name,
            ICalendarProperty::Summary | ICalendarProperty::Categories
        )
    });
    let named: Vec<Vec<String>> = named.flat_map(texts).map(tokens).collect();
    words.iter().any(|word| {
        let is_in = |text: &Vec<String>| text.windows(word.len()).any(|part| part == &word[..]);
        !word.is_empty() && named.iter().any(is_in)
    })
}

/// The words of a text as they are compared.
fn tokens(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Makes what repeats end where nobody looks any more; whether anything repeats.
fn bound(calendar: &mut ICalendar, zone: Tz, until: NaiveDate) -> bool {
    let resolver = calendar.build_owned_tz_resolver().with_default(zone);
    let mut repeats = false;
    calendar.components.retain_mut(|component| {
        let start = component.property(&ICalendarProperty::Dtstart);
        let local = start.map_or_else(
            || resolver.resolve_or_default(None),
            |start| resolver.resolve_or_default(start.tz_id()),
        );
        // A part told anew has a number of its own, by which it would not be found.
        component
            .entries
            .retain(|entry| entry.name != ICalendarProperty::Sequence);
        let first = component
            .property(&ICalendarProperty::Dtstart)
            .and_then(|entry| entry.values.first()?.as_partial_date_time()?.to_date_time())
            .map(|start| start.date_time.date());
        let (mut is_hourly, mut has_any) = (false, true);
        for entry in component.properties_mut(&ICalendarProperty::Rrule) {
            for value in &mut entry.values {
                let ICalendarValue::RecurrenceRule(rule) = value else {
                    continue;
                };
                repeats = true;
                is_hourly |= matches!(
                    rule.freq,
                    ICalendarFrequency::Hourly
                        | ICalendarFrequency::Minutely
                        | ICalendarFrequency::Secondly
                );
                // Dates are reckoned as they stand on the wall, so the last one has to be one of those.
                let last = rule.until.as_ref().and_then(PartialDateTime::to_date_time);
                let last = last.map(|last| match last.offset {
                    None if rule.until.as_ref().is_some_and(|until| !until.has_time()) => {
                        last.date_time.date().and_time(LATEST)
                    }
                    None => last.date_time,
                    Some(offset) => {
                        let utc = last.date_time - offset;
                        local.from_utc_datetime(&utc).naive_local()
                    }
                });
                let horizon = until.and_time(LATEST);
                let last = last.map_or(horizon, |last| last.min(horizon));
                // Nobody is away several times a day.
                for times in [&mut rule.byhour, &mut rule.byminute, &mut rule.bysecond] {
                    times.truncate(1);
                }
                has_any &= first.is_some_and(|first| has_dates(rule, first, last.date()));
                let last = last.and_utc().timestamp();
                rule.until = Some(PartialDateTime::from_naive_timestamp(last));
            }
        }
        if is_hourly {
            // Nobody is away by the hour.
            component
                .entries
                .retain(|entry| entry.name != ICalendarProperty::Rrule);
        }
        if !is_hourly && !has_any {
            tracing::info!("an entry of a calendar repeats on no day and is left out");
        }
        is_hourly || has_any
    });
    repeats
}

/// The end of a day.
const LATEST: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 59) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// The days of each date of an entry, with what it is known by.
fn dates(
    calendar: &ICalendar,
    uid: &str,
    repeats: bool,
    words: &[Vec<String>],
    zone: Tz,
) -> Vec<(String, NaiveDate, NaiveDate)> {
    let resolver = calendar.build_tz_resolver().with_default(zone);
    let mut found = Vec::new();
    let mut keys = BTreeSet::new();
    for event in calendar.expand_dates(zone, MOST_DATES).events {
        let Some(component) = calendar.components.get(event.comp_id as usize) else {
            continue;
        };
        let Some(event) = event.try_into_date_time() else {
            continue;
        };
        // A date that is told anew keeps its name wherever it is moved to.
        let told_anew = component.property(&ICalendarProperty::RecurrenceId);
        let named = told_anew.and_then(|entry| {
            let at = entry.values.first()?.as_partial_date_time()?;
            let start = component.property(&ICalendarProperty::Dtstart);
            let of = entry
                .tz_id()
                .or_else(|| start.and_then(ICalendarEntry::tz_id));
            at.to_date_time_with_tz(resolver.resolve_or_default(of))
        });
        // Some programs say of a whole day that it ends when it begins.
        let end = match event.end <= event.start && is_whole_day(component) {
            true => event.start + TimeDelta::days(1),
            false => event.end,
        };
        let start = event.start.timestamp();
        let key = match (named, repeats || component.is_recurrent()) {
            (Some(named), _) => format!("{uid}\n{}", named.timestamp()),
            (None, true) => format!("{uid}\n{start}"),
            (None, false) => uid.to_owned(),
        };
        let key = match keys.insert(key.clone()) {
            true => key,
            false => format!("{uid}\n{start}\n"),
        };
        if is_away(component, words)
            && let Some((from_on, to_on)) = days(event.start, end, zone)
        {
            let key = hex::encode(Sha256::digest(key.as_bytes()));
            found.push((key, from_on, to_on));
        }
    }
    found
}

fn is_whole_day(component: &ICalendarComponent) -> bool {
    let start = component.property(&ICalendarProperty::Dtstart);
    let start = start.and_then(|entry| entry.values.first()?.as_partial_date_time());
    start.is_some_and(|start| !start.has_time())
}

/// The days whose core lies within.
fn days<Z: TimeZone>(
    start: DateTime<Z>,
    end: DateTime<Z>,
    zone: Tz,
) -> Option<(NaiveDate, NaiveDate)> {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let start = start.with_timezone(&zone).naive_local();
    let end = end.with_timezone(&zone).naive_local();
    let from_on = match start.time() <= hour(CORE_BEGINS) {
        true => Some(start.date()),
        false => start.date().succ_opt(),
    };
    let to_on = match end.time() >= hour(CORE_ENDS) {
        true => Some(end.date()),
        false => end.date().pred_opt(),
    };
    from_on
        .zip(to_on)
        .filter(|(from_on, to_on)| from_on <= to_on)
}
