//! On which days something comes back, by a rule of the calendar. Pure.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::calendar::Hours;
use crate::error::Rejected;

/// So many days are looked through for the next one.
const MOST_DAYS: usize = 3660;
/// No calendar has more free days in a row.
const MOST_FREE: usize = 31;

/// A rule with its first and last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    pub repeat: Repeat,
    pub from: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// What falls on a day that is none of work is done on the next working day.
    pub to_working_day: bool,
}

/// The rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "every", rename_all = "snake_case")]
pub enum Repeat {
    WorkingDay,
    /// Weekdays, Monday is 1.
    Week {
        weekdays: Vec<u8>,
    },
    /// The last day of months that have no such day.
    MonthDay {
        day: u32,
    },
    MonthWeekday {
        nth: Nth,
        weekday: u8,
    },
    LastWorkingDay,
    /// The last day of the month in years without such a day.
    Year {
        month: u32,
        day: u32,
    },
}

/// Which of a month's days of one weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nth {
    First,
    Second,
    Third,
    Fourth,
    Last,
}

fn weekday(number: u8) -> Option<Weekday> {
    let from_monday = number.checked_sub(1)?;
    Weekday::try_from(from_monday).ok()
}

/// The last day of a day's month.
fn last_of_month(day: NaiveDate) -> NaiveDate {
    let first_of_next = match day.month() {
        12 => NaiveDate::from_ymd_opt(day.year() + 1, 1, 1),
        month => NaiveDate::from_ymd_opt(day.year(), month + 1, 1),
    };
    first_of_next.map_or(day, |first| first - Days::new(1))
}

impl Repeat {
    /// The rule as it is stored.
    ///
    /// # Errors
    /// `NoWeekday` for a week without days, `NoSuchDay` for a day that no month, or that month, ever has.
    pub fn checked(self) -> Result<Repeat, Rejected> {
        match self {
            Repeat::Week { mut weekdays } => {
                weekdays.sort_unstable();
                weekdays.dedup();
                match !weekdays.is_empty() && weekdays.iter().all(|n| weekday(*n).is_some()) {
                    true => Ok(Repeat::Week { weekdays }),
                    false => Err(Rejected::NoWeekday),
                }
            }
            Repeat::MonthDay { day } if !(1..=31).contains(&day) => Err(Rejected::NoSuchDay),
            Repeat::MonthWeekday { weekday: n, .. } if weekday(n).is_none() => {
                Err(Rejected::NoWeekday)
            }
            // A leap year has every day there is.
            Repeat::Year { month, day } if NaiveDate::from_ymd_opt(2000, month, day).is_none() => {
                Err(Rejected::NoSuchDay)
            }
            fine => Ok(fine),
        }
    }

    /// Whether it names that day, wherever the day's work is then done.
    fn names(&self, day: NaiveDate, hours: &Hours) -> bool {
        let last = last_of_month(day).day();
        match self {
            Repeat::WorkingDay => hours.is_working_day(day),
            Repeat::Week { weekdays } => {
                let number = day.weekday().number_from_monday();
                weekdays.iter().any(|n| u32::from(*n) == number)
            }
            Repeat::MonthDay { day: n } => day.day() == (*n).min(last),
            Repeat::MonthWeekday { nth, weekday: n } => {
                weekday(*n) == Some(day.weekday())
                    && match nth {
                        Nth::First => day.day() <= 7,
                        Nth::Second => (8..=14).contains(&day.day()),
                        Nth::Third => (15..=21).contains(&day.day()),
                        Nth::Fourth => (22..=28).contains(&day.day()),
                        Nth::Last => day.day() + 7 > last,
                    }
            }
            Repeat::LastWorkingDay => {
                let rest = day.iter_days().skip(1);
                let mut rest = rest.take_while(|other| other.month() == day.month());
                hours.is_working_day(day) && !rest.any(|other| hours.is_working_day(other))
            }
            Repeat::Year { month, day: n } => day.month() == *month && day.day() == (*n).min(last),
        }
    }
}

impl Schedule {
    fn names(&self, day: NaiveDate, hours: &Hours) -> bool {
        day >= self.from
            && self.until.is_none_or(|until| day <= until)
            && self.repeat.names(day, hours)
    }

    /// Whether it comes back on that day, by itself or moved there from days before that are none of work.
    pub fn falls_on(&self, day: NaiveDate, hours: &Hours) -> bool {
        if !self.to_working_day {
            return self.names(day, hours);
        }
        if !hours.is_working_day(day) {
            return false;
        }
        let before = std::iter::successors(day.pred_opt(), NaiveDate::pred_opt);
        let mut free = before
            .take(MOST_FREE)
            .take_while(|other| !hours.is_working_day(*other));
        self.names(day, hours) || free.any(|other| self.names(other, hours))
    }

    /// The next days from that one on, in their order.
    pub fn next(&self, from: NaiveDate, hours: &Hours, most: usize) -> Vec<NaiveDate> {
        let days = from.max(self.from).iter_days().take(MOST_DAYS);
        let last = self.until.map(|until| until + Days::new(MOST_FREE as u64));
        let days = days.take_while(|day| last.is_none_or(|last| *day <= last));
        days.filter(|day| self.falls_on(*day, hours))
            .take(most)
            .collect()
    }

    /// The last day between these two, both included.
    pub fn last(&self, from: NaiveDate, to: NaiveDate, hours: &Hours) -> Option<NaiveDate> {
        let days = std::iter::successors(Some(to), NaiveDate::pred_opt);
        let mut days = days.take(MOST_DAYS).take_while(|day| *day >= from);
        days.find(|day| self.falls_on(*day, hours))
    }
}
