//! One thing done to many tickets: few statements, nothing twice, and nothing of others.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use entities::bulk::{self, Act, Outcome, State, Verb, Why, look};
use entities::db::{self, Heard};
use entities::field::{FieldFacts, Kind, Value, Words, read};
use entities::policy::Scope;
use entities::ticket::assign::Assignee;
use entities::ticket::close::Ending;
use entities::ticket::{ClosingReason, Priority, Ticket};
use entities::{Actor, Db, Permission, Rejected, Uuid};
use support::desk::{ByNumber, TestDesk};

async fn tickets(desk: &TestDesk, count: usize, team: Uuid) -> Vec<Ticket> {
    let mut all = Vec::new();
    for n in 0..count {
        all.push(desk.ticket(&format!("Fall {n}")).in_team(team).await);
    }
    all
}

fn ids(tickets: &[Ticket]) -> Vec<Uuid> {
    tickets.iter().map(|t| t.id).collect()
}

/// Chosen, said and begun.
async fn begun(db: &Db, actor: &Actor, verb: Verb, act: &Act, ids: &[Uuid]) -> bulk::Model {
    let id = bulk::stage(db, actor, verb, "all", ids)
        .await
        .unwrap()
        .unwrap();
    bulk::choose(db, actor, id, act).await.unwrap();
    let seen = bulk::find(db, actor, id).await.unwrap().act.unwrap();
    let begun = bulk::begin(db, actor, id, &seen, None).await;
    begun.unwrap().unwrap()
}

async fn finish(db: &Db, actor: &Actor, bulk: &bulk::Model) -> bulk::Model {
    while bulk::go_on(db, actor, bulk, &ByNumber).await.unwrap() > 0 {}
    let undo = chrono::Duration::seconds(10);
    bulk::end(db, bulk, None, undo).await.unwrap();
    bulk::find(db, actor, bulk.id).await.unwrap()
}

/// The same database, counting what is asked of it.
async fn listening(desk: &TestDesk) -> (Db, Arc<AtomicUsize>) {
    let heard = Arc::new(AtomicUsize::new(0));
    let count = heard.clone();
    let db = Db::open(db::Options {
        url: desk.database().url().to_owned(),
        connections: 4,
        blobs: desk.config.files.clone(),
        key: desk.db.key().clone(),
        heard: Some(Heard::by(move |_, _| {
            count.fetch_add(1, Ordering::Relaxed);
        })),
    });
    (db.await.unwrap(), heard)
}

#[tokio::test]
async fn a_hundred_tickets_take_no_more_statements_than_ten() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let actor = annika.actor().await;
    let all = tickets(&desk, 110, team).await;
    let (db, heard) = listening(&desk).await;
    let mut counts = Vec::new();
    for some in [&all[..10], &all[10..]] {
        let act = Act::Prioritise(Priority::High);
        let bulk = begun(&db, &actor, Verb::Priority, &act, &ids(some)).await;
        heard.store(0, Ordering::Relaxed);
        assert_eq!(
            bulk::go_on(&db, &actor, &bulk, &ByNumber).await.unwrap(),
            some.len()
        );
        counts.push(heard.load(Ordering::Relaxed));
        let look = look::result(&db, &actor, &bulk, false).await.unwrap();
        assert_eq!(look.count(Outcome::Done), some.len());
    }
    // The first reads definitions that are then kept.
    assert!(counts[1] <= counts[0] && counts[0] < 25, "{counts:?}");
}

