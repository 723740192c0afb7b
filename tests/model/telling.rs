//! Who is told: whoever is named in a note, whoever watches a ticket or its service, each once, and nobody of what they
//! did; however many they are, whoever changes something asks no more of the database.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use entities::db::{self, Heard};
use entities::field::change::Sets;
use entities::notice::choice::{self, Channel, Choice, Quiet};
use entities::notice::{self, Kind, Reason, Topic, mail};
use entities::policy::Scope;
use entities::ticket::assign::Assignee;
use entities::ticket::classify::Place;
use entities::ticket::{Assign, Classify, Ticket, Watch, WriteNote, WriteNoteTo, mention};
use entities::watching::{self, Thing};
use entities::{Actor, Db, DeskError, Permission, Permit, Rejected, Uuid};
use support::desk::{Persona, TestDesk, reply};

use crate::plan::{Plan, backend};

fn note(text: &str) -> WriteNote {
    WriteNote {
        body: text.to_owned(),
        files: vec![],
        once: None,
    }
}

/// Somebody writes a note that names these people.
async fn names(
    desk: &TestDesk,
    who: &Persona,
    ticket: &Ticket,
    people: &[Uuid],
) -> entities::Result<()> {
    let permit = Permit::ask(&who.actor().await, ticket.clone())?;
    let command = WriteNoteTo {
        note: note("Bitte ansehen"),
        people: people.to_vec(),
    };
    desk.db.change(permit, command).await.map(|_| ())
}

async fn watches(desk: &TestDesk, who: &Persona, ticket: &Ticket) {
    let permit = Permit::ask(&who.actor().await, ticket.clone()).unwrap();
    desk.db.change(permit, Watch).await.unwrap();
}

/// What somebody was told and why, newest first.
async fn told(desk: &TestDesk, who: &Persona) -> Vec<(Kind, Reason)> {
    let page = notice::list(&desk.db, &who.actor().await, None, 50).await;
    let rows = page.unwrap().rows.into_iter();
    rows.map(|row| (row.kind().unwrap(), row.reason().unwrap()))
        .collect()
}

async fn count(desk: &TestDesk, what: &str) -> i64 {
    let sql = format!("SELECT count(*) AS n FROM {what}");
    desk.database().number(&sql, vec![]).await
}

#[tokio::test]
async fn whoever_is_named_is_told_and_who_may_not_see_the_ticket_cannot_be_named() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Kita").await);
    let annika = desk.agent("Annika Brandt").in_team(own).await;
    let derya = desk.agent("Derya Aksoy").in_team(other).await;
    let rights = [(Permission::ReadTickets, Scope::OwnTeams)];
    let jonas = desk
        .person_with("Jonas Weber", &rights)
        .in_team(other)
        .await;
    let ticket = desk.ticket("Zahllauf").in_team(own).owned_by(&annika).await;
    names(&desk, &annika, &ticket, &[derya.id, annika.id])
        .await
        .unwrap();
    assert_eq!(
        told(&desk, &derya).await,
        [(Kind::Mentioned, Reason::Mentioned)]
    );
    assert_eq!(
        told(&desk, &annika).await,
        [],
        "nobody is told of their own note"
    );
    let events = count(&desk, "event").await;
    let refused = names(&desk, &annika, &ticket, &[derya.id, jonas.id]).await;
    let Err(DeskError::Rejected(Rejected::CannotSee { person })) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(person, jonas.id);
    assert_eq!(count(&desk, "event").await, events, "nothing of it is kept");
    assert_eq!(count(&desk, "mention").await, 1);
    assert_eq!(told(&desk, &derya).await.len(), 1);
    let who = annika.actor().await;
    let found = mention::candidates(&desk.db, &who, &ticket, "", 10)
        .await
        .unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|one| (one.name.as_str(), one.may_see))
        .collect();
    assert_eq!(found, [("Derya Aksoy", true), ("Jonas Weber", false)]);
    // Being named shows nobody more: once the ticket goes out of sight, so does what was told of it.
    let hand_over = Assign {
        to: Assignee::Team { id: other },
    };
    let permit = Permit::ask(&who, ticket.clone()).unwrap();
    desk.db.change(permit, hand_over).await.unwrap();
    let moved = desk.read(ticket.id).await;
    names(&desk, &derya, &moved, &[jonas.id]).await.unwrap();
    assert_eq!(told(&desk, &jonas).await.len(), 1);
    desk.must_verify().await;
}

