//! Whether what repeats has a date at all before nobody looks any more. Whoever reckons dates looks for the next one of a rule
//! that has none for 100,000 periods.

use std::collections::HashMap;

use calcard::icalendar::{
    ICalendarDay, ICalendarFrequency, ICalendarMonth, ICalendarRecurrenceRule,
};
use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::MOST_DATES;

/// The longest period, in days: the first one may have begun so long before.
const PERIOD: u64 = 366;

/// Whether a rule that begins on `start` may have a date up to `until`, as days are reckoned: one of those it has meets
/// all its parts. None where more days lie between the two than are ever reckoned.
pub(super) fn has_dates(
    rule: &ICalendarRecurrenceRule,
    start: NaiveDate,
    until: NaiveDate,
) -> bool {
    let most = start.checked_add_days(Days::new(MOST_DATES as u64));
    if most.is_none_or(|most| most < until) || rule.interval == Some(0) {
        return false;
    }
    // Where some days of a period are chosen by their place among those that come into question, so many must be there.
    let least = rule.bysetpos.iter().map(|place| place.unsigned_abs()).min();
    let before = least.map_or(0, |_| PERIOD);
    let begin = start.checked_sub_days(Days::new(before)).unwrap_or(start);
    let mut of_periods: HashMap<i64, u32> = HashMap::new();
    let mut days = begin.iter_days().take_while(|day| *day <= until);
    days.any(|day| {
        let Some(period) = period(rule, start, day).filter(|_| meets(rule, start, day)) else {
            return false;
        };
        let Some(least) = least else {
            return start <= day;
        };
        let so_far = of_periods.entry(period).or_default();
        *so_far += 1;
        start <= day && *so_far >= least
    })
}

/// The number of the period in which a day lies, counted from the first one; none for periods that are left out.
fn period(rule: &ICalendarRecurrenceRule, start: NaiveDate, day: NaiveDate) -> Option<i64> {
    let number = |day: NaiveDate| match rule.freq {
        ICalendarFrequency::Yearly => i64::from(day.year()),
        ICalendarFrequency::Monthly => i64::from(day.year()) * 12 + i64::from(day.month0()),
        ICalendarFrequency::Weekly => {
            let begin = rule.wkst.map_or(Weekday::Mon, Weekday::from);
            let begin = i64::from(begin.num_days_from_monday());
            // The first day of the common era is a Monday.
            (i64::from(day.num_days_from_ce()) - 1 - begin).div_euclid(7)
        }
        _ => i64::from(day.num_days_from_ce()),
    };
    let since = number(day) - number(start);
    let every = i64::from(rule.interval.unwrap_or(1));
    (since.rem_euclid(every) == 0).then_some(since)
}

/// Whether a day meets each part of a rule by itself.
fn meets(rule: &ICalendarRecurrenceRule, start: NaiveDate, day: NaiveDate) -> bool {
    let month = |of: NaiveDate| ICalendarMonth::new(u8::try_from(of.month()).unwrap_or(0), false);
    let names_days = !rule.byday.is_empty()
        || !rule.bymonthday.is_empty()
        || !rule.byyearday.is_empty()
        || !rule.byweekno.is_empty();
    let as_at_start = match rule.freq {
        _ if names_days => true,
        ICalendarFrequency::Yearly => {
            day.day() == start.day() && (!rule.bymonth.is_empty() || day.month() == start.month())
        }
        ICalendarFrequency::Monthly => day.day() == start.day(),
        ICalendarFrequency::Weekly => day.weekday() == start.weekday(),
        _ => true,
    };
    as_at_start
        && (rule.bymonth.is_empty() || rule.bymonth.contains(&month(day)))
        && meets_numbers(rule, day)
        && meets_weekdays(rule, day)
}

/// Days of a month or a year and weeks, from the begin or from the end.
fn meets_numbers(rule: &ICalendarRecurrenceRule, day: NaiveDate) -> bool {
    let is = |number: i64, place: u32, of: u32| {
        let (place, of) = (i64::from(place), i64::from(of));
        number == place || number == place - of - 1
    };
    let in_month = u32::from(day.num_days_in_month());
    let in_year = if day.leap_year() { 366 } else { 365 };
    let mut of_month = rule.bymonthday.iter().map(|number| i64::from(*number));
    let mut of_year = rule.byyearday.iter().map(|number| i64::from(*number));
    let week = i64::from(day.iso_week().week());
    let mut weeks = rule.byweekno.iter().map(|number| match *number {
        1.. => i64::from(*number),
        _ => 54 + i64::from(*number),
    });
    (rule.bymonthday.is_empty() || of_month.any(|number| is(number, day.day(), in_month)))
        && (rule.byyearday.is_empty() || of_year.any(|number| is(number, day.ordinal(), in_year)))
        // Weeks may begin on other days than Monday, and not every year has 53.
        && (rule.byweekno.is_empty() || weeks.any(|number| (number - week).abs() <= 1))
}

/// Every such day of the week and, of months and years, the nth one; who reckons dates asks for both where a rule has both.
fn meets_weekdays(rule: &ICalendarRecurrenceRule, day: NaiveDate) -> bool {
    let counts = matches!(
        rule.freq,
        ICalendarFrequency::Yearly | ICalendarFrequency::Monthly
    );
    let is_of_month = rule.freq == ICalendarFrequency::Monthly || !rule.bymonth.is_empty();
    let (place, of) = match is_of_month {
        true => (day.day(), u32::from(day.num_days_in_month())),
        false => (day.ordinal(), if day.leap_year() { 366 } else { 365 }),
    };
    let is_nth = |nth: i16| {
        let from_begin = i64::from((place - 1) / 7 + 1);
        let from_end = i64::from((of - place) / 7 + 1);
        i64::from(nth) == from_begin || i64::from(nth) == -from_end
    };
    let is_day = |one: &ICalendarDay| Weekday::from(one.weekday) == day.weekday();
    let (every, nth): (Vec<&ICalendarDay>, Vec<&ICalendarDay>) =
        rule.byday.iter().partition(|one| one.ordwk.is_none());
    (every.is_empty() || every.into_iter().any(is_day))
        && (!counts
            || nth.is_empty()
            || nth
                .into_iter()
                .any(|one| is_day(one) && one.ordwk.is_some_and(is_nth)))
}
