//! What is typed into a calendar's form: hours of a day, and free days, one a line.

use chrono::Datelike as _;
use entities::calendar::{FreeDay, Span};
use entities::field::parse;

/// Why hours cannot be read, as the key of a sentence.
pub type Fault = &'static str;

/// "8–12, 13:00-16:00" as spans, none when nothing is typed.
///
/// # Errors
/// The key of what is wrong.
pub fn spans(text: &str) -> Result<Vec<Span>, Fault> {
    let text = text.replace(" bis ", "-").replace(" to ", "-");
    let parts = text.split([',', ';']).map(str::trim);
    let mut spans: Vec<Span> = parts
        .filter(|part| !part.is_empty())
        .map(span)
        .collect::<Result<_, _>>()?;
    spans.sort_unstable();
    match spans.windows(2).any(|two| two[0].to > two[1].from) {
        true => Err("rejected-hours-overlap"),
        false => Ok(spans),
    }
}

fn span(text: &str) -> Result<Span, Fault> {
    let (from, to) = text
        .split_once(['-', '–', '—'])
        .ok_or("calendar-fault-span")?;
    let (from, to) = (time(from)?, time(to)?);
    match from < to {
        true => Ok(Span { from, to }),
        false => Err("calendar-fault-backwards"),
    }
}

/// "8", "8:30", "08.30", "24:00" in minutes since midnight.
fn time(text: &str) -> Result<u16, Fault> {
    let text = text.trim().trim_end_matches("Uhr").trim_end();
    let (hours, minutes) = text.split_once([':', '.']).unwrap_or((text, "0"));
    let number = |text: &str| match text.len() {
        1 | 2 => text.parse::<u16>().ok(),
        _ => None,
    };
    let (hours, minutes) = number(hours)
        .zip(number(minutes))
        .ok_or("calendar-fault-span")?;
    match hours * 60 + minutes {
        all @ 0..=1440 if minutes < 60 => Ok(all),
        _ => Err("calendar-fault-time"),
    }
}

/// The same as people write it.
pub fn spans_text(spans: &[Span]) -> String {
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let span = |span: &Span| format!("{}–{}", time(span.from), time(span.to));
    spans.iter().map(span).collect::<Vec<_>>().join(", ")
}

/// A line that cannot be read, or names a day again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    pub line: String,
    pub why: Fault,
}

/// Free days, one a line: "24.12. Heiligabend" for every year, "02.10.2026" for one.
///
/// # Errors
/// The first line that is wrong.
pub fn days(text: &str) -> Result<Vec<FreeDay>, BadLine> {
    let mut days: Vec<FreeDay> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let bad = |why| BadLine {
            line: line.to_owned(),
            why,
        };
        let day = day(line).ok_or_else(|| bad("rejected-no-such-day"))?;
        if days.iter().any(|other| other.meets(&day)) {
            return Err(bad("rejected-day-twice"));
        }
        days.push(day);
    }
    Ok(days)
}

fn day(line: &str) -> Option<FreeDay> {
    let (date, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let name = name.trim().to_owned();
    if let Some(date) = parse::day(date) {
        return Some(FreeDay {
            month: date.month(),
            day: date.day(),
            year: Some(date.year()),
            name,
        });
    }
    let (day, month) = date.strip_suffix('.')?.split_once('.')?;
    let day = FreeDay {
        month: month.parse().ok()?,
        day: day.parse().ok()?,
        year: None,
        name,
    };
    day.exists().then_some(day)
}

/// The same as people write it.
pub fn days_text(days: &[FreeDay]) -> String {
    let line = |day: &FreeDay| {
        let year = day.year.map(|year| year.to_string()).unwrap_or_default();
        let date = format!("{:02}.{:02}.{year}", day.day, day.month);
        format!("{date} {}", day.name).trim_end().to_owned()
    };
    days.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        for typed in [
            "08:00-12:00, 13:00-16:30",
            "8–12; 13.00 – 16.30",
            "13 bis 16:30 Uhr, 8 Uhr - 12 Uhr",
        ] {
            let read = spans(typed);
            assert_eq!(
                read.as_deref().map(spans_text).as_deref(),
                Ok("08:00–12:00, 13:00–16:30"),
                "{typed}"
            );
        }
        assert_eq!(
            spans("0-24").map(|s| spans_text(&s)),
            Ok("00:00–24:00".into())
        );
        assert_eq!(spans(" "), Ok(vec![]));
    }

    #[test]
    fn hours_that_make_no_sense_are_told_apart() {
        for (typed, why) in [
            ("25:00-26:00", "calendar-fault-time"),
            ("8-12:60", "calendar-fault-time"),
            ("24:30-25:00", "calendar-fault-time"),
            ("16-8", "calendar-fault-backwards"),
            ("8-8", "calendar-fault-backwards"),
            ("vormittags", "calendar-fault-span"),
            ("8", "calendar-fault-span"),
            ("8-12, 11-16", "rejected-hours-overlap"),
        ] {
            assert_eq!(spans(typed), Err(why), "{typed}");
        }
    }

    #[test]
    fn free_days_come_back_as_they_were_typed() {
        let typed = "24.12. Heiligabend\n02.10.2026 Brückentag\n31.12.";
        assert_eq!(days(typed).map(|d| days_text(&d)), Ok(typed.into()));
        let bad = |text: &str| days(text).map_err(|bad| (bad.line, bad.why));
        assert_eq!(
            bad("24.12.\n24.12.2026 noch einmal"),
            Err(("24.12.2026 noch einmal".into(), "rejected-day-twice"))
        );
        for line in ["30.02. Unsinn", "31.04.2026", "Heiligabend", "24.12"] {
            assert_eq!(bad(line), Err((line.into(), "rejected-no-such-day")));
        }
        // Only some years have it.
        assert!(days("29.02.").is_ok());
    }
}
