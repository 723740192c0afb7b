//! Tickets for people who are written to: opened in portions, and once for each whatever is cut off.

use entities::bulk::{self, Leave};
use entities::mailing::{self, Wanted};
use entities::{Actor, Db, Uuid};
use support::desk::TestDesk;

/// More than one portion.
const PEOPLE: usize = 70;

/// Read and begun.
async fn begun(db: &Db, actor: &Actor, service_id: Uuid, lines: String) -> mailing::Model {
    let wanted = Wanted {
        title: "Umstellung".to_owned(),
        service_id,
        organisation_id: None,
        lines,
        leave: Leave::Waiting,
    };
    let id = mailing::stage(db, actor, &wanted, None).await.unwrap();
    assert!(mailing::begin(db, actor, id, 1).await.unwrap());
    assert!(!mailing::begin(db, actor, id, 1).await.unwrap(), "twice");
    let hold = chrono::Duration::minutes(1);
    mailing::claim(db, hold).await.unwrap().unwrap()
}

async fn lines(desk: &TestDesk) -> String {
    let mut lines = String::new();
    for n in 0..PEOPLE {
        let address = format!("person{n}@pankow.example");
        let name = format!("Person {n}");
        desk.requester(&name).writing_from(&address).await;
        lines.push_str(&format!("{name} <{address}>\n"));
    }
    lines
}

#[tokio::test]
async fn a_mailing_that_is_cut_off_goes_on_and_gives_nobody_two_tickets() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("Jugendhilfe", team).await;
    let actor = desk.agent("Annika Brandt").in_team(team).await;
    let actor = actor.actor().await;
    let lines = lines(&desk).await;
    let mailing = begun(&desk.db, &actor, service, lines).await;
    let first = mailing::go_on(&desk.db, &actor, &mailing, "Angelegt.").await;
    assert!((1..PEOPLE).contains(&first.unwrap()), "a portion");
    // It was killed when the tickets were there and nothing of them was noted yet.
    let forget = "UPDATE mailing_item SET ticket_id = NULL";
    desk.database().execute(forget, vec![]).await;
    let step = async || mailing::go_on(&desk.db, &actor, &mailing, "Angelegt.").await;
    while step().await.unwrap() > 0 {}
    mailing::end(&desk.db, &mailing, None).await.unwrap();
    let number = async |sql| desk.database().number(sql, vec![]).await;
    let tickets = "SELECT count(*) FROM ticket WHERE title = 'Umstellung'";
    assert_eq!(number(tickets).await, PEOPLE as i64);
    let people = "SELECT count(DISTINCT requester_id) FROM ticket WHERE title = 'Umstellung'";
    assert_eq!(number(people).await, PEOPLE as i64);
    let noted = "SELECT count(DISTINCT ticket_id) FROM mailing_item";
    assert_eq!(number(noted).await, PEOPLE as i64);
    let mailing = mailing::find(&desk.db, &actor, mailing.id).await.unwrap();
    let look = mailing::look(&desk.db, &actor, &mailing).await.unwrap();
    assert_eq!((look.opened.len(), look.open.len()), (PEOPLE, 0));
    assert!(look.opened.iter().all(|one| one.number.is_some()));
    desk.must_verify().await;
}

/// A desk with people, and one who writes to them; begun.
async fn under_way() -> (TestDesk, Actor, mailing::Model) {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("Jugendhilfe", team).await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let actor = annika.actor().await;
    let lines = lines(&desk).await;
    let mailing = begun(&desk.db, &actor, service, lines).await;
    (desk, actor, mailing)
}

async fn portion(desk: &TestDesk, actor: &Actor, mailing: &mailing::Model) -> usize {
    let opened = mailing::go_on(&desk.db, actor, mailing, "Angelegt.").await;
    let opened = opened.unwrap();
    assert!((1..PEOPLE).contains(&opened), "a portion");
    opened
}

/// How many have a ticket, and how many have none.
async fn counted(desk: &TestDesk, actor: &Actor, id: Uuid) -> (usize, usize) {
    let mailing = mailing::find(&desk.db, actor, id).await.unwrap();
    let look = mailing::look(&desk.db, actor, &mailing).await.unwrap();
    (look.opened.len(), look.open.len())
}

#[tokio::test]
async fn a_portion_in_hand_when_it_is_stopped_is_noted_before_its_letters_begin() {
    let (desk, actor, mailing) = under_way().await;
    mailing::stop(&desk.db, &actor, mailing.id).await.unwrap();
    let letters = async || {
        let begun = mailing::letters(&desk.db, &actor, mailing.id, "x").await;
        begun.unwrap()
    };
    assert_eq!(letters().await, None, "tickets are being opened");
    let opened = portion(&desk, &actor, &mailing).await;
    let hold = chrono::Duration::minutes(1);
    let held = mailing::hold(&desk.db, &mailing, hold).await.unwrap();
    assert!(!held, "it was stopped");
    mailing::let_go(&desk.db, &mailing).await.unwrap();
    assert!(letters().await.is_some());
    let items = "SELECT count(*) FROM bulk_item";
    assert_eq!(desk.database().number(items, vec![]).await, opened as i64);
    let expected = (opened, PEOPLE - opened);
    assert_eq!(counted(&desk, &actor, mailing.id).await, expected);
}

