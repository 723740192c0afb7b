//! Minutes as people write them: "90", "1:30", "1,5 h", "90 Min.", "1 Std. 30 Min."; and as sums are read.

use chrono::TimeDelta;
use entities::effort::MOST_MINUTES;

use crate::locale::Locale;

/// The minutes that were typed, at most those of a day; a number alone means minutes. None for everything else.
pub fn minutes(text: &str) -> Option<i32> {
    let text = text.trim().to_lowercase();
    let sum = match text.split_once(':') {
        Some((hours, minutes)) => clock(hours, minutes)?,
        None => spoken(&text)?,
    };
    let minutes = sum.round();
    (0.0..=f64::from(MOST_MINUTES))
        .contains(&minutes)
        .then_some(minutes as i32)
}

/// "1:30", also with an hour's sign behind it.
fn clock(hours: &str, minutes: &str) -> Option<f64> {
    let minutes = minutes
        .trim_end_matches(['.', ' '])
        .trim_end_matches("std")
        .trim_end_matches('h')
        .trim_end();
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if minutes.len() != 2 || !digits(minutes) || !digits(hours) || hours.len() > 2 {
        return None;
    }
    let minutes: u8 = minutes.parse().ok().filter(|minutes| *minutes < 60)?;
    let hours: u8 = match hours {
        "" => 0,
        hours => hours.parse().ok()?,
    };
    Some(f64::from(hours) * 60.0 + f64::from(minutes))
}

fn spoken(text: &str) -> Option<f64> {
    let mut rest = text;
    let mut sum = None;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')));
        let (number, after) = rest.split_at(end.unwrap_or(rest.len()));
        let number: f64 = number.replace(',', ".").parse().ok()?;
        let after = after.trim_start();
        let end = after.find(|c: char| !c.is_alphabetic());
        let (unit, after) = after.split_at(end.unwrap_or(after.len()));
        sum = Some(sum.unwrap_or(0.0) + number * unit_minutes(unit)?);
        let joint = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '+');
        rest = after.trim_start_matches(joint);
    }
    sum
}

fn unit_minutes(unit: &str) -> Option<f64> {
    match unit {
        "" | "m" | "min" | "mins" | "minute" | "minuten" | "minutes" => Some(1.0),
        "h" | "hr" | "hrs" | "std" | "stunde" | "stunden" | "hour" | "hours" => Some(60.0),
        _ => None,
    }
}

/// "0:33", "12:07": minutes in a column.
pub fn clock_words(minutes: i64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// "33 Min.", "2 Std. 7 Min.".
pub fn words(locale: Locale, minutes: i64) -> String {
    locale.hours(TimeDelta::minutes(minutes))
}

/// To the nearest five; what is less is nothing.
pub fn to_five(minutes: i64) -> i64 {
    (minutes + 2) / 5 * 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_read_as_people_write_them() {
        for (typed, read) in [
            ("90", 90),
            (" 7 ", 7),
            ("0", 0),
            ("1:30", 90),
            ("0:05", 5),
            (":45", 45),
            ("1:30 h", 90),
            ("1:30 Std.", 90),
            ("1,5 h", 90),
            ("1.5h", 90),
            ("0,25 Std.", 15),
            ("90 Min.", 90),
            ("1 Std. 30 Min.", 90),
            ("2h 5m", 125),
            ("24:00", 1440),
        ] {
            assert_eq!(minutes(typed), Some(read), "{typed}");
        }
    }

    #[test]
    fn what_is_no_time_of_a_day_is_none() {
        for typed in [
            "",
            "bald",
            "-5",
            "1:60",
            "1:5",
            "1:030",
            "25 h",
            "1441",
            "1:30:00",
            "3 Tage",
            "1,5,2",
            "111:00",
            "99999999999999",
            "1 h 2 x",
        ] {
            assert_eq!(minutes(typed), None, "{typed}");
        }
    }

    #[test]
    fn minutes_are_read_as_they_are_written() {
        for n in [1, 5, 59, 60, 61, 90, 600, 1440] {
            assert_eq!(minutes(&clock_words(n)), i32::try_from(n).ok());
            for locale in Locale::ALL {
                assert_eq!(minutes(&words(locale, n)), i32::try_from(n).ok());
            }
        }
    }

    #[test]
    fn proposals_are_rounded_to_five() {
        let rounded = [0, 2, 3, 7, 8, 12, 13].map(to_five);
        assert_eq!(rounded, [0, 0, 5, 5, 10, 10, 15]);
    }
}
