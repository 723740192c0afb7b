//! Reckoning in hours that count: adding to an instant, and measuring between two, exact through changes of clocks.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Europe::Berlin;
use serde::{Deserialize, Serialize};

use super::holidays::{FreeDay, Region};
use crate::clock::{Instant, day};

/// So many days are looked through for an hour that counts.
const MOST_DAYS: usize = 3660;

/// Part of a day, in minutes since midnight; stored as `08:00-16:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Span {
    pub from: u16,
    /// At most 24 hours.
    pub to: u16,
}

impl From<Span> for String {
    fn from(span: Span) -> String {
        let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        format!("{}-{}", time(span.from), time(span.to))
    }
}

impl TryFrom<String> for Span {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Span, Self::Error> {
        let time = |text: &str| -> Option<u16> {
            let (hours, minutes) = text.split_once(':')?;
            let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
            (minutes < 60 && hours * 60 + minutes <= 1440).then_some(hours * 60 + minutes)
        };
        let (from, to) = text.split_once('-').ok_or("no span")?;
        match (time(from), time(to)) {
            (Some(from), Some(to)) if from < to => Ok(Span { from, to }),
            _ => Err("no span"),
        }
    }
}

/// The spans of each weekday, Monday first, in their order and apart from each other.
pub type Week = [Vec<Span>; 7];

/// A calendar to reckon with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    week: Week,
    holidays: Option<Region>,
    days: Vec<FreeDay>,
}

impl Hours {
    pub fn new(week: Week, holidays: Option<Region>, days: &[FreeDay]) -> Hours {
        let days = days.to_vec();
        Hours {
            week,
            holidays,
            days,
        }
    }

    /// The instant at which so much time has counted since `from`; none when no such hours come.
    pub fn add(&self, from: Instant, time: TimeDelta) -> Option<Instant> {
        let mut left = time;
        for day in day(from).iter_days().take(MOST_DAYS) {
            for (begin, end) in self.spans(day) {
                let begin = begin.max(from);
                if begin >= end {
                    continue;
                }
                if left <= end - begin {
                    return Some(begin + left);
                }
                left -= end - begin;
            }
        }
        None
    }

    /// How much time counts from one instant to a later one.
    pub fn between(&self, from: Instant, to: Instant) -> TimeDelta {
        let mut sum = TimeDelta::zero();
        if from >= to {
            return sum;
        }
        let last = day(to);
        for day in day(from).iter_days().take_while(|day| *day <= last) {
            for (begin, end) in self.spans(day) {
                let (begin, end) = (begin.max(from), end.min(to));
                if begin < end {
                    sum += end - begin;
                }
            }
        }
        sum
    }

    /// Whether a day is free whatever its weekday.
    pub fn is_free(&self, date: NaiveDate) -> bool {
        let holiday = self.holidays.is_some_and(|region| region.is_holiday(date));
        holiday || self.days.iter().any(|free| free.is(date))
    }

    /// Whether there are hours that count on a day.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let spans = &self.week[date.weekday().num_days_from_monday() as usize];
        !spans.is_empty() && !self.is_free(date)
    }

    fn spans(&self, date: NaiveDate) -> impl Iterator<Item = (Instant, Instant)> + '_ {
        let spans = &self.week[date.weekday().num_days_from_monday() as usize];
        let open = !spans.is_empty() && !self.is_free(date);
        let spans = spans.iter().filter(move |_| open);
        spans.map(move |span| (instant(date, span.from), instant(date, span.to)))
    }
}

/// The instant of a wall clock's time: the first of two, and the first one after a gap, so that later times are
/// never earlier instants.
fn instant(date: NaiveDate, minutes: u16) -> Instant {
    let (date, minutes) = match minutes {
        1440.. => (date + Days::new(1), 0),
        _ => (date, u32::from(minutes)),
    };
    let wall: NaiveDateTime = date
        .and_hms_opt(minutes / 60, minutes % 60, 0)
        .unwrap_or_default();
    // No gap of this zone is longer than an hour, and each begins and ends at a full one.
    let after = |wall: NaiveDateTime| {
        let hour = chrono::Timelike::with_minute(&wall, 0)? + TimeDelta::hours(1);
        hour.and_local_timezone(Berlin).earliest()
    };
    wall.and_local_timezone(Berlin)
        .earliest()
        .or_else(|| after(wall))
        .map_or_else(|| wall.and_utc(), |local| local.to_utc())
}
