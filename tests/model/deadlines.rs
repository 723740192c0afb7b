//! Deadlines are set, stopped, moved and met by what happens to a ticket, the same on both databases.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Berlin;
use entities::calendar::{self, Hours};
use entities::deadline::{Goal, Standing};
use entities::field::change::Sets;
use entities::first_start::office_in_berlin;
use entities::ledger::Command;
use entities::permit::Desk;
use entities::ticket::classify::Place;
use entities::ticket::close::Ending;
use entities::ticket::message::NewMessage;
use entities::ticket::open::AfterOpen;
use entities::ticket::state::Direction as Way;
use entities::ticket::{
    Audience, Channel, Close, ClosingReason, Kind, Merge, Open, Prioritise, Priority, Reopen,
    Reply, Then, Ticket, Wait, WaitingFor, Withdraw,
};
use entities::time_limit::{Goals, Times};
use entities::{Actor, DeskError, Permit, Rule, Uuid, history, ticket};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use support::desk::{TestDesk, reply};

pub const IMPORT: Actor = Actor::System(Rule::Import { on_behalf_of: None });

/// An instant as the clock in Berlin shows it, in the week of Monday, the 16th of November 2026.
pub fn at(text: &str) -> DateTime<Utc> {
    let wall = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    wall.and_local_timezone(Berlin).earliest().unwrap().to_utc()
}

pub fn times(first_answer: Option<i32>, solution: Option<i32>) -> Times {
    Times {
        first_answer,
        solution,
    }
}

/// An hour and eight hours; with high priority half of it.
pub fn goals() -> Goals {
    Goals {
        low: Times::default(),
        normal: times(Some(60), Some(480)),
        high: times(Some(30), Some(240)),
        very_high: times(Some(30), None),
    }
}

pub async fn berlin(desk: &TestDesk) -> Uuid {
    calendar::choices(&desk.db).await.unwrap()[0].id
}

pub async fn desk() -> TestDesk {
    let desk = TestDesk::new().await;
    desk.general_limit(berlin(&desk).await, goals()).await;
    desk
}

pub fn by_mail(place: Place, priority: Priority) -> Open {
    Open {
        title: "Zahllauf bricht ab".to_owned(),
        kind: Kind::Incident,
        priority,
        place,
        requester_id: None,
        organisation_id: None,
        district_id: None,
        mailbox_id: None,
        fields: Sets::default(),
        first: NewMessage::text(
            Audience::Requester,
            Way::In,
            Channel::Mail,
            "Guten Tag".to_owned(),
        ),
        then: AfterOpen::HandToTeam,
        once: None,
    }
}

pub async fn open(desk: &TestDesk, when: &str) -> Ticket {
    open_with(desk, when, by_mail(Place::default(), Priority::Normal)).await
}

pub async fn open_with(desk: &TestDesk, when: &str, command: Open) -> Ticket {
    let permit = Permit::ask(&IMPORT, Desk).unwrap().dated(at(when)).unwrap();
    desk.db.change(permit, command).await.unwrap().subject
}

pub async fn act<C: Command<On = Ticket, Target = Ticket>>(
    desk: &TestDesk,
    ticket: &Ticket,
    when: &str,
    command: C,
) -> Ticket {
    let fresh = desk.read(ticket.id).await;
    try_act(desk, fresh, at(when), command).await.unwrap()
}

pub fn answer(then: Then) -> Reply {
    Reply {
        then,
        ..reply("sabine@pa.example", "Guten Tag")
    }
}

pub fn solve() -> Close {
    Close {
        to: Ending::Solved,
        reason: Some(ClosingReason::Data),
    }
}