#[tokio::test]
async fn what_was_opened_before_it_was_killed_and_stopped_is_found_again() {
    let (desk, actor, mailing) = under_way().await;
    let opened = portion(&desk, &actor, &mailing).await;
    let forget = "UPDATE mailing_item SET ticket_id = NULL";
    desk.database().execute(forget, vec![]).await;
    mailing::stop(&desk.db, &actor, mailing.id).await.unwrap();
    desk.pass(chrono::Duration::minutes(2));
    let expected = (opened, PEOPLE - opened);
    assert_eq!(counted(&desk, &actor, mailing.id).await, expected);
    let letters = mailing::letters(&desk.db, &actor, mailing.id, "x").await;
    assert!(letters.unwrap().is_some());
    let items = "SELECT count(*) FROM bulk_item";
    assert_eq!(desk.database().number(items, vec![]).await, opened as i64);
}

#[tokio::test]
async fn letters_that_were_stopped_go_on_with_whom_they_left() {
    let (desk, actor, mailing) = under_way().await;
    let opened = portion(&desk, &actor, &mailing).await;
    mailing::stop(&desk.db, &actor, mailing.id).await.unwrap();
    mailing::let_go(&desk.db, &mailing).await.unwrap();
    let letters = async || {
        let begun = mailing::letters(&desk.db, &actor, mailing.id, "x").await;
        begun.unwrap().unwrap()
    };
    let first = letters().await;
    // Stopped behind three letters, with others in hand.
    let write = "UPDATE bulk_item SET outcome = 'done' WHERE position < 3";
    desk.database().execute(write, vec![]).await;
    let until = desk.db.clock().now() + chrono::Duration::minutes(1);
    let stop = "UPDATE bulk SET state = 'stopped', claimed_until = $1";
    desk.database().execute(stop, vec![until.into()]).await;
    assert_eq!(letters().await, first, "letters are being written");
    desk.pass(chrono::Duration::minutes(2));
    let second = letters().await;
    assert_ne!(second, first);
    assert_eq!(letters().await, second);
    let items = "SELECT count(*) FROM bulk_item WHERE bulk_id = $1";
    let items = desk.database().number(items, vec![second.into()]).await;
    assert_eq!(items, opened as i64 - 3);
    let again = "SELECT count(*) FROM bulk_item WHERE bulk_id = $1 AND ticket_id IN \
                 (SELECT ticket_id FROM bulk_item WHERE outcome = 'done')";
    let again = desk.database().number(again, vec![second.into()]).await;
    assert_eq!(again, 0, "nobody is written to twice");
}

#[tokio::test]
async fn letters_begin_once_the_tickets_are_there_and_begin_once() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("Jugendhilfe", team).await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let actor = annika.actor().await;
    desk.requester("Jan Meier")
        .writing_from("jan@mitte.example")
        .await;
    let lines = "jan@mitte.example".to_owned();
    let mailing = begun(&desk.db, &actor, service, lines).await;
    let letters = async || mailing::letters(&desk.db, &actor, mailing.id, "x").await;
    assert_eq!(letters().await.unwrap(), None, "tickets are being opened");
    while mailing::go_on(&desk.db, &actor, &mailing, "Angelegt.")
        .await
        .unwrap()
        > 0
    {}
    mailing::end(&desk.db, &mailing, None).await.unwrap();
    let bulk = letters().await.unwrap();
    assert!(bulk.is_some());
    assert_eq!(letters().await.unwrap(), bulk);
    // Given up, it can be begun again.
    let undo = chrono::Duration::zero();
    bulk::stop(&desk.db, &actor, bulk.unwrap(), undo)
        .await
        .unwrap();
    let again = letters().await.unwrap();
    assert!(again.is_some() && again != bulk);
}

#[tokio::test]
async fn a_mailing_is_kept_as_long_as_its_letters_and_forgotten_before_them() {
    let (desk, actor, mailing) = under_way().await;
    portion(&desk, &actor, &mailing).await;
    mailing::end(&desk.db, &mailing, None).await.unwrap();
    desk.pass(chrono::Duration::days(6));
    let letters = mailing::letters(&desk.db, &actor, mailing.id, "x").await;
    let letters = letters.unwrap().unwrap();
    let find = async || mailing::find(&desk.db, &actor, mailing.id).await;
    desk.pass(chrono::Duration::days(6));
    mailing::sweep(&desk.db).await.unwrap();
    assert!(find().await.is_ok(), "its letters are there");
    desk.pass(chrono::Duration::days(1) - chrono::Duration::seconds(30));
    mailing::sweep(&desk.db).await.unwrap();
    bulk::sweep(&desk.db).await.unwrap();
    assert!(find().await.is_err());
    let kept = bulk::find(&desk.db, &actor, letters).await;
    assert!(kept.is_ok(), "the mailing goes first");
    let items = "SELECT count(*) FROM mailing_item";
    assert_eq!(desk.database().number(items, vec![]).await, 0);
    desk.pass(chrono::Duration::minutes(1));
    bulk::sweep(&desk.db).await.unwrap();
    assert!(bulk::find(&desk.db, &actor, letters).await.is_err());
}
