//! The entries of a calendar's text, by what it calls them, and its descriptions of time zones.

use std::collections::BTreeMap;

use calcard::icalendar::{ICalendarComponent, ICalendarComponentType, ICalendarProperty};
use calcard::{Entry, Parser};
use entities::absence::feed::Failure;

/// More descriptions of time zones are left out.
const MOST_ZONES: usize = 100;

/// What a text holds.
pub(super) struct Entries {
    pub(super) zones: Vec<ICalendarComponent>,
    /// The parts of each entry: itself, and dates of it that are told anew.
    pub(super) by_uid: BTreeMap<String, Vec<ICalendarComponent>>,
}

/// Reads all of a text.
pub(super) fn entries(text: &str) -> Result<Entries, Failure> {
    let mut parser = Parser::new(text);
    let mut all = Entries {
        zones: vec![],
        by_uid: BTreeMap::new(),
    };
    let mut calendars = 0;
    loop {
        let calendar = match parser.entry() {
            Entry::ICalendar(calendar) => calendar,
            Entry::Eof => break,
            // What stands between two calendars is nobody's business.
            _ if calendars > 0 => continue,
            _ => return Err(Failure::NoCalendar),
        };
        let first = calendar.components.first().map(|one| &one.component_type);
        if first != Some(&ICalendarComponentType::VCalendar) {
            return Err(Failure::NoCalendar);
        }
        calendars += 1;
        for component in calendar.components {
            match component.component_type {
                ICalendarComponentType::VTimezone if all.zones.len() < MOST_ZONES => {
                    all.zones.push(component);
                }
                ICalendarComponentType::VEvent => {
                    all.by_uid
                        .entry(uid(&component))
                        .or_default()
                        .push(component);
                }
                _ => {}
            }
        }
    }
    if calendars == 0 {
        return Err(Failure::NoCalendar);
    }
    // The parser takes what there is; of a text that was cut off, entries would seem to be gone.
    let ending = text.trim_end().as_bytes();
    let end = b"END:VCALENDAR";
    let is_whole =
        ending.len() >= end.len() && ending[ending.len() - end.len()..].eq_ignore_ascii_case(end);
    match is_whole {
        true => Ok(all),
        false => Err(Failure::CutOff),
    }
}

/// What a calendar calls an entry; without a name it is known by its days.
fn uid(component: &ICalendarComponent) -> String {
    let named = component.uid().filter(|uid| !uid.trim().is_empty());
    named.map_or_else(
        || {
            let part = |property| component.property(&property).map(|entry| &entry.values);
            let days = (
                part(ICalendarProperty::Dtstart),
                part(ICalendarProperty::Dtend),
            );
            format!("{days:?}")
        },
        str::to_owned,
    )
}