pub async fn turns(desk: &TestDesk, ticket: &Ticket) -> Vec<String> {
    let entries = history::of(&desk.db, ticket.id, None, 100).await.unwrap();
    let set = entries.iter().rev().filter(|e| e.name == "deadlines_set");
    let record =
        |e: &history::Entry| -> serde_json::Value { serde_json::from_str(&e.payload).unwrap() };
    set.map(|e| record(e)["turn"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_new_ticket_must_be_answered_and_solved_in_the_times_of_its_priority() {
    let desk = desk().await;
    let ticket = open(&desk, "2026-11-16 15:30").await;
    assert_eq!(ticket.first_answer_due_at, Some(at("2026-11-17 08:30")));
    assert_eq!(ticket.solution_due_at, Some(at("2026-11-17 15:30")));
    assert_eq!(ticket.due_at, ticket.first_answer_due_at);
    assert_eq!(ticket.outlook().goal(), Some(Goal::FirstAnswer));
    // A quarter of an hour, as an hour is to be kept.
    assert_eq!(ticket.warn_at, Some(at("2026-11-17 08:15")));
    let stands = |when: &str| ticket.outlook().standing(at(when));
    assert_eq!(stands("2026-11-16 16:00"), Standing::InTime);
    assert_eq!(stands("2026-11-17 08:20"), Standing::Soon);
    assert_eq!(stands("2026-11-17 08:31"), Standing::Overdue);
    let urgent = act(
        &desk,
        &ticket,
        "2026-11-16 15:40",
        Prioritise {
            priority: Priority::High,
        },
    )
    .await;
    assert_eq!(urgent.first_answer_due_at, Some(at("2026-11-16 16:00")));
    assert_eq!(urgent.solution_due_at, Some(at("2026-11-17 11:30")));
    let calm = act(
        &desk,
        &ticket,
        "2026-11-16 15:45",
        Prioritise {
            priority: Priority::Low,
        },
    )
    .await;
    assert_eq!(
        calm.outlook().standing(at("2026-11-18 09:00")),
        Standing::None
    );
    assert_eq!(turns(&desk, &ticket).await, ["set", "moved", "lifted"]);
    assert_eq!(desk.read(ticket.id).await, calm);
}

#[tokio::test]
async fn without_any_times_there_is_no_deadline_and_no_line_about_one() {
    let desk = TestDesk::new().await;
    let ticket = open(&desk, "2026-11-16 09:00").await;
    let ticket = act(&desk, &ticket, "2026-11-16 10:00", answer(Then::Open)).await;
    assert_eq!(ticket.due_at, None);
    assert_eq!(
        ticket.outlook().standing(at("2026-12-24 10:00")),
        Standing::None
    );
    assert!(turns(&desk, &ticket).await.is_empty());
}

#[tokio::test]
async fn the_clock_stops_only_while_the_requester_is_asked_and_what_was_stopped_is_kept() {
    let desk = desk().await;
    let ticket = open(&desk, "2026-11-16 09:00").await;
    let asked = act(
        &desk,
        &ticket,
        "2026-11-16 09:30",
        answer(Then::WaitForRequester),
    )
    .await;
    assert_eq!(asked.due_at, None);
    assert_eq!(asked.held_since, Some(at("2026-11-16 09:30")));
    assert_eq!(
        asked.outlook().standing(at("2026-11-20 09:00")),
        Standing::Held
    );
    // Over night only what is open counts: six and a half hours on Monday, two on Tuesday.
    let back = act(&desk, &ticket, "2026-11-17 10:00", Reopen).await;
    assert_eq!(back.held_us, 8 * 3_600_000_000 + 1_800_000_000);
    assert_eq!(back.due_at, Some(at("2026-11-18 09:30")));
    let at_vendor = Wait {
        waiting_for: WaitingFor::Vendor,
        until: None,
    };
    let waits = act(&desk, &ticket, "2026-11-17 11:00", at_vendor).await;
    assert_eq!(waits.due_at, back.due_at);
    assert_eq!(waits.held_since, None);
    let turns = turns(&desk, &ticket).await;
    assert_eq!(turns, ["set", "stopped", "resumed"]);
}

#[tokio::test]
async fn the_first_answer_is_met_once_and_its_deadline_stays_as_it_was() {
    let desk = desk().await;
    let ticket = open(&desk, "2026-11-16 09:00").await;
    let to_vendor = Reply {
        audience: Audience::Vendor,
        ..answer(Then::Open)
    };
    let asked = act(&desk, &ticket, "2026-11-16 09:10", to_vendor).await;
    assert_eq!(asked.first_reply_at, None);
    assert_eq!(asked.outlook().goal(), Some(Goal::FirstAnswer));
    let answered = act(&desk, &ticket, "2026-11-16 09:20", answer(Then::Open)).await;
    assert_eq!(answered.first_reply_at, Some(at("2026-11-16 09:20")));
    assert_eq!(answered.due_at, Some(at("2026-11-17 09:00")));
    // Two hours: a quarter of the eight.
    assert_eq!(answered.warn_at, Some(at("2026-11-16 15:00")));
    let urgent = act(
        &desk,
        &ticket,
        "2026-11-16 10:00",
        Prioritise {
            priority: Priority::VeryHigh,
        },
    )
    .await;
    assert_eq!(urgent.first_answer_due_at, Some(at("2026-11-16 10:00")));
    assert_eq!(urgent.due_at, None);
    assert_eq!(
        urgent.outlook().standing(at("2026-11-16 12:00")),
        Standing::Met
    );
    // Whoever calls has been spoken to.
    let call = Open {
        first: NewMessage::text(
            Audience::Requester,
            Way::In,
            Channel::Phone,
            "Ruft an".to_owned(),
        ),
        ..by_mail(Place::default(), Priority::Normal)
    };
    let called = open_with(&desk, "2026-11-16 09:00", call).await;
    assert_eq!(called.outlook().goal(), Some(Goal::Solution));
}

#[tokio::test]
async fn an_answer_taken_back_was_none() {
    let desk = desk().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let ticket = desk
        .console(by_mail(Place::default(), Priority::Normal))
        .await;
    let permit = Permit::ask(&annika, ticket.clone()).unwrap();
    let answer = answer(Then::WaitForRequester);
    let message_id = answer.message_id;
    let asked = desk.db.change(permit, answer).await.unwrap().subject;
    assert!(asked.first_reply_at.is_some() && asked.due_at.is_none());
    let message = ticket::thread::message(&desk.db, &asked, message_id)
        .await
        .unwrap();
    let permit = Permit::ask(&annika, asked).unwrap();
    let back = desk.db.change(permit, Withdraw { message }).await.unwrap();
    assert_eq!(back.subject.first_reply_at, None);
    assert_eq!(back.subject.outlook().goal(), Some(Goal::FirstAnswer));
    assert!(back.subject.due_at.is_some());
}

#[tokio::test]
async fn a_solved_ticket_that_is_opened_again_goes_on_where_it_was() {
    let desk = desk().await;
    let ticket = open(&desk, "2026-11-16 09:00").await;
    act(&desk, &ticket, "2026-11-16 10:00", answer(Then::Open)).await;
    let solved = act(&desk, &ticket, "2026-11-16 11:00", solve()).await;
    assert_eq!((solved.due_at, solved.warn_at), (None, None));
    assert_eq!(
        solved.outlook().standing(at("2026-11-30 09:00")),
        Standing::Met
    );
    let again = act(&desk, &ticket, "2026-11-18 09:00", Reopen).await;
    assert_eq!(again.held_us, (5 + 8 + 1) * 3_600_000_000);
    // Two of the eight hours were used.
    assert_eq!(again.due_at, Some(at("2026-11-18 15:00")));
    // Solved while the requester was asked: that time is kept too.
    let asked = Wait {
        waiting_for: WaitingFor::Requester,
        until: None,
    };
    act(&desk, &ticket, "2026-11-18 10:00", asked).await;
    let solved = act(&desk, &ticket, "2026-11-18 11:00", solve()).await;
    assert_eq!(solved.held_us, 15 * 3_600_000_000);
    assert_eq!(solved.held_since, None);
}

#[tokio::test]
async fn what_ends_by_merging_has_no_deadline() {
    let desk = desk().await;
    let source = open(&desk, "2026-11-16 09:00").await;
    let target = open(&desk, "2026-11-16 09:30").await;
    let one = Permit::ask(&IMPORT, source).unwrap();
    let other = Permit::ask(&IMPORT, target).unwrap();
    let merged = desk.db.change_pair(
        one,
        other,
        Merge {
            fields: entities::field::change::Sets::default(),
            once: None,
        },
    );
    let merged = merged.await.unwrap();
    assert_eq!(merged.one.subject.due_at, None);
    assert!(merged.other.subject.due_at.is_some());
    assert_eq!(turns(&desk, &merged.one.subject).await, ["set", "ended"]);
}

/// What may happen to a ticket, with the minutes that pass before.
#[derive(Clone, Copy, Debug)]
enum Step {
    Ask,
    Resume,
    Solve,
    Answer,
}

#[tokio::test(flavor = "multi_thread")]
async fn stop_and_go_is_never_shorter_than_without_a_stop_and_keeps_every_minute() {
    let desk = desk().await;
    let facts = office_in_berlin();
    let hours = Hours::new(facts.week, facts.holidays, &facts.days);
    let step = prop_oneof![
        Just(Step::Ask),
        Just(Step::Resume),
        Just(Step::Solve),
        Just(Step::Answer)
    ];
    let stories = (
        0i64..400,
        proptest::collection::vec((step, 1i64..2000), 1..9),
    );
    let mut runner = TestRunner::new(Config::with_cases(24));
    let desk = &desk;
    runner
        .run(&stories, |(begin, steps)| {
            let story = async {
                let begin = at("2026-10-20 07:00") + TimeDelta::hours(begin);
                let permit = Permit::ask(&IMPORT, Desk).unwrap().dated(begin).unwrap();
                let open = by_mail(Place::default(), Priority::Normal);
                let mut ticket = desk.db.change(permit, open).await.unwrap().subject;
                let free = ticket.solution_due_at.unwrap();
                let (mut now, mut stopped) = (begin, TimeDelta::zero());
                for (step, minutes) in steps {
                    let next = now + TimeDelta::minutes(minutes);
                    if ticket.held_since.is_some() || !ticket.active {
                        stopped += hours.between(now, next);
                    }
                    now = next;
                    let asked = Wait {
                        waiting_for: WaitingFor::Requester,
                        until: None,
                    };
                    let fresh = desk.read(ticket.id).await;
                    let changed = match step {
                        Step::Ask => try_act(desk, fresh, now, asked).await,
                        Step::Resume => try_act(desk, fresh, now, Reopen).await,
                        Step::Solve => try_act(desk, fresh, now, solve()).await,
                        Step::Answer => try_act(desk, fresh, now, answer(Then::Open)).await,
                    };
                    ticket = match changed {
                        Ok(changed) => changed,
                        // What cannot be done changes nothing.
                        Err(DeskError::Rejected(_)) => continue,
                        Err(other) => panic!("{other} at {now}"),
                    };
                    assert!(
                        ticket.due_at.is_none() || ticket.active && ticket.held_since.is_none()
                    );
                    if ticket.active && ticket.held_since.is_none() {
                        let due = ticket.solution_due_at.unwrap();
                        assert!(due >= free);
                        let whole = TimeDelta::minutes(480) + stopped;
                        assert_eq!(Some(due), hours.add(begin, whole));
                    }
                    assert_eq!(desk.read(ticket.id).await, ticket);
                }
            };
            tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(story));
            Ok(())
        })
        .unwrap();
}

pub async fn try_act<C: Command<On = Ticket, Target = Ticket>>(
    desk: &TestDesk,
    ticket: Ticket,
    when: DateTime<Utc>,
    command: C,
) -> Result<Ticket, DeskError> {
    let permit = Permit::ask(&IMPORT, ticket)?.dated(when)?;
    Ok(desk.db.change(permit, command).await?.subject)
}
