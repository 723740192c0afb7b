//! What is refused only while it is written undoes nothing but itself; what became of a mail is never overtaken.

use entities::ledger::Step;
use entities::outgoing::{self, Begun};
use entities::permit::Desk;
use entities::setting::Create;
use entities::team::{Team, TeamFacts};
use entities::ticket::deliver::Outcome;
use entities::ticket::{
    Bounce, Delivery, Prioritise, Priority, RecordDelivery, Reply, Ticket, Withdraw, thread,
};
use entities::{Actor, DeskError, Permit, Rejected, Rule};
use support::desk::{TestDesk, reply};

const CONSOLE: Actor = Actor::System(Rule::Console);
const DELIVERY: Actor = Actor::System(Rule::MailDelivery);
const INTAKE: Actor = Actor::System(Rule::MailIntake);

/// A ticket with an answer that may still be taken back.
async fn answered(desk: &TestDesk, title: &str) -> (Ticket, entities::ticket::message::Model) {
    let ticket = desk.ticket(title).await;
    let answer = reply("sabine@pa.example", "Guten Tag");
    let id = answer.message_id;
    let permit = Permit::ask(&CONSOLE, ticket.clone()).unwrap();
    desk.db.change(permit, answer).await.unwrap();
    (desk.read(ticket.id).await, message(desk, &ticket, id).await)
}

async fn message(
    desk: &TestDesk,
    ticket: &Ticket,
    id: entities::Uuid,
) -> entities::ticket::message::Model {
    let all = thread::thread(&desk.db, ticket).await.unwrap();
    let found = all.into_iter().find(|entry| entry.message.id == id);
    found.unwrap().message
}

fn state_of(message: &entities::ticket::message::Model) -> (&'static str, Vec<sea_orm::Value>) {
    let sql = "SELECT count(*) FROM outbound_mail WHERE message_id = $1 AND state = 'sent'";
    (sql, vec![message.id.into()])
}

