//! Days on which nobody is there: public holidays by their law, and days an office adds.

use chrono::{Datelike, Days, NaiveDate};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Whose public holidays.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Region {
    #[sea_orm(string_value = "berlin")]
    Berlin,
}

impl Region {
    /// Whether the law makes this day a holiday.
    pub fn is_holiday(self, day: NaiveDate) -> bool {
        match self {
            Region::Berlin => is_holiday_in_berlin(day),
        }
    }
}

/// Berlin's law on Sundays and holidays as it is today, and what it was since 1990.
fn is_holiday_in_berlin(day: NaiveDate) -> bool {
    let year = day.year();
    match (day.month(), day.day()) {
        (1, 1) | (5, 1) | (12, 25 | 26) => return true,
        (10, 3) => return year >= 1990,
        (3, 8) if year >= 2019 => return true,
        // 500 years of the Reformation; 75 and 80 years since the war; 75 years since the uprising.
        (10, 31) if year == 2017 => return true,
        (5, 8) if matches!(year, 2020 | 2025) => return true,
        (6, 17) if year == 2028 => return true,
        _ => {}
    }
    // Good Friday, Easter Monday, Ascension Day, Whit Monday.
    let since_easter = (day - easter(year)).num_days();
    let repentance = year <= 1994 && is_repentance_day(day);
    matches!(since_easter, -2 | 1 | 39 | 50) || repentance
}

/// The Wednesday before the 23rd of November.
fn is_repentance_day(day: NaiveDate) -> bool {
    day.month() == 11 && (16..=22).contains(&day.day()) && day.weekday() == chrono::Weekday::Wed
}

/// Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher.
pub fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let days = h + l - 7 * m + 21;
    let first = NaiveDate::from_ymd_opt(year, 3, 1).unwrap_or_default();
    first + Days::new(u64::try_from(days).unwrap_or_default())
}

/// A day an office adds: of one year, or of every year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeDay {
    pub month: u32,
    pub day: u32,
    /// None: every year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    pub name: String,
}

impl FreeDay {
    pub fn is(&self, date: NaiveDate) -> bool {
        let year = self.year.is_none_or(|year| year == date.year());
        year && (self.month, self.day) == (date.month(), date.day())
    }

    /// Whether there is such a day.
    pub fn exists(&self) -> bool {
        // A leap year has every day that comes every year.
        NaiveDate::from_ymd_opt(self.year.unwrap_or(2000), self.month, self.day).is_some()
    }

    /// Whether both name the same day.
    pub fn meets(&self, other: &FreeDay) -> bool {
        let same_year = self.year.is_none() || other.year.is_none() || self.year == other.year;
        same_year && (self.month, self.day) == (other.month, other.day)
    }
}