#[tokio::test]
async fn an_owner_hears_of_others_a_watcher_too_and_each_once_of_what_happens_at_once() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let derya = desk.agent("Derya Aksoy").in_team(team).await;
    let mira = desk.agent("Mira Kessler").await;
    let ticket = desk.ticket("Zahllauf").in_team(team).await;
    watches(&desk, &mira, &ticket).await;
    let assign = Assign {
        to: Assignee::Person { id: derya.id },
    };
    let permit = Permit::ask(&annika.actor().await, ticket.clone()).unwrap();
    desk.db.change(permit, assign).await.unwrap();
    assert_eq!(told(&desk, &derya).await, [(Kind::Assigned, Reason::Owner)]);
    assert_eq!(told(&desk, &mira).await, []);
    names(&desk, &annika, &ticket, &[]).await.unwrap();
    let wrote = (Kind::ColleagueWrote, Reason::Owner);
    assert_eq!(told(&desk, &derya).await[0], wrote);
    assert_eq!(
        told(&desk, &mira).await,
        [(Kind::ColleagueWrote, Reason::Watch)]
    );
    // An answer that solves is one thing to whoever watches.
    let permit = Permit::ask(&derya.actor().await, desk.read(ticket.id).await).unwrap();
    let mut answer = reply("anna@pankow.example", "Das war es.");
    answer.then = entities::ticket::Then::Solve(entities::ticket::ClosingReason::UserError);
    desk.db.change(permit, answer).await.unwrap();
    assert_eq!(told(&desk, &derya).await.len(), 2, "that was she herself");
    let mira_told = told(&desk, &mira).await;
    assert_eq!(mira_told.len(), 2);
    assert_eq!(mira_told[0], (Kind::Solved, Reason::Watch));
}

#[tokio::test]
async fn who_watches_a_service_hears_of_new_tickets_in_it_and_below_and_of_what_happens_there() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let mira = desk.agent("Mira Kessler").await;
    let service = desk.service("KITA-Netz", team).await;
    let module = desk.module("Gutschein", service).await;
    let thing = Thing::Service(service);
    let who = mira.actor().await;
    watching::begin(&desk.db, &who, &thing).await.unwrap();
    watching::begin(&desk.db, &who, &thing).await.unwrap();
    assert!(watching::is_watched(&desk.db, &who, &thing).await.unwrap());
    let ticket = desk.ticket("Zahllauf").in_team(team).await;
    let classify = async |service_id| {
        let permit = Permit::ask(&annika.actor().await, desk.read(ticket.id).await).unwrap();
        let command = Classify {
            place: Some(Place {
                service_id: Some(service_id),
                team_id: Some(team),
            }),
            kind: None,
            district_id: None,
            begins: Sets::default(),
        };
        desk.db.change(permit, command).await.unwrap();
    };
    classify(module).await;
    assert_eq!(
        told(&desk, &mira).await,
        [(Kind::Classified, Reason::Service)]
    );
    names(&desk, &annika, &ticket, &[]).await.unwrap();
    assert_eq!(told(&desk, &mira).await.len(), 2);
    assert_eq!(told(&desk, &annika).await, []);
    watching::end(&desk.db, &who, &thing).await.unwrap();
    names(&desk, &annika, &ticket, &[]).await.unwrap();
    assert_eq!(told(&desk, &mira).await.len(), 2);
    let nobody = desk.requester("Sabine Krüger").await.actor().await;
    let refused = watching::begin(&desk.db, &nobody, &thing).await;
    assert!(matches!(refused, Err(DeskError::Forbidden)));
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

/// A note of somebody, and what it cost.
async fn noted(db: &Db, heard: &AtomicUsize, actor: &Actor, ticket: &Ticket) -> usize {
    heard.store(0, Ordering::Relaxed);
    let permit = Permit::ask(actor, ticket.clone()).unwrap();
    db.change(permit, note("Neuer Stand")).await.unwrap();
    heard.load(Ordering::Relaxed)
}

