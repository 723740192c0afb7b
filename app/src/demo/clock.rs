//! Working hours, so that nobody in the demo writes on Sunday night.

use chrono::{Datelike, Days, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Weekday};

const OPENS_AT: u32 = 7;
const CLOSES_AT: u32 = 17;
const WORKDAY_MINUTES: i64 = 600;

fn is_weekend(instant: NaiveDateTime) -> bool {
    matches!(instant.weekday(), Weekday::Sat | Weekday::Sun)
}

fn at(instant: NaiveDateTime, hour: u32, minute: u32) -> NaiveDateTime {
    NaiveTime::from_hms_opt(hour, minute, 0).map_or(instant, |time| instant.date().and_time(time))
}

/// The instant itself, or `minute` minutes after the next opening.
pub(super) fn forward(instant: NaiveDateTime, minute: u32) -> NaiveDateTime {
    let mut moved = instant;
    if moved.hour() >= CLOSES_AT {
        moved = at(moved + Days::new(1), OPENS_AT, minute);
    } else if moved.hour() < OPENS_AT {
        moved = at(moved, OPENS_AT, minute);
    }
    while is_weekend(moved) {
        moved = at(moved + Days::new(1), OPENS_AT, minute);
    }
    moved
}

/// The instant some working minutes before `now`.
pub(super) fn working_minutes_before(now: NaiveDateTime, minutes: i64) -> NaiveDateTime {
    let mut moved = backward(now);
    let mut left = minutes;
    while left > 0 {
        let today = (moved - at(moved, OPENS_AT, 0)).num_minutes();
        if left <= today {
            return moved - TimeDelta::minutes(left);
        }
        left -= today;
        moved = backward(at(moved, OPENS_AT, 0) - TimeDelta::minutes(1));
    }
    moved
}

/// The instant itself, or the last closing before it.
fn backward(instant: NaiveDateTime) -> NaiveDateTime {
    let mut moved = instant;
    if moved.hour() < OPENS_AT {
        moved = at(moved - Days::new(1), CLOSES_AT, 0);
    } else if moved.hour() >= CLOSES_AT {
        moved = at(moved, CLOSES_AT, 0);
    }
    while is_weekend(moved) {
        moved = at(moved - Days::new(1), CLOSES_AT, 0);
    }
    moved
}

/// The instant moved to the minute of a working day on the same day or the Friday before.
pub(super) fn on_a_workday(instant: NaiveDateTime, minute_of_workday: i64) -> NaiveDateTime {
    let mut day = instant;
    while is_weekend(day) {
        day = day - Days::new(1);
    }
    at(day, OPENS_AT, 0) + TimeDelta::minutes(minute_of_workday.rem_euclid(WORKDAY_MINUTES))
}
