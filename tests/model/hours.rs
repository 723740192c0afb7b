//! Time that counts: holidays as the law has them, sums that agree with counting minute by minute, also when clocks change.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};
use chrono_tz::Europe::Berlin;
use entities::calendar::holidays::easter;
use entities::calendar::{FreeDay, Hours, Region, Span, Week};
use entities::first_start::office_in_berlin;
use proptest::prelude::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An instant as the clock in Berlin shows it.
fn at(text: &str) -> DateTime<Utc> {
    let wall = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    wall.and_local_timezone(Berlin).earliest().unwrap().to_utc()
}

fn office() -> Hours {
    let facts = office_in_berlin();
    Hours::new(facts.week, facts.holidays, &facts.days)
}

#[test]
fn easter_is_found_in_early_and_late_years() {
    for day in [
        "1818-03-22",
        "1943-04-25",
        "2000-04-23",
        "2008-03-23",
        "2011-04-24",
        "2024-03-31",
        "2026-04-05",
        "2038-04-25",
        "2285-03-22",
    ] {
        assert_eq!(easter(date(day).year()), date(day));
    }
}

#[test]
fn berlin_is_free_on_the_days_its_law_names_and_on_no_other() {
    let years = [
        (
            2017,
            "01-01 04-14 04-17 05-01 05-25 06-05 10-03 10-31 12-25 12-26",
        ),
        (
            2018,
            "01-01 03-30 04-02 05-01 05-10 05-21 10-03 12-25 12-26",
        ),
        (
            2019,
            "01-01 03-08 04-19 04-22 05-01 05-30 06-10 10-03 12-25 12-26",
        ),
        (
            2020,
            "01-01 03-08 04-10 04-13 05-01 05-08 05-21 06-01 10-03 12-25 12-26",
        ),
        (
            2024,
            "01-01 03-08 03-29 04-01 05-01 05-09 05-20 10-03 12-25 12-26",
        ),
        (
            2025,
            "01-01 03-08 04-18 04-21 05-01 05-08 05-29 06-09 10-03 12-25 12-26",
        ),
        (
            2026,
            "01-01 03-08 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26",
        ),
        (
            2028,
            "01-01 03-08 04-14 04-17 05-01 05-25 06-05 06-17 10-03 12-25 12-26",
        ),
    ];
    for (year, expected) in years {
        let days = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().iter_days();
        let free: Vec<_> = days
            .take_while(|day| day.year() == year)
            .filter(|day| Region::Berlin.is_holiday(*day))
            .map(|day| day.format("%m-%d").to_string())
            .collect();
        assert_eq!(free.join(" "), expected, "{year}");
    }
}

#[test]
fn hours_are_added_over_nights_weekends_and_holidays() {
    let office = office();
    for (from, minutes, until) in [
        // The same day; up to its very end.
        ("2026-11-23 08:30", 60, "2026-11-23 09:30"),
        ("2026-11-23 08:00", 480, "2026-11-23 16:00"),
        // Over the night, over the weekend, and begun while nobody is there.
        ("2026-11-23 15:30", 60, "2026-11-24 08:30"),
        ("2026-11-27 15:00", 120, "2026-11-30 09:00"),
        ("2026-11-28 11:00", 60, "2026-11-30 09:00"),
        // Over Easter, and over Christmas.
        ("2026-04-02 15:00", 120, "2026-04-07 09:00"),
        ("2026-12-24 15:00", 120, "2026-12-28 09:00"),
        // Over the Sundays on which the clocks are changed.
        ("2026-03-27 15:00", 120, "2026-03-30 09:00"),
        ("2026-10-23 15:00", 120, "2026-10-26 09:00"),
    ] {
        let time = TimeDelta::minutes(minutes);
        assert_eq!(office.add(at(from), time), Some(at(until)), "{from}");
        assert_eq!(office.between(at(from), at(until)), time, "{from}");
    }
    assert_eq!(
        office.between(at("2026-11-28 10:00"), at("2026-11-29 20:00")),
        TimeDelta::zero()
    );
}

#[test]
fn an_hour_that_comes_twice_counts_twice_and_one_that_is_left_out_not_at_all() {
    let mut week = Week::default();
    week[6] = vec![Span { from: 0, to: 1440 }];
    let sundays = Hours::new(week, None, &[]);
    let day = |from: &str, to: &str| sundays.between(at(from), at(to)).num_hours();
    assert_eq!(day("2026-03-29 00:00", "2026-03-30 00:00"), 23);
    assert_eq!(day("2026-10-25 00:00", "2026-10-26 00:00"), 25);
    assert_eq!(day("2026-11-22 00:00", "2026-11-23 00:00"), 24);
}

