//! Times to keep as people write them: "90 Min.", "4 Std.", "4 h 30 min", "2 Tage"; a day is eight hours.

use chrono::TimeDelta;
use entities::time_limit::MOST_MINUTES;

use crate::locale::Locale;

/// The hours in which time counts are those of a day's work.
const DAY: i32 = 8 * 60;

/// The minutes that were typed, none when nothing was.
///
/// # Errors
/// The key of what is wrong.
pub fn minutes(text: &str) -> Result<Option<i32>, &'static str> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Ok(None);
    }
    let mut sum = 0.0;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let number = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')));
        let (number, after) = rest.split_at(number.ok_or("time-limit-fault-unit")?);
        let number: f64 = number
            .replace(',', ".")
            .parse()
            .map_err(|_| "time-limit-fault")?;
        let after = after.trim_start();
        let unit = after
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(unit);
        sum += number * f64::from(unit_minutes(unit).ok_or("time-limit-fault")?);
        let joint = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '+');
        rest = after.trim_start_matches(joint);
    }
    let minutes = sum.round();
    match (1.0..=f64::from(MOST_MINUTES)).contains(&minutes) {
        true => Ok(Some(minutes as i32)),
        false => Err("rejected-not-a-time"),
    }
}

fn unit_minutes(unit: &str) -> Option<i32> {
    match unit {
        "m" | "min" | "mins" | "minute" | "minuten" | "minutes" => Some(1),
        "h" | "hr" | "hrs" | "std" | "stunde" | "stunden" | "hour" | "hours" => Some(60),
        "d" | "tag" | "tage" | "tagen" | "day" | "days" => Some(DAY),
        _ => None,
    }
}

/// The same as people write it.
pub fn words(locale: Locale, minutes: Option<i32>) -> String {
    match minutes {
        None => String::new(),
        Some(minutes) if minutes % DAY == 0 => {
            locale.t_with("duration-days", &[("count", (minutes / DAY).into())])
        }
        Some(minutes) => locale.hours(TimeDelta::minutes(minutes.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_their_units() {
        for (typed, read) in [
            ("4 Std.", 240),
            ("4 h", 240),
            ("4h30min", 270),
            ("4 Std. 30 Min.", 270),
            ("1,5 Std.", 90),
            ("1.5 hours", 90),
            ("90 Minuten", 90),
            ("2 Tage", 960),
            ("1 Tag, 4 Std.", 720),
            ("  3 days ", 1440),
        ] {
            assert_eq!(minutes(typed), Ok(Some(read)), "{typed}");
        }
        assert_eq!(minutes("  "), Ok(None));
    }

    #[test]
    fn a_time_is_read_as_it_is_written() {
        for time in [1, 59, 60, 90, 480, 500, 960, 2400, MOST_MINUTES] {
            for locale in Locale::ALL {
                let written = words(locale, Some(time));
                assert_eq!(minutes(&written), Ok(Some(time)), "{written}");
            }
        }
    }

    #[test]
    fn what_is_no_time_is_told_apart() {
        for (typed, why) in [
            ("4", "time-limit-fault-unit"),
            ("bald", "time-limit-fault"),
            ("4 Wochen", "time-limit-fault"),
            ("1.2.3 Std.", "time-limit-fault"),
            ("-4 Std.", "time-limit-fault"),
            ("0 Min.", "rejected-not-a-time"),
            ("999999999999 Tage", "rejected-not-a-time"),
        ] {
            assert_eq!(minutes(typed), Err(why), "{typed}");
        }
    }
}
