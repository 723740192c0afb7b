//! Which times hold for a ticket, what of them is refused, and lists by what is due.

use chrono::{DateTime, TimeDelta, Utc};
use entities::calendar::{self};
use entities::page::Cursor;
use entities::permit::Desk;
use entities::service::{self, Service, ServiceFacts};
use entities::setting::{Create, Retire, Update};
use entities::ticket::classify::Place;
use entities::ticket::filter::{DueIs, Filter};
use entities::ticket::list::{Direction, Sort, SortBy, list};
use entities::ticket::{Classify, Priority, WriteNote};
use entities::time_limit::{Goals, TimeLimit, TimeLimitFacts};
use entities::{Actor, DeskError, Permit, Rejected, Rule, Uuid};

use crate::deadlines::{
    IMPORT, act, at, berlin, by_mail, desk, goals, open, open_with, times, turns,
};

#[tokio::test]
async fn a_service_has_its_own_times_or_those_of_the_one_above() {
    let desk = desk().await;
    let quick = Goals {
        normal: times(None, Some(120)),
        ..Goals::default()
    };
    let quick = desk
        .time_limit("Zahlungen", berlin(&desk).await, quick)
        .await;
    let team = desk.team("Jugend 1").await;
    let payments = desk.service("Zahlungen", team).await;
    let runs = desk.module("Zahllauf", payments).await;
    let other = desk.service("Zugang", team).await;
    let facts = ServiceFacts {
        name: "Zahlungen".to_owned(),
        parent_id: None,
        team_id: Some(team),
        time_limit_id: Some(quick),
    };
    let id = payments;
    desk.console(Update::<Service> { id, facts }).await;
    let about = |service_id| Place {
        service_id: Some(service_id),
        team_id: None,
    };
    for (service, due) in [
        (payments, "2026-11-16 11:00"),
        (runs, "2026-11-16 11:00"),
        (other, "2026-11-16 10:00"),
    ] {
        let command = by_mail(about(service), Priority::Normal);
        let ticket = open_with(&desk, "2026-11-16 09:00", command).await;
        assert_eq!(ticket.due_at, Some(at(due)));
    }
    let ticket = open(&desk, "2026-11-16 09:00").await;
    let classify = Classify {
        place: Some(about(runs)),
        ..Classify::default()
    };
    let ticket = act(&desk, &ticket, "2026-11-16 09:30", classify).await;
    assert_eq!(ticket.due_at, Some(at("2026-11-16 11:00")));
    // A limit that is retired holds no more, from the next event on.
    desk.console(Retire::<TimeLimit>::of(quick)).await;
    assert_eq!(desk.read(ticket.id).await.due_at, ticket.due_at);
    let note = WriteNote {
        body: "Nachgesehen".to_owned(),
        files: vec![],
        once: None,
    };
    let ticket = act(&desk, &ticket, "2026-11-16 09:40", note).await;
    assert_eq!(ticket.due_at, Some(at("2026-11-16 10:00")));
    assert_eq!(turns(&desk, &ticket).await, ["set", "moved", "moved"]);
}

#[tokio::test]
async fn settings_that_make_no_sense_are_refused() {
    let desk = desk().await;
    let facts = TimeLimitFacts {
        name: "Zweite".to_owned(),
        calendar_id: berlin(&desk).await,
        standard: true,
        goals: goals(),
    };
    let refused = |result: Result<_, DeskError>| match result {
        Err(DeskError::Rejected(why)) => why,
        Ok(()) => panic!("not refused"),
        Err(other) => panic!("{other}"),
    };
    let console = Actor::System(Rule::Console);
    let make = async |facts: TimeLimitFacts| {
        let permit = Permit::ask(&console, Desk).unwrap();
        let create = Create::<TimeLimit> { facts, once: None };
        refused(desk.db.change(permit, create).await.map(|_| ()))
    };
    assert_eq!(make(facts.clone()).await, Rejected::StandardTaken);
    let second = TimeLimitFacts {
        standard: false,
        ..facts
    };
    let long = Goals {
        low: times(None, Some(1_000_000)),
        ..Goals::default()
    };
    let none = Goals::default();
    for (goals, why) in [(long, Rejected::NotATime), (none, Rejected::NoTimes)] {
        let facts = TimeLimitFacts {
            goals,
            ..second.clone()
        };
        assert_eq!(make(facts).await, why);
    }
    let taken = TimeLimitFacts {
        name: "Allgemein".to_owned(),
        ..second.clone()
    };
    assert_eq!(make(taken).await, Rejected::NameTaken);
    let gone = desk.calendar("Alt").await;
    desk.console(calendar::Retire::of(gone)).await;
    let retired = TimeLimitFacts {
        calendar_id: gone,
        ..second
    };
    assert_eq!(make(retired).await, Rejected::Retired);
}

#[tokio::test]
async fn open_work_is_listed_by_what_is_due_next_and_filtered_by_when() {
    let desk = desk().await;
    let now = desk.db.clock().now();
    let mut expected: Vec<(Option<DateTime<Utc>>, Uuid)> = Vec::new();
    for hours in [0i64, 2, 30, 200, 400, 1000] {
        for priority in [Priority::Normal, Priority::High, Priority::Low] {
            let permit = Permit::ask(&IMPORT, Desk).unwrap();
            let permit = permit.dated(now - TimeDelta::hours(hours)).unwrap();
            let open = by_mail(Place::default(), priority);
            let ticket = desk.db.change(permit, open).await.unwrap().subject;
            expected.push((ticket.due_at, ticket.id));
        }
    }
    let console = Actor::System(Rule::Console);
    for direction in [Direction::Ascending, Direction::Descending] {
        let sort = Sort {
            by: SortBy::Due,
            direction,
        };
        let mut found = Vec::new();
        let mut after: Option<Cursor> = None;
        loop {
            let filter = Filter::default();
            let page = list(&desk.db, &console, &filter, sort, after.as_ref(), 4).await;
            let page = page.unwrap();
            found.extend(page.rows.iter().map(|row| (row.due_at, row.id)));
            let Some(next) = page.next else { break };
            after = Cursor::decode(&next.encode());
        }
        expected.sort_by_key(|(due, id)| (due.is_none(), *due, *id));
        if direction == Direction::Descending {
            expected.sort_by_key(|(due, id)| (due.is_none(), std::cmp::Reverse((*due, *id))));
        }
        assert_eq!(found, expected);
    }
    let mut seen = 0;
    for due in DueIs::ALL {
        let filter = Filter {
            due: vec![due],
            ..Filter::default()
        };
        let page = list(&desk.db, &console, &filter, Sort::default(), None, 50).await;
        let rows = page.unwrap().rows;
        assert!(rows.iter().all(|row| DueIs::of(row.due_at, now) == due));
        seen += rows.len();
        assert_eq!(DueIs::from_name(due.name()), Some(due));
    }
    assert_eq!(seen, expected.len());
}

#[tokio::test]
async fn a_service_that_does_not_exist_any_more_leaves_the_general_times() {
    let desk = desk().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("Zugang", team).await;
    desk.console(service::Retire::of(service)).await;
    let place = Place {
        service_id: Some(service),
        team_id: None,
    };
    let command = by_mail(place, Priority::Normal);
    let ticket = open_with(&desk, "2026-11-16 09:00", command).await;
    assert_eq!(ticket.due_at, Some(at("2026-11-16 10:00")));
}
