//! Tasks by date: each day has one ticket, whoever is there gets it, and what nobody is there for is told before.

use chrono::{Days, Duration};
use entities::clock::{begin_of, day};
use entities::recurring::{self, RecurringTask, Repeat, Worker, away, due};
use entities::setting::{Noun as _, Update};
use entities::ticket::State;
use entities::ticket::filter::Filter;
use entities::ticket::list::{Row, Sort, list};
use entities::{Actor, Rule, Uuid, person, setting};
use lotse::jobs::recurring::open;
use support::desk::TestDesk;

const CONSOLE: Actor = Actor::System(Rule::Console);

/// Moves the desk's clock to that hour of the day so many days on.
fn to(desk: &TestDesk, days: u64, hour: i64) {
    let now = desk.db.clock().now();
    let then = begin_of(day(now) + Days::new(days)) + Duration::hours(hour);
    desk.pass(then - now);
}

fn every_day() -> Repeat {
    Repeat::Week {
        weekdays: (1..=7).collect(),
    }
}

async fn tickets(desk: &TestDesk) -> Vec<Row> {
    let open = Filter::default();
    let all = list(&desk.db, &CONSOLE, &open, Sort::default(), None, 50);
    all.await.unwrap().rows
}

async fn change(desk: &TestDesk, id: Uuid, set: impl FnOnce(&mut recurring::TaskFacts)) {
    let task = recurring::find(&desk.db, &CONSOLE, id).await.unwrap();
    let mut facts = task.facts();
    set(&mut facts);
    desk.console(Update::<RecurringTask> { id, facts }).await;
}

#[tokio::test]
async fn a_ticket_is_opened_once_in_the_morning_with_owner_text_and_checklist() {
    let desk = TestDesk::new().await;
    let team = desk.team("Zahlstelle").await;
    let annika = desk.agent("Annika Brandt").await;
    let template = desk.checklist("Zahllauf", &["Starten", "Prüfen"]).await;
    let task = desk
        .task("Zahllauf prüfen", every_day(), team, annika.id)
        .await;
    change(&desk, task, |facts| facts.checklist_id = Some(template)).await;
    to(&desk, 1, 5);
    assert_eq!(open(&desk).await.unwrap(), 0, "it is night");
    to(&desk, 0, 6);
    assert_eq!(open(&desk).await.unwrap(), 1);
    assert_eq!(open(&desk).await.unwrap(), 0);
    let rows = tickets(&desk).await;
    let ticket = desk.read(rows[0].id).await;
    let today = day(desk.db.clock().now());
    assert_eq!(
        ticket.title,
        format!("Zahllauf prüfen {}", today.format("%d.%m.%Y"))
    );
    assert_eq!(
        (ticket.owner_id, ticket.team_id),
        (Some(annika.id), Some(team))
    );
    assert_eq!(ticket.state, State::Open);
    let lines = entities::ticket::checklist::of(&desk.db, &ticket)
        .await
        .unwrap();
    assert_eq!(lines.len(), 2);
    let opened = recurring::opened(&desk.db, &CONSOLE, task, 5)
        .await
        .unwrap();
    assert_eq!(opened, [(today, Some(ticket.number))]);
    desk.must_verify().await;
}

#[tokio::test]
async fn two_that_open_at_once_open_one_ticket() {
    let desk = TestDesk::new().await;
    let team = desk.team("Zahlstelle").await;
    let annika = desk.agent("Annika Brandt").await;
    for name in ["Zahllauf", "Mahnlauf", "Abgleich"] {
        desk.task(name, every_day(), team, annika.id).await;
    }
    to(&desk, 1, 7);
    let all = futures_util::future::join_all((0..4).map(|_| open(&desk))).await;
    let opened: usize = all.into_iter().map(Result::unwrap).sum();
    assert_eq!((opened, tickets(&desk).await.len()), (3, 3));
    desk.must_verify().await;
}

