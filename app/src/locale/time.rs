//! Dates and times as people read them: "heute, 13:30", "Fr, 15:30", "Fr, 20.11., 09:12", "20.11.2025", "vor 18 Min.".

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

use super::Locale;

/// The instant a page is drawn, and the zone its times are written in.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    pub at: DateTime<Utc>,
    pub zone: Tz,
}

impl Now {
    pub fn new(at: DateTime<Utc>, zone: Tz) -> Self {
        Self { at, zone }
    }

    /// The day it is for people in the zone.
    pub fn today(&self) -> NaiveDate {
        self.local(self.at).date_naive()
    }

    pub fn local(&self, at: DateTime<Utc>) -> DateTime<Tz> {
        at.with_timezone(&self.zone)
    }

    /// The instant of a wall-clock time; in the hour that a change of clocks skips, the first instant after it.
    pub fn instant(&self, day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        let wall = day.and_time(time);
        (0..4)
            .find_map(|hours| {
                (wall + TimeDelta::hours(hours))
                    .and_local_timezone(self.zone)
                    .earliest()
            })
            .map_or_else(|| wall.and_utc(), |local| local.with_timezone(&Utc))
    }
}

impl Locale {
    /// A point in time as briefly as it stays clear: the day is named, the year only when it is another one.
    pub fn moment(self, at: DateTime<Utc>, now: &Now) -> String {
        let local = now.local(at);
        let time = self.time_of_day(local.time());
        self.t_with(
            "time-day-and-time",
            &[
                ("day", self.day(local.date_naive(), now).into()),
                ("time", time.into()),
            ],
        )
    }

    /// Relative within 24 hours ("vor 18 Min.", "in 2 Std."), otherwise as [`Locale::moment`].
    pub fn ago(self, at: DateTime<Utc>, now: &Now) -> String {
        let distance = now.at - at;
        if distance.abs() >= TimeDelta::hours(24) {
            return self.moment(at, now);
        }
        if distance.abs() < TimeDelta::minutes(1) {
            return self.t("time-now");
        }
        let duration = self.duration(distance);
        match distance > TimeDelta::zero() {
            true => self.t_with("time-ago", &[("duration", duration.into())]),
            false => self.t_with("time-in", &[("duration", duration.into())]),
        }
    }

    /// Everything there is to know, for history and tooltips: "Fr, 20.11.2026, 09:12:33".
    pub fn exact(self, at: DateTime<Utc>, now: &Now) -> String {
        let local = now.local(at);
        let day = self.t_with(
            "time-weekday-and-date",
            &[
                ("weekday", self.weekday(local.date_naive()).into()),
                ("date", self.date(local.date_naive()).into()),
            ],
        );
        let time = local.format("%H:%M:%S").to_string();
        self.t_with(
            "time-day-and-time",
            &[("day", day.into()), ("time", time.into())],
        )
    }

    /// "heute", "gestern", "morgen", "Fr" within six days, "Fr, 20.11." within the year, otherwise "20.11.2025".
    pub fn day(self, day: NaiveDate, now: &Now) -> String {
        match (day - now.today()).num_days().abs() {
            2..=6 => self.weekday(day),
            _ => self.dated_day(day, now),
        }
    }

    /// The same with the date of every day that has no name, as a heading needs it.
    pub fn dated_day(self, day: NaiveDate, now: &Now) -> String {
        let today = now.today();
        match (day - today).num_days() {
            0 => return self.t("time-today"),
            -1 => return self.t("time-yesterday"),
            1 => return self.t("time-tomorrow"),
            _ => {}
        }
        if day.year() != today.year() {
            return self.date(day);
        }
        let date = day.format(&self.t("time-date-in-year")).to_string();
        self.t_with(
            "time-weekday-and-date",
            &[("weekday", self.weekday(day).into()), ("date", date.into())],
        )
    }

    /// "20.11.2025"
    pub fn date(self, day: NaiveDate) -> String {
        day.format(&self.t("time-date")).to_string()
    }

    /// "09:12"
    pub fn time_of_day(self, time: NaiveTime) -> String {
        format!("{:02}:{:02}", time.hour(), time.minute())
    }

    /// "18 Min.", "1 Std. 3 Min.", "2 Tage"; without a sign.
    pub fn duration(self, duration: TimeDelta) -> String {
        let minutes = duration.num_minutes().abs();
        match minutes / 1440 {
            days @ 2.. => self.t_with("duration-days", &[("count", days.into())]),
            _ => self.hours(duration),
        }
    }

    /// "18 Min.", "52 Std. 3 Min.": time of which a day has only some hours.
    pub fn hours(self, duration: TimeDelta) -> String {
        let minutes = duration.num_minutes().abs();
        let (hours, minutes) = (minutes / 60, minutes % 60);
        let minutes_text = self.t_with("duration-minutes", &[("count", minutes.into())]);
        if hours == 0 {
            return minutes_text;
        }
        let hours_text = self.t_with("duration-hours", &[("count", hours.into())]);
        if minutes == 0 {
            hours_text
        } else {
            format!("{hours_text} {minutes_text}")
        }
    }

    fn weekday(self, day: NaiveDate) -> String {
        self.t_with(
            "time-weekday",
            &[("number", day.weekday().number_from_monday().into())],
        )
    }
}

#[cfg(test)]
#[path = "time_tests.rs"]
mod tests;