#[tokio::test]
async fn a_field_is_set_and_taken_back_in_as_few() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let actor = annika.actor().await;
    let words = Words::new("Auslöser", "Cause");
    let field = desk
        .field(FieldFacts::new("cause", Kind::Text, words))
        .await;
    let all = tickets(&desk, 110, team).await;
    // What a ticket held comes back, each its own.
    for (n, ticket) in all.iter().enumerate() {
        let held = Some(Value::Text(format!("Ursache {n}")));
        let sets = vec![(field.row.id, held)];
        desk.set(&actor, ticket.id, sets).await.unwrap();
    }
    let (db, heard) = listening(&desk).await;
    let act = Act::Field {
        field_id: field.row.id,
        value: Some(Value::Text("Umstellung".to_owned())),
    };
    let mut counts = Vec::new();
    for some in [&all[..10], &all[10..]] {
        let bulk = begun(&db, &actor, Verb::Field, &act, &ids(some)).await;
        heard.store(0, Ordering::Relaxed);
        let done = finish(&db, &actor, &bulk).await;
        counts.push(heard.swap(0, Ordering::Relaxed));
        let back = bulk::undo(&db, &actor, done.id, None).await;
        let back = back.unwrap().unwrap();
        heard.store(0, Ordering::Relaxed);
        finish(&db, &actor, &back).await;
        counts.push(heard.load(Ordering::Relaxed));
        let look = look::result(&db, &actor, &back, true).await.unwrap();
        assert_eq!(look.count(Outcome::Done), some.len());
    }
    assert!(counts.iter().all(|count| *count < 60), "{counts:?}");
    assert!(counts[3] <= counts[1], "{counts:?}");
    for (n, ticket) in all.iter().enumerate() {
        let ticket = desk.read(ticket.id).await;
        let sheet = read::sheet(&desk.db, &actor, &ticket).await.unwrap();
        let held = Value::Text(format!("Ursache {n}"));
        assert_eq!(sheet.values.get(&field.row.id), Some(&held));
    }
}

#[tokio::test]
async fn what_a_dead_process_did_is_not_done_again() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let actor = annika.actor().await;
    let all = tickets(&desk, 150, team).await;
    let act = Act::Assign(Assignee::Person { id: annika.id });
    let bulk = begun(&desk.db, &actor, Verb::Assign, &act, &ids(&all)).await;
    // The first portion, and then it dies.
    assert_eq!(
        bulk::go_on(&desk.db, &actor, &bulk, &ByNumber)
            .await
            .unwrap(),
        100
    );
    let jonas = desk.agent("Jonas Weber").in_team(team).await;
    let other = jonas.actor().await;
    let theirs = Act::Assign(Assignee::Nobody);
    let meanwhile = begun(&desk.db, &other, Verb::Assign, &theirs, &ids(&all[..1])).await;
    finish(&desk.db, &other, &meanwhile).await;
    let again = bulk::claim(&desk.db, chrono::Duration::minutes(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(again.id, bulk.id);
    let done = finish(&desk.db, &actor, &again).await;
    assert_eq!(done.state, State::Done);
    let assigned = "SELECT count(*) FROM event WHERE name = 'assigned' AND actor_id = $1";
    let assigned = desk
        .database()
        .number(assigned, vec![annika.id.into()])
        .await;
    assert_eq!(assigned, 150);
    assert_eq!(desk.read(all[0].id).await.owner_id, None);
    let back = bulk::undo(&desk.db, &actor, done.id, None)
        .await
        .unwrap()
        .unwrap();
    finish(&desk.db, &actor, &back).await;
    let look = look::result(&desk.db, &actor, &back, true).await.unwrap();
    assert_eq!(look.count(Outcome::Done), 149);
    let changed = Why::Rejected(Rejected::ChangedMeanwhile);
    assert!(
        look.sorts
            .iter()
            .any(|s| s.why == Some(changed) && s.count == 1)
    );
}

#[tokio::test]
async fn what_was_opened_again_by_mistake_ended_when_it_had_ended() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await.actor().await;
    let all = tickets(&desk, 2, desk.team("Jugend 1").await).await;
    for (ticket, to) in all.iter().zip([Ending::Solved, Ending::Closed]) {
        let close = Act::Close {
            to,
            reason: ClosingReason::Data,
            reusable: false,
        };
        let closed = begun(&desk.db, &admin, Verb::State, &close, &[ticket.id]).await;
        finish(&desk.db, &admin, &closed).await;
    }
    let ended = async || {
        let mut ended = Vec::new();
        for ticket in &all {
            let ticket = desk.read(ticket.id).await;
            let times = (ticket.solved_at, ticket.closed_at);
            ended.push((ticket.state, ticket.closing_reason, times));
        }
        ended
    };
    let before = ended().await;
    desk.pass(chrono::Duration::hours(3));
    let reopen = begun(&desk.db, &admin, Verb::State, &Act::Reopen, &ids(&all)).await;
    let done = finish(&desk.db, &admin, &reopen).await;
    assert_eq!(desk.read(all[0].id).await.solved_at, None);
    let back = bulk::undo(&desk.db, &admin, done.id, None).await;
    finish(&desk.db, &admin, &back.unwrap().unwrap()).await;
    assert_eq!(ended().await, before);
}