#[tokio::test]
async fn a_desk_that_was_away_opens_the_last_of_the_days_it_missed() {
    let desk = TestDesk::new().await;
    let team = desk.team("Zahlstelle").await;
    let annika = desk.agent("Annika Brandt").await;
    let task = desk.task("Zahllauf", every_day(), team, annika.id).await;
    to(&desk, 9, 7);
    assert_eq!(open(&desk).await.unwrap(), 1);
    to(&desk, 1, 7);
    assert_eq!(open(&desk).await.unwrap(), 1);
    let opened = recurring::opened(&desk.db, &CONSOLE, task, 5)
        .await
        .unwrap();
    let today = day(desk.db.clock().now());
    let days: Vec<_> = opened.iter().map(|(day, _)| *day).collect();
    assert_eq!(days, [today, today - Days::new(1)]);
    // A rule that is new does not call up the days before it.
    let before = desk
        .task("Monatslauf", Repeat::MonthDay { day: 1 }, team, annika.id)
        .await;
    change(&desk, before, |facts| {
        facts.schedule.from = today - Days::new(300)
    })
    .await;
    assert_eq!(
        open(&desk).await.unwrap(),
        usize::from(chrono::Datelike::day(&today) == 1)
    );
    // Nor does one that is retired call anybody.
    desk.console(setting::Retire::<RecurringTask>::of(task))
        .await;
    to(&desk, 1, 7);
    assert!(open(&desk).await.unwrap() <= 1);
    let opened = recurring::opened(&desk.db, &CONSOLE, task, 5)
        .await
        .unwrap();
    assert_eq!(opened.len(), 2);
}

#[tokio::test]
async fn what_is_opened_ahead_comes_back_on_its_day() {
    let desk = TestDesk::new().await;
    let team = desk.team("Zahlstelle").await;
    let annika = desk.agent("Annika Brandt").await;
    let task = desk.task("Prüfung", every_day(), team, annika.id).await;
    to(&desk, 1, 7);
    change(&desk, task, |facts| facts.ahead_days = 3).await;
    assert_eq!(open(&desk).await.unwrap(), 1);
    let ticket = desk.read(tickets(&desk).await[0].id).await;
    let due = day(desk.db.clock().now()) + Days::new(3);
    assert_eq!(ticket.reminder_at.map(day), Some(due));
    // Opening less far ahead opens none of the days twice.
    change(&desk, task, |facts| facts.ahead_days = 0).await;
    to(&desk, 1, 7);
    assert_eq!(open(&desk).await.unwrap(), 0);
}

#[tokio::test]
async fn the_deputy_gets_it_when_main_has_left_and_the_team_when_both_have() {
    let desk = TestDesk::new().await;
    let team = desk.team("Zahlstelle").await;
    let annika = desk.agent("Annika Brandt").await;
    let jonas = desk.agent("Jonas Weber").await;
    let member = desk.agent("Mira Kessler").in_team(team).await.actor().await;
    let stranger = desk.agent("Lea Albers").await.actor().await;
    let task = desk.task("Zahllauf", every_day(), team, annika.id).await;
    change(&desk, task, |facts| facts.deputy_id = Some(jonas.id)).await;
    let today = || day(desk.db.clock().now());
    let worker = async || {
        to(&desk, 1, 7);
        due(&desk.db, today()).await.unwrap()[0].worker
    };
    let warned = async |actor: &Actor| away(&desk.db, actor, today()).await.unwrap().len();
    assert_eq!(worker().await, Worker::Main(annika.id));
    desk.console(setting::Retire::<person::Person>::of(annika.id))
        .await;
    assert_eq!(worker().await, Worker::Deputy(jonas.id));
    assert_eq!(warned(&member).await, 0);
    desk.console(setting::Retire::<person::Person>::of(jonas.id))
        .await;
    assert_eq!(worker().await, Worker::Team);
    assert_eq!(warned(&member).await, 1);
    assert_eq!(warned(&CONSOLE).await, 1);
    assert_eq!(warned(&stranger).await, 0);
    assert_eq!(open(&desk).await.unwrap(), 1);
    let ticket = desk.read(tickets(&desk).await[0].id).await;
    assert_eq!((ticket.owner_id, ticket.team_id), (None, Some(team)));
    assert_eq!(ticket.state, State::New);
}