#[tokio::test]
async fn five_hundred_watchers_cost_no_more_statements_than_five_and_all_get_their_mail() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let actor = annika.actor().await;
    let mut watchers = Vec::new();
    for n in 0..500 {
        watchers.push(desk.agent(&format!("Agent {n:03}")).await.id);
    }
    let (few, many) = (desk.ticket("Zahllauf").await, desk.ticket("Bescheid").await);
    let now = desk.db.clock().now();
    let mut choice = Choice::default();
    choice.choose(Topic::Watched, Channel::AtOnce);
    for (n, id) in watchers.iter().enumerate() {
        choice::keep(&desk.db, *id, &choice).await.unwrap();
        for ticket in [Some(&many), (n < 5).then_some(&few)].into_iter().flatten() {
            let sql = "INSERT INTO watch (person_id, ticket_id, since) VALUES ($1, $2, $3)";
            let values = vec![(*id).into(), ticket.id.into(), now.into()];
            desk.database().execute(sql, values).await;
        }
    }
    let (db, heard) = listening(&desk).await;
    noted(&db, &heard, &actor, &few).await;
    let counts = [
        noted(&db, &heard, &actor, &few).await,
        noted(&db, &heard, &actor, &many).await,
    ];
    assert!(counts[1] <= counts[0], "{counts:?}");
    assert_eq!(count(&desk, "notice").await, 510);
    // A portion after the other; whoever was told three times has one mail.
    let mut portions = 0;
    while mail::gather(&desk.db).await.unwrap() > 0 {
        portions += 1;
    }
    assert!(portions >= 2, "{portions}");
    assert_eq!(count(&desk, "notice WHERE mail_id IS NULL").await, 0);
    let mails = "outbox WHERE effect = 'tell_notices'";
    let mails = count(&desk, mails).await;
    assert!((500..=505).contains(&mails), "{mails}");
}

#[tokio::test]
async fn a_mail_waits_for_its_hour_its_day_and_the_end_of_the_quiet_and_what_was_read_is_not_mailed()
 {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let derya = desk.agent("Derya Aksoy").await;
    let ticket = desk.ticket("Zahllauf").await;
    let mails = async || count(&desk, "outbox WHERE effect = 'tell_notices'").await;
    let mut choice = Choice::default();
    choice.choose(Topic::Mentioned, Channel::Daily);
    choice::keep(&desk.db, derya.id, &choice).await.unwrap();
    for _ in 0..3 {
        names(&desk, &annika, &ticket, &[derya.id]).await.unwrap();
        mail::gather(&desk.db).await.unwrap();
    }
    assert_eq!(mails().await, 0, "the day has not come");
    desk.pass(chrono::Duration::hours(24));
    while mail::gather(&desk.db).await.unwrap() > 0 {}
    assert_eq!(mails().await, 1, "three are one mail");
    // What was read in the page meanwhile.
    names(&desk, &annika, &ticket, &[derya.id]).await.unwrap();
    let who = derya.actor().await;
    notice::read(&desk.db, &who, ticket.id).await.unwrap();
    desk.pass(chrono::Duration::hours(24));
    while mail::gather(&desk.db).await.unwrap() > 0 {}
    assert_eq!(mails().await, 1);
    // It is always quiet but for one minute that is far away.
    choice.choose(Topic::Mentioned, Channel::AtOnce);
    let local = entities::clock::local(desk.db.clock().now());
    let minute = chrono::Timelike::hour(&local) * 60 + chrono::Timelike::minute(&local);
    choice.quiet = Some(Quiet {
        from: (minute + 1440 - 60) % 1440,
        to: (minute + 60) % 1440,
    });
    choice::keep(&desk.db, derya.id, &choice).await.unwrap();
    names(&desk, &annika, &ticket, &[derya.id]).await.unwrap();
    while mail::gather(&desk.db).await.unwrap() > 0 {}
    assert_eq!(mails().await, 1);
    desk.pass(chrono::Duration::minutes(61));
    while mail::gather(&desk.db).await.unwrap() > 0 {}
    assert_eq!(mails().await, 2);
}

#[tokio::test]
async fn whoever_chose_to_hear_nothing_hears_nothing() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let derya = desk.agent("Derya Aksoy").await;
    let ticket = desk.ticket("Zahllauf").await;
    watches(&desk, &derya, &ticket).await;
    let mut choice = Choice::default();
    choice.choose(Topic::Watched, Channel::Off);
    choice::keep(&desk.db, derya.id, &choice).await.unwrap();
    names(&desk, &annika, &ticket, &[]).await.unwrap();
    assert_eq!(told(&desk, &derya).await, []);
    names(&desk, &annika, &ticket, &[derya.id]).await.unwrap();
    assert_eq!(
        told(&desk, &derya).await.len(),
        1,
        "being named is another topic"
    );
}

#[tokio::test]
async fn what_is_due_by_mail_is_found_by_an_index() {
    let desk = TestDesk::new().await;
    let due = mail::waiting_statement(backend(&desk), desk.db.clock().now());
    let plan = Plan::of(&desk, due).await;
    assert!(plan.scans().is_empty(), "{plan:#?}");
    assert!(plan.uses("notice_mail_at"), "{plan:#?}");
}
