//! Rules by which tasks come back: each names the days people mean, in short months, leap years and around holidays.

use chrono::{Datelike, Days, NaiveDate};
use entities::calendar::Hours;
use entities::first_start::office_in_berlin;
use entities::recurring::{Nth, Repeat, Schedule};
use proptest::prelude::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn office() -> Hours {
    let facts = office_in_berlin();
    Hours::new(facts.week, facts.holidays, &facts.days)
}

fn schedule(repeat: Repeat) -> Schedule {
    Schedule {
        repeat,
        from: date("2026-01-01"),
        until: None,
        to_working_day: false,
    }
}

fn moved(repeat: Repeat) -> Schedule {
    Schedule {
        to_working_day: true,
        ..schedule(repeat)
    }
}

fn next(schedule: &Schedule, from: &str, most: usize) -> Vec<String> {
    let days = schedule.next(date(from), &office(), most);
    days.iter().map(NaiveDate::to_string).collect()
}

#[test]
fn the_31st_falls_on_the_last_day_of_shorter_months() {
    let rule = schedule(Repeat::MonthDay { day: 31 });
    let days = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"];
    assert_eq!(next(&rule, "2026-01-15", 4), days);
    assert_eq!(next(&rule, "2028-02-01", 1), ["2028-02-29"]);
    let leap = schedule(Repeat::Year { month: 2, day: 29 });
    let days = ["2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28"];
    assert_eq!(next(&leap, "2026-01-01", 4), days);
}

#[test]
fn working_days_leave_out_weekends_and_holidays() {
    let daily = schedule(Repeat::WorkingDay);
    // Christmas Eve is a Thursday; both holidays and the weekend follow.
    let days = ["2026-12-24", "2026-12-28", "2026-12-29"];
    assert_eq!(next(&daily, "2026-12-24", 3), days);
    let last = schedule(Repeat::LastWorkingDay);
    // The last of October is a Saturday.
    assert_eq!(next(&last, "2026-10-01", 2), ["2026-10-30", "2026-11-30"]);
    // Easter: Good Friday 2024 was the 29th of March.
    let years_ago = Schedule {
        from: date("2024-01-01"),
        ..last
    };
    assert_eq!(next(&years_ago, "2024-03-01", 1), ["2024-03-28"]);
}

#[test]
fn weekdays_come_every_week_or_once_a_month() {
    let week = Repeat::Week {
        weekdays: vec![4, 1, 4],
    };
    let rule = schedule(week.checked().unwrap());
    let days = ["2026-11-30", "2026-12-03", "2026-12-07"];
    assert_eq!(next(&rule, "2026-11-29", 3), days);
    let of = |nth, weekday| schedule(Repeat::MonthWeekday { nth, weekday });
    assert_eq!(next(&of(Nth::First, 1), "2026-11-03", 1), ["2026-12-07"]);
    assert_eq!(next(&of(Nth::Third, 3), "2026-11-01", 1), ["2026-11-18"]);
    assert_eq!(
        next(&of(Nth::Last, 5), "2026-11-01", 2),
        ["2026-11-27", "2026-12-25"]
    );
}

#[test]
fn what_falls_on_a_free_day_is_done_on_the_next_working_day() {
    let christmas = moved(Repeat::Year { month: 12, day: 25 });
    assert_eq!(next(&christmas, "2026-01-01", 1), ["2026-12-28"]);
    // The first of May 2026 is a Friday and a holiday.
    let first = moved(Repeat::MonthDay { day: 1 });
    assert_eq!(next(&first, "2026-04-02", 2), ["2026-05-04", "2026-06-01"]);
    // Saturday and Sunday together are one Monday.
    let weekend = moved(Repeat::Week {
        weekdays: vec![6, 7],
    });
    assert_eq!(
        next(&weekend, "2026-11-28", 2),
        ["2026-11-30", "2026-12-07"]
    );
    // The last day counts where it falls, not where it is done.
    let ends = Schedule {
        until: Some(date("2026-05-01")),
        ..first
    };
    assert_eq!(next(&ends, "2026-04-02", 3), ["2026-05-04"]);
    let begins = Schedule {
        from: date("2026-05-02"),
        until: None,
        ..ends
    };
    assert_eq!(next(&begins, "2026-04-02", 1), ["2026-06-01"]);
}

#[test]
fn rules_that_never_come_are_refused() {
    use entities::Rejected::{NoSuchDay, NoWeekday};
    for (rule, why) in [
        (Repeat::Week { weekdays: vec![] }, NoWeekday),
        (Repeat::Week { weekdays: vec![8] }, NoWeekday),
        (Repeat::MonthDay { day: 0 }, NoSuchDay),
        (Repeat::MonthDay { day: 32 }, NoSuchDay),
        (Repeat::Year { month: 2, day: 30 }, NoSuchDay),
        (Repeat::Year { month: 13, day: 1 }, NoSuchDay),
    ] {
        assert_eq!(rule.checked(), Err(why));
    }
    // In a calendar without hours nothing is a working day.
    let nowhere = Hours::default();
    for rule in [Repeat::WorkingDay, Repeat::LastWorkingDay] {
        assert!(moved(rule).next(date("2026-01-01"), &nowhere, 1).is_empty());
    }
}

fn rules() -> impl Strategy<Value = Repeat> {
    let nth = prop_oneof![
        Just(Nth::First),
        Just(Nth::Second),
        Just(Nth::Third),
        Just(Nth::Fourth),
        Just(Nth::Last)
    ];
    prop_oneof![
        Just(Repeat::WorkingDay),
        Just(Repeat::LastWorkingDay),
        proptest::collection::vec(1..=7_u8, 1..4).prop_map(|weekdays| Repeat::Week { weekdays }),
        (1..=31_u32).prop_map(|day| Repeat::MonthDay { day }),
        (nth, 1..=7_u8).prop_map(|(nth, weekday)| Repeat::MonthWeekday { nth, weekday }),
        (1..=12_u32, 1..=28_u32).prop_map(|(month, day)| Repeat::Year { month, day }),
    ]
}

proptest! {
    #[test]
    fn the_next_days_ascend_and_are_the_days_the_rule_falls_on(
        rule in rules(), shift in 0..2000_u64, moves in any::<bool>()
    ) {
        let from = date("2026-01-01") + Days::new(shift);
        let hours = office();
        let schedule = Schedule { to_working_day: moves, ..schedule(rule.clone()) };
        let days = schedule.next(from, &hours, 6);
        prop_assert_eq!(days.len(), 6);
        prop_assert!(days.windows(2).all(|two| two[0] < two[1]));
        prop_assert!(days[0] >= from);
        if moves {
            prop_assert!(days.iter().all(|day| hours.is_working_day(*day)));
        }
        // Backwards the same days are found.
        prop_assert_eq!(schedule.last(from, days[5], &hours), Some(days[5]));
        let before = days[5] - Days::new(1);
        prop_assert_eq!(schedule.last(from, before, &hours), Some(days[4]));
        // A month has one such day at most, moved or not, save where weeks are counted.
        if let Repeat::MonthDay { .. } = rule
            && !moves
        {
            let month = |day: &NaiveDate| (day.year(), day.month());
            prop_assert!(days.windows(2).all(|two| month(&two[0]) < month(&two[1])));
        }
    }
}
