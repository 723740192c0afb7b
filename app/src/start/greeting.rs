//! A greeting by time of day and salutation, and the date below it.

use chrono::{Datelike, Timelike};
use entities::person::Salutation;

use crate::locale::{Locale, Now};
use crate::web::cx::Cx;

/// "Guten Morgen, Frau Brandt"
pub fn greeting(cx: &Cx) -> String {
    let words = match cx.now.local(cx.now.at).hour() {
        4..11 => "start-good-morning",
        11..18 => "start-good-day",
        _ => "start-good-evening",
    };
    let name = addressed(cx.locale, &cx.session.name, cx.session.salutation);
    cx.locale.t_with(words, &[("name", name.into())])
}

fn addressed(locale: Locale, name: &str, salutation: Option<Salutation>) -> String {
    let words = match salutation {
        Some(Salutation::Frau) => "start-frau",
        Some(Salutation::Herr) => "start-herr",
        None => return name.to_owned(),
    };
    locale.t_with(words, &[("name", family_name(name).into())])
}

/// "Annika Brandt" → "Brandt", "Kim von der Heide" → "von der Heide", "Brandt, Annika" → "Brandt".
fn family_name(name: &str) -> &str {
    if let Some((family, _)) = name.split_once(',') {
        return family.trim();
    }
    let name = name.trim();
    let particle = name
        .match_indices(' ')
        .map(|(at, _)| at + 1)
        .find(|&at| name[at..].starts_with(char::is_lowercase));
    let last = name.rfind(' ').map(|at| at + 1);
    name.get(particle.or(last).unwrap_or(0)..).unwrap_or(name)
}

/// "Montag, 23. November 2026 · 10:48 Uhr"
pub fn date_line(locale: Locale, now: &Now) -> String {
    let local = now.local(now.at);
    let number = |value: u32| value.to_string();
    let weekday = locale.t_with(
        "start-weekday",
        &[("number", local.weekday().number_from_monday().into())],
    );
    let month = locale.t_with("start-month", &[("number", local.month().into())]);
    locale.t_with(
        "start-date",
        &[
            ("weekday", weekday.into()),
            ("day", number(local.day()).into()),
            ("month", month.into()),
            ("year", local.year().to_string().into()),
            ("time", locale.time_of_day(local.time()).into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn people_are_addressed_by_their_family_name() {
        for (name, family) in [
            ("Annika Brandt", "Brandt"),
            ("Kim von der Heide", "von der Heide"),
            ("Brandt, Annika", "Brandt"),
            ("Özge", "Özge"),
            ("Çağla Öztürk-Maier", "Öztürk-Maier"),
        ] {
            assert_eq!(family_name(name), family);
        }
        assert_eq!(addressed(Locale::De, "Kim Özil", None), "Kim Özil");
    }

    #[test]
    fn the_date_is_written_out() {
        let now = Now::new(DateTime::UNIX_EPOCH, chrono_tz::Tz::Europe__Berlin);
        assert_eq!(
            date_line(Locale::De, &now),
            "Donnerstag, 1. Januar 1970 · 01:00 Uhr"
        );
        assert_eq!(
            date_line(Locale::En, &now),
            "Thursday, 1 January 1970 · 01:00"
        );
    }
}