#[tokio::test]
async fn of_two_administrators_with_the_same_tickets_one_is_told() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let one = desk.administrator().await.actor().await;
    let other = desk
        .administrator()
        .writing_from("zweite@desk.example")
        .await;
    let other = other.actor().await;
    let all = tickets(&desk, 40, team).await;
    let solve = Act::Close {
        to: Ending::Solved,
        reason: ClosingReason::Data,
        reusable: false,
    };
    let close = Act::Close {
        to: Ending::Closed,
        reason: ClosingReason::Rights,
        reusable: false,
    };
    let first = begun(&desk.db, &one, Verb::State, &solve, &ids(&all)).await;
    let second = begun(&desk.db, &other, Verb::State, &close, &ids(&all)).await;
    let (a, b) = tokio::join!(
        finish(&desk.db, &one, &first),
        finish(&desk.db, &other, &second)
    );
    let done = async |actor: &Actor, bulk: &bulk::Model| {
        let look = look::result(&desk.db, actor, bulk, false).await.unwrap();
        (look.count(Outcome::Done), look.count(Outcome::Refused))
    };
    let (a, b) = (done(&one, &a).await, done(&other, &b).await);
    assert_eq!((a.0 + b.0, a.1 + b.1), (40, 40), "{a:?} {b:?}");
    let changes = "SELECT count(*) FROM event WHERE name = 'state_changed'";
    assert_eq!(desk.database().number(changes, vec![]).await, 40);
}

#[tokio::test]
async fn tickets_that_left_ones_sight_are_not_there() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let grants = [
        (Permission::ReadTickets, Scope::OwnTeams),
        (Permission::Assign, Scope::OwnTeams),
    ];
    let annika = desk
        .person_with("Annika Brandt", &grants)
        .in_team(own)
        .await;
    let actor = annika.actor().await;
    let mine = tickets(&desk, 3, own).await;
    let foreign = tickets(&desk, 1, other).await;
    let all = [ids(&mine), ids(&foreign)].concat();
    let act = Act::Assign(Assignee::Team { id: other });
    let bulk = begun(&desk.db, &actor, Verb::Assign, &act, &all).await;
    assert_eq!(look::count(&desk.db, &bulk).await.unwrap(), 3);
    let administrator = desk.administrator().await.actor().await;
    let gone = begun(&desk.db, &administrator, Verb::Assign, &act, &all[..1]).await;
    finish(&desk.db, &administrator, &gone).await;
    let done = finish(&desk.db, &actor, &bulk).await;
    let look = look::result(&desk.db, &actor, &done, false).await.unwrap();
    assert_eq!(
        (look.count(Outcome::Done), look.count(Outcome::Refused)),
        (2, 1)
    );
    assert!(look.sorts.iter().any(|s| s.why == Some(Why::Gone)));
    assert!(look.sorts.iter().all(|s| s.named.is_empty()), "{look:?}");
    let forbidden = bulk::stage(&desk.db, &actor, Verb::Priority, "all", &all).await;
    assert!(forbidden.is_err());
}
