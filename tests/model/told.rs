//! Deadlines are told by the clock: that one is near and that it has passed, each once, the same on both databases.

use entities::deadline::{Goal, Told};
use entities::ticket::{Prioritise, Priority, Reopen, TellDeadlines, Then, Ticket, due};
use entities::{Actor, DeskError, Permit, Rejected, Rule, history};
use sea_orm::QueryTrait as _;
use support::desk::TestDesk;

use crate::deadlines::{act, answer, at, desk, goals, open, solve, try_act};
use crate::plan::{Plan, backend};

/// What the ticket's history says was told, oldest first.
async fn told(desk: &TestDesk, ticket: &Ticket) -> Vec<(Goal, Told)> {
    let entries = history::of(&desk.db, ticket.id, None, 100).await.unwrap();
    let entries = entries.iter().rev().filter(|e| e.name == "deadline_told");
    let pair = |e: &history::Entry| {
        let record: serde_json::Value = serde_json::from_str(&e.payload).unwrap();
        let part = |name: &str| record[name].clone();
        let goal = serde_json::from_value(part("goal")).unwrap();
        (goal, serde_json::from_value(part("told")).unwrap())
    };
    entries.map(pair).collect()
}

/// The clock strikes: whatever is to be told by then is told.
async fn strike(desk: &TestDesk, ticket: &Ticket, when: &str) -> Ticket {
    act(desk, ticket, when, TellDeadlines).await
}

async fn says_nothing(desk: &TestDesk, ticket: &Ticket, when: &str) {
    let fresh = desk.read(ticket.id).await;
    let told = try_act(desk, fresh.clone(), at(when), TellDeadlines).await;
    let nothing = matches!(told, Err(DeskError::Rejected(Rejected::NothingToDo)));
    assert!(nothing, "{when}: {told:?}");
    assert_eq!(desk.read(ticket.id).await, fresh);
}

const FIRST_NEAR: (Goal, Told) = (Goal::FirstAnswer, Told::Near);
const FIRST_PASSED: (Goal, Told) = (Goal::FirstAnswer, Told::Passed);
const SOLUTION_NEAR: (Goal, Told) = (Goal::Solution, Told::Near);
const SOLUTION_PASSED: (Goal, Told) = (Goal::Solution, Told::Passed);

#[tokio::test]
async fn a_deadline_is_told_once_as_near_and_once_as_passed() {
    let desk = desk().await;
    let ticket = open(&desk, "2026-11-16 09:00").await;
    assert_eq!(ticket.notice_at, Some(at("2026-11-16 09:45")));
    says_nothing(&desk, &ticket, "2026-11-16 09:44").await;
    let near = strike(&desk, &ticket, "2026-11-16 09:45").await;
    assert_eq!(near.notice_at, Some(at("2026-11-16 10:00")));
    // Nothing about the ticket itself changed, so no form is out of date and no list moves.
    assert_eq!(
        (near.version, near.changed_at),
        (ticket.version, ticket.changed_at)
    );
    says_nothing(&desk, &ticket, "2026-11-16 09:59").await;
    strike(&desk, &ticket, "2026-11-16 10:00").await;
    says_nothing(&desk, &ticket, "2026-11-16 15:00").await;
    assert_eq!(told(&desk, &ticket).await, [FIRST_NEAR, FIRST_PASSED]);
    // That the solution is late as well is told although nobody has answered yet.
    let late = strike(&desk, &ticket, "2026-11-17 09:00").await;
    assert_eq!(late.notice_at, None);
    says_nothing(&desk, &ticket, "2026-11-30 09:00").await;
    let all = [FIRST_NEAR, FIRST_PASSED, SOLUTION_PASSED];
    assert_eq!(told(&desk, &ticket).await, all);
}

#[tokio::test]
async fn whoever_looks_late_is_told_what_is_true_by_then() {
    let desk = desk().await;
    let ticket = open(&desk, "2026-11-16 09:00").await;
    let late = strike(&desk, &ticket, "2026-11-18 09:00").await;
    assert_eq!(late.notice_at, None);
    assert_eq!(told(&desk, &ticket).await, [FIRST_PASSED, SOLUTION_PASSED]);
}

#[tokio::test]
async fn an_answered_ticket_has_its_solution_told_and_a_solved_one_nothing() {
    let desk = desk().await;
    let ticket = open(&desk, "2026-11-16 08:00").await;
    act(&desk, &ticket, "2026-11-16 08:30", answer(Then::Open)).await;
    says_nothing(&desk, &ticket, "2026-11-16 13:59").await;
    strike(&desk, &ticket, "2026-11-16 14:00").await;
    let solved = act(&desk, &ticket, "2026-11-16 14:30", solve()).await;
    assert_eq!(solved.notice_at, None);
    says_nothing(&desk, &ticket, "2026-11-20 09:00").await;
    assert_eq!(told(&desk, &ticket).await, [SOLUTION_NEAR]);
    // What was told is still true when it comes back, so only what is new is told.
    act(&desk, &ticket, "2026-11-16 14:40", Reopen).await;
    says_nothing(&desk, &ticket, "2026-11-16 15:00").await;
    strike(&desk, &ticket, "2026-11-17 09:00").await;
    let all = [SOLUTION_NEAR, SOLUTION_PASSED];
    assert_eq!(told(&desk, &ticket).await, all);
}

