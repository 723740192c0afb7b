//! Times are read in Berlin, on the day it is there.
#![allow(clippy::unwrap_used)]

use super::*;

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Monday, 23 November 2026, 10:46 in Berlin.
fn now() -> Now {
    Now::new(utc("2026-11-23T09:46:00Z"), Tz::Europe__Berlin)
}

#[test]
fn the_day_is_named_as_briefly_as_it_stays_clear() {
    let cases = [
        ("2026-11-23T12:30:00Z", "heute, 13:30", "today, 13:30"),
        ("2026-11-22T23:30:00Z", "heute, 00:30", "today, 00:30"),
        ("2026-11-22T08:12:00Z", "gestern, 09:12", "yesterday, 09:12"),
        ("2026-11-24T11:00:00Z", "morgen, 12:00", "tomorrow, 12:00"),
        ("2026-11-20T14:30:00Z", "Fr, 15:30", "Fri, 15:30"),
        ("2026-11-29T14:30:00Z", "So, 15:30", "Sun, 15:30"),
        (
            "2026-11-13T08:12:00Z",
            "Fr, 13.11., 09:12",
            "Fri, 13 Nov, 09:12",
        ),
        (
            "2026-07-03T08:12:00Z",
            "Fr, 03.07., 10:12",
            "Fri, 3 Jul, 10:12",
        ),
        (
            "2025-11-20T08:12:00Z",
            "20.11.2025, 09:12",
            "20 Nov 2025, 09:12",
        ),
    ];
    for (at, german, english) in cases {
        assert_eq!(Locale::De.moment(utc(at), &now()), german);
        assert_eq!(Locale::En.moment(utc(at), &now()), english);
    }
}

#[test]
fn a_heading_says_the_date_of_every_day_without_a_name() {
    let day = |text: &str| Locale::De.dated_day(text.parse().unwrap(), &now());
    assert_eq!(day("2026-11-23"), "heute");
    assert_eq!(day("2026-11-22"), "gestern");
    assert_eq!(day("2026-11-20"), "Fr, 20.11.");
    assert_eq!(day("2025-11-20"), "20.11.2025");
}

#[test]
fn within_a_day_the_distance_is_told() {
    let cases = [
        ("2026-11-23T09:45:30Z", "gerade eben", "just now"),
        ("2026-11-23T09:28:00Z", "vor 18 Min.", "18 min ago"),
        (
            "2026-11-23T08:43:00Z",
            "vor 1 Std. 3 Min.",
            "1 hr 3 min ago",
        ),
        ("2026-11-23T11:46:00Z", "in 2 Std.", "in 2 hr"),
        ("2026-11-22T09:46:00Z", "gestern, 10:46", "yesterday, 10:46"),
    ];
    for (at, german, english) in cases {
        assert_eq!(Locale::De.ago(utc(at), &now()), german);
        assert_eq!(Locale::En.ago(utc(at), &now()), english);
    }
}

#[test]
fn the_history_tells_the_second() {
    assert_eq!(
        Locale::De.exact(utc("2026-11-20T08:12:33Z"), &now()),
        "Fr, 20.11.2026, 09:12:33"
    );
    assert_eq!(
        Locale::En.exact(utc("2026-11-20T08:12:33Z"), &now()),
        "Fri, 20 Nov 2026, 09:12:33"
    );
}

#[test]
fn long_durations_are_counted_in_days() {
    assert_eq!(Locale::De.duration(TimeDelta::hours(47)), "47 Std.");
    assert_eq!(Locale::De.duration(TimeDelta::hours(50)), "2 Tage");
    assert_eq!(Locale::En.duration(TimeDelta::hours(-50)), "2 days");
}

#[test]
fn a_time_that_a_change_of_clocks_skips_is_moved_on() {
    let day = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap();
    let skipped = NaiveTime::from_hms_opt(2, 30, 0).unwrap();
    assert_eq!(now().instant(day, skipped), utc("2026-03-29T01:30:00Z"));
    let plain = NaiveTime::from_hms_opt(9, 0, 0).unwrap();
    assert_eq!(now().instant(day, plain), utc("2026-03-29T07:00:00Z"));
}