#[test]
fn a_calendar_in_which_nothing_comes_gives_no_instant() {
    let mut week = Week::default();
    week[0] = vec![Span { from: 480, to: 960 }];
    let free: Vec<FreeDay> = (1..=12)
        .flat_map(|month| (1..=31).map(move |day| (month, day)))
        .map(|(month, day)| FreeDay {
            month,
            day,
            year: None,
            name: String::new(),
        })
        .collect();
    let never = Hours::new(week, None, &free);
    assert_eq!(never.add(at("2026-11-23 08:00"), TimeDelta::hours(1)), None);
}

/// Up to two spans a day, none of which begins or ends in the hour that can come twice.
fn weeks() -> impl Strategy<Value = Week> {
    let outside = |minutes: &u16| !(121..180).contains(minutes);
    let day = proptest::collection::btree_set((0u16..=1440).prop_filter("", outside), 0..=4);
    let day = day.prop_map(|ends| {
        let ends: Vec<u16> = ends.into_iter().collect();
        let spans = ends.chunks_exact(2);
        spans
            .map(|two| Span {
                from: two[0],
                to: two[1],
            })
            .collect()
    });
    proptest::array::uniform7(day)
}

/// Instants around both changes of clocks and the holidays between them.
fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    let begin = at("2026-03-26 00:00").timestamp();
    let near = prop_oneof![0i64..12, 205i64..225, 0i64..300];
    (near, 0i64..1440).prop_map(move |(days, minutes)| {
        DateTime::from_timestamp(begin + days * 86_400 + minutes * 60, 0).unwrap()
    })
}

/// Counts each minute that is open on the wall.
fn counted(week: &Week, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    let minutes = (to - from).num_minutes().max(0);
    let open = |minute: &i64| {
        let wall = (from + TimeDelta::minutes(*minute)).with_timezone(&Berlin);
        let of_day = (wall.hour() * 60 + wall.minute()) as u16;
        let day = wall.date_naive();
        let spans = &week[day.weekday().num_days_from_monday() as usize];
        !Region::Berlin.is_holiday(day) && spans.iter().any(|s| (s.from..s.to).contains(&of_day))
    };
    (0..minutes).filter(open).count() as i64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn measuring_agrees_with_counting_minutes(week in weeks(), from in instants(), days in 0i64..20, minutes in 0i64..1440) {
        let to = from + TimeDelta::days(days) + TimeDelta::minutes(minutes);
        let hours = Hours::new(week.clone(), Some(Region::Berlin), &[]);
        prop_assert_eq!(hours.between(from, to).num_minutes(), counted(&week, from, to));
    }

    #[test]
    fn what_is_added_is_what_is_measured(week in weeks(), from in instants(), minutes in 1i64..6000) {
        let hours = Hours::new(week, Some(Region::Berlin), &[]);
        let time = TimeDelta::minutes(minutes);
        if let Some(until) = hours.add(from, time) {
            prop_assert!(until > from);
            prop_assert_eq!(hours.between(from, until), time);
            // No instant before it would do.
            prop_assert!(hours.between(from, until - TimeDelta::seconds(1)) < time);
        }
    }

    #[test]
    fn parts_make_the_whole(week in weeks(), a in instants(), b in instants(), c in instants()) {
        let hours = Hours::new(week, Some(Region::Berlin), &[]);
        let mut all = [a, b, c];
        all.sort();
        let parts = hours.between(all[0], all[1]) + hours.between(all[1], all[2]);
        prop_assert_eq!(parts, hours.between(all[0], all[2]));
    }

    #[test]
    fn later_beginnings_and_longer_times_never_end_earlier(week in weeks(), a in instants(), b in instants(), x in 1i64..6000, y in 1i64..6000) {
        let hours = Hours::new(week, Some(Region::Berlin), &[]);
        let end = |from, minutes| hours.add(from, TimeDelta::minutes(minutes));
        if let (Some(one), Some(other)) = (end(a.min(b), x.min(y)), end(a.max(b), x.max(y))) {
            prop_assert!(one <= other);
        }
    }
}