#[tokio::test]
async fn a_stopped_clock_tells_nothing_and_a_late_ticket_that_goes_on_is_not_told_twice() {
    let desk = desk().await;
    let ticket = open(&desk, "2026-11-16 08:00").await;
    act(&desk, &ticket, "2026-11-16 08:30", answer(Then::Open)).await;
    strike(&desk, &ticket, "2026-11-16 14:30").await;
    let ask = answer(Then::WaitForRequester);
    act(&desk, &ticket, "2026-11-16 15:00", ask).await;
    says_nothing(&desk, &ticket, "2026-11-25 09:00").await;
    act(&desk, &ticket, "2026-11-25 09:00", Reopen).await;
    says_nothing(&desk, &ticket, "2026-11-25 09:59").await;
    strike(&desk, &ticket, "2026-11-25 10:00").await;
    let ask = answer(Then::WaitForRequester);
    act(&desk, &ticket, "2026-11-25 10:30", ask).await;
    act(&desk, &ticket, "2026-11-25 11:00", Reopen).await;
    says_nothing(&desk, &ticket, "2026-11-30 09:00").await;
    let all = [SOLUTION_NEAR, SOLUTION_PASSED];
    assert_eq!(told(&desk, &ticket).await, all);
}

#[tokio::test]
async fn a_deadline_that_moves_ahead_is_told_anew_when_it_comes() {
    let desk = desk().await;
    let ticket = open(&desk, "2026-11-16 08:00").await;
    let priority = |priority| Prioritise { priority };
    act(&desk, &ticket, "2026-11-16 08:05", answer(Then::Open)).await;
    act(&desk, &ticket, "2026-11-16 08:10", priority(Priority::High)).await;
    strike(&desk, &ticket, "2026-11-16 11:30").await;
    strike(&desk, &ticket, "2026-11-16 12:10").await;
    let calm = priority(Priority::Normal);
    act(&desk, &ticket, "2026-11-16 12:20", calm).await;
    says_nothing(&desk, &ticket, "2026-11-16 13:59").await;
    strike(&desk, &ticket, "2026-11-16 14:05").await;
    // What has passed and stays passed is not told again.
    act(&desk, &ticket, "2026-11-16 14:10", priority(Priority::High)).await;
    strike(&desk, &ticket, "2026-11-16 14:15").await;
    act(&desk, &ticket, "2026-11-16 14:20", answer(Then::Open)).await;
    says_nothing(&desk, &ticket, "2026-11-30 09:00").await;
    let twice = [
        SOLUTION_NEAR,
        SOLUTION_PASSED,
        SOLUTION_NEAR,
        SOLUTION_PASSED,
    ];
    assert_eq!(told(&desk, &ticket).await, twice);
}

#[tokio::test]
async fn two_processes_that_look_at_once_tell_each_deadline_once() {
    let desk = TestDesk::new().await;
    desk.general_limit(desk.always().await, goals()).await;
    let mut tickets = Vec::new();
    for n in 0..20 {
        tickets.push(desk.ticket(&format!("Zahllauf {n}")).await);
    }
    desk.pass(chrono::Duration::hours(9));
    let rule = Actor::System(Rule::Deadline);
    let look = async || {
        let found = due::to_tell(&desk.db).await.unwrap();
        let pairs = found.into_iter();
        let pairs = pairs.map(|t| (Permit::ask(&rule, t).unwrap(), TellDeadlines));
        desk.db.change_many(pairs.collect()).await.unwrap()
    };
    let (one, other) = tokio::join!(look(), look());
    let done = one.iter().chain(&other).filter(|r| r.is_ok()).count();
    assert_eq!(done, 20);
    assert!(look().await.is_empty());
    for ticket in &tickets {
        assert_eq!(told(&desk, ticket).await, [SOLUTION_PASSED]);
    }
}

#[tokio::test]
async fn only_what_is_to_be_told_is_read_and_in_its_order() {
    let desk = TestDesk::new().await;
    let statement = due::to_tell_query(desk.db.clock().now()).build(backend(&desk));
    let plan = Plan::of(&desk, statement).await;
    assert!(plan.scans().is_empty() && !plan.sorts(), "{plan:#?}");
    assert!(plan.uses("ticket_notice"), "{plan:#?}");
}