#[tokio::test]
async fn a_mail_that_left_does_not_keep_others_from_being_taken_back() {
    let desk = TestDesk::new().await;
    let (first, gone) = answered(&desk, "Zahllauf").await;
    let (second, waiting) = answered(&desk, "Umlaute").await;
    assert_eq!(
        outgoing::begin(&desk.db, gone.id, &first_mailbox(&desk).await)
            .await
            .unwrap(),
        Begun::Yes
    );
    let pairs = vec![
        (
            Permit::ask(&CONSOLE, first.clone()).unwrap(),
            Withdraw {
                message: gone.clone(),
            },
        ),
        (
            Permit::ask(&CONSOLE, second.clone()).unwrap(),
            Withdraw {
                message: waiting.clone(),
            },
        ),
    ];
    let results = desk.db.change_many(pairs).await.unwrap();
    assert!(
        matches!(results[0], Err(DeskError::Rejected(Rejected::AlreadySent))),
        "{results:?}"
    );
    assert!(results[1].is_ok(), "{results:?}");
    let now = message(&desk, &second, waiting.id).await;
    assert_eq!(now.delivery, Delivery::Withdrawn);
    assert_eq!(desk.read(first.id).await, first);
    entities::history::verify(&desk.db, None, |_, _| {})
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn a_taken_name_refuses_one_team_of_many() {
    let desk = TestDesk::new().await;
    let create = |name: &str, once: &str| {
        let facts = TeamFacts {
            name: name.to_owned(),
            member_ids: vec![],
        };
        let once = Some(once.to_owned());
        let permit = Permit::ask(&CONSOLE, Desk).unwrap();
        (permit, Create::<Team> { facts, once })
    };
    let pairs = vec![
        create("Jugend", "a"),
        create("Kita", "b"),
        create("Jugend", "c"),
        create("Unterhalt", "d"),
    ];
    let results = desk.db.change_many(pairs).await.unwrap();
    let fine: Vec<bool> = results.iter().map(Result::is_ok).collect();
    assert_eq!(fine, [true, true, false, true], "{results:?}");
    assert!(matches!(
        results[2],
        Err(DeskError::Rejected(Rejected::NameTaken))
    ));
    let teams = "SELECT count(*) FROM team";
    assert_eq!(desk.database().number(teams, vec![]).await, 3);
    // The refused form may be sent again under another name.
    let keys = "SELECT count(*) FROM once_key WHERE key IN ('a', 'b', 'c', 'd')";
    assert_eq!(desk.database().number(keys, vec![]).await, 3);
    let (permit, again) = create("Jugend 2", "c");
    desk.db.change(permit, again).await.unwrap();
    entities::history::verify(&desk.db, None, |_, _| {})
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn a_ticket_may_be_answered_and_the_answer_taken_back_in_one_series() {
    let desk = TestDesk::new().await;
    let ticket = desk.ticket("Zahllauf").await;
    let answer = reply("sabine@pa.example", "Guten Tag");
    let second = reply("sabine@pa.example", "Noch etwas");
    let permit = || Permit::ask(&CONSOLE, ticket.clone()).unwrap();
    let steps = vec![Step::new(permit(), answer), Step::new(permit(), second)];
    let results = desk.db.change_series(steps).await.unwrap();
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    let rows = "SELECT count(*) FROM outbound_mail WHERE state = 'queued'";
    assert_eq!(desk.database().number(rows, vec![]).await, 2);
}

#[tokio::test]
async fn what_follows_an_answer_falls_with_it_and_not_with_what_else_follows() {
    let desk = TestDesk::new().await;
    let ticket = desk.ticket("Zahllauf").await;
    let permit = || Permit::<Reply>::ask(&CONSOLE, ticket.clone()).unwrap();
    let follow = |priority| {
        let permit = Permit::ask(&CONSOLE, ticket.clone()).unwrap();
        Step::new(permit, Prioritise { priority }).following()
    };
    let behind = || [follow(ticket.priority), follow(Priority::High)];
    let mut steps = vec![Step::new(permit(), reply("sabine@pa.example", " "))];
    steps.extend(behind());
    let results = desk.db.change_series(steps).await.unwrap();
    assert!(results.iter().all(Result::is_err), "{results:?}");
    let mut steps = vec![Step::new(permit(), reply("sabine@pa.example", "Ja"))];
    steps.extend(behind());
    let results = desk.db.change_series(steps).await.unwrap();
    let fine: Vec<bool> = results.iter().map(Result::is_ok).collect();
    // Somebody had set that priority already; the other one is set all the same.
    assert_eq!(fine, [true, false, true], "{results:?}");
    assert_eq!(desk.read(ticket.id).await.priority, Priority::High);
}

#[tokio::test]
async fn a_bounce_that_is_faster_than_our_note_says_that_the_mail_left() {
    let desk = TestDesk::new().await;
    let (ticket, mail) = answered(&desk, "Zahllauf").await;
    outgoing::begin(&desk.db, mail.id, &first_mailbox(&desk).await)
        .await
        .unwrap();
    let bounce = Bounce {
        message: mail.clone(),
        error: "5.1.1 no such user".to_owned(),
    };
    let permit = Permit::ask(&INTAKE, ticket.clone()).unwrap();
    desk.db.change(permit, bounce).await.unwrap();
    let (sql, values) = state_of(&mail);
    assert_eq!(desk.database().number(sql, values).await, 1);
    // The sender's note comes late and changes nothing.
    let note = RecordDelivery {
        message: mail.clone(),
        outcome: Outcome::Sent,
    };
    let permit = Permit::ask(&DELIVERY, desk.read(ticket.id).await).unwrap();
    let late = desk.db.change(permit, note).await;
    assert!(
        matches!(late, Err(DeskError::Rejected(Rejected::AlreadySent))),
        "{late:?}"
    );
    let now = message(&desk, &ticket, mail.id).await;
    assert_eq!(now.delivery, Delivery::Bounced);
    assert_eq!(
        outgoing::begin(&desk.db, mail.id, &first_mailbox(&desk).await)
            .await
            .unwrap(),
        Begun::No
    );
}

async fn first_mailbox(desk: &TestDesk) -> entities::mailbox::Mailbox {
    let first = entities::mailbox::intake::first(&desk.db).await.unwrap();
    first.unwrap()
}
