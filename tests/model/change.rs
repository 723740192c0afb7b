//! A change is whole or not at all, and comes after every other of the same subject.

use entities::ticket::assign::Assignee;
use entities::ticket::{Assign, Prioritise, Priority, State, Ticket, WriteNote};
use entities::{DeskError, Permit, Rejected, history, ticket};
use support::desk::{TestDesk, reply};

async fn counts(desk: &TestDesk, ticket: &Ticket) -> (i64, i64, i64, i64) {
    let id = || vec![ticket.id.into()];
    let of = |table: &str| format!("SELECT count(*) FROM {table} WHERE ticket_id = $1");
    let database = desk.database();
    let events = "SELECT count(*) FROM event WHERE subject_id = $1";
    (
        database.number(&of("message"), id()).await,
        database.number(events, id()).await,
        database.number(&of("outbound_mail"), id()).await,
        database.number("SELECT count(*) FROM outbox", vec![]).await,
    )
}

#[tokio::test]
async fn a_reply_writes_message_events_mail_and_work_together() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let before = counts(&desk, &ticket).await;
    let permit = Permit::ask(&annika.actor().await, ticket.clone()).unwrap();
    let done = desk
        .db
        .change(permit, reply("sabine@pa.example", "Guten Tag"))
        .await
        .unwrap();
    let after = counts(&desk, &ticket).await;
    // Replied, assigned to the one who answers, opened.
    let expected = (before.0 + 1, before.1 + 3, before.2 + 1, before.3 + 1);
    assert_eq!(after, expected);
    assert_eq!(i64::from(done.first_number), before.1 + 1);
    assert_eq!(done.subject, desk.read(ticket.id).await);
    assert_eq!(done.subject.owner_id, Some(annika.id));
    assert_eq!(done.subject.state, State::Open);
    let due = "SELECT count(*) FROM outbox WHERE not_before > $1";
    let soon = done.at + chrono::Duration::seconds(9);
    assert_eq!(desk.database().number(due, vec![soon.into()]).await, 1);
}

#[tokio::test]
async fn a_reply_that_cannot_be_written_leaves_nothing() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let actor = annika.actor().await;
    let first = reply("sabine@pa.example", "Guten Tag");
    let mut second = reply("sabine@pa.example", "Noch einmal");
    second.message_id = first.message_id;
    second.once = Some("key".to_owned());
    let permit = Permit::ask(&actor, ticket.clone()).unwrap();
    desk.db.change(permit.clone(), first).await.unwrap();
    let before = (counts(&desk, &ticket).await, desk.read(ticket.id).await);
    let refused = desk.db.change(permit, second).await;
    assert!(matches!(refused, Err(DeskError::Db(_))), "{refused:?}");
    let after = (counts(&desk, &ticket).await, desk.read(ticket.id).await);
    assert_eq!(after, before);
    let keys = "SELECT count(*) FROM once_key";
    assert_eq!(desk.database().number(keys, vec![]).await, 0);
}

#[tokio::test]
async fn a_permit_is_worth_nothing_once_the_ticket_has_moved() {
    let desk = TestDesk::new().await;
    let (youth, pay) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let admin = desk.administrator().await.actor().await;
    let ticket = desk.ticket("Zahllauf bricht ab").in_team(youth).await;
    let permit = Permit::ask(&annika.actor().await, ticket.clone()).unwrap();
    let to = Assignee::Team { id: pay };
    let move_it = Permit::ask(&admin, ticket.clone()).unwrap();
    desk.db.change(move_it, Assign { to }).await.unwrap();
    let before = counts(&desk, &ticket).await;
    let late = reply("sabine@pa.example", "Guten Tag");
    let refused = desk.db.change(permit, late).await;
    assert!(matches!(refused, Err(DeskError::Forbidden)), "{refused:?}");
    assert_eq!(counts(&desk, &ticket).await, before);
}

#[tokio::test]
async fn one_refused_change_of_many_keeps_the_others() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await.actor().await;
    let mut pairs = Vec::new();
    let mut tickets = Vec::new();
    for title in ["eins", "zwei", "drei"] {
        let ticket = desk.ticket(title).await;
        // The second has that priority already.
        let priority = match title {
            "zwei" => ticket.priority,
            _ => Priority::High,
        };
        let permit = Permit::ask(&admin, ticket.clone()).unwrap();
        pairs.push((permit, Prioritise { priority }));
        tickets.push(ticket);
    }
    let results = desk.db.change_many(pairs).await.unwrap();
    let nothing = DeskError::Rejected(Rejected::NothingToDo).to_string();
    assert!(results[0].is_ok() && results[2].is_ok());
    assert_eq!(results[1].as_ref().unwrap_err().to_string(), nothing);
    let mut found = Vec::new();
    for ticket in &tickets {
        found.push(desk.read(ticket.id).await.priority);
    }
    assert_eq!(found, [Priority::High, Priority::Normal, Priority::High]);
    history::verify(&desk.db, None, |_, _| {})
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn many_replies_at_once_give_one_chain_without_gaps() {
    let desk = TestDesk::new().await;
    let actor = desk.administrator().await.actor().await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let mut all = tokio::task::JoinSet::new();
    for number in 0..20 {
        let (db, actor, ticket) = (desk.db.clone(), actor.clone(), ticket.clone());
        all.spawn(async move {
            let permit = Permit::ask(&actor, ticket).unwrap();
            let body = format!("Antwort {number}");
            db.change(permit, reply("sabine@pa.example", &body)).await
        });
    }
    let results = all.join_all().await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    let ticket = desk.read(ticket.id).await;
    let thread = ticket::thread::thread(&desk.db, &ticket).await.unwrap();
    let numbers: Vec<i32> = thread.iter().map(|entry| entry.message.number).collect();
    assert_eq!(numbers, (1..=21).collect::<Vec<_>>());
    assert_eq!(ticket.message_count, 21);
    let seal = history::seal(&desk.db, ticket.id).await.unwrap();
    // Opened and the call, assigned and opened by the first answer, twenty answers.
    assert_eq!((seal.count, seal.broken_at), (24, None));
}

#[tokio::test]
async fn changes_of_different_tickets_in_opposite_orders_do_not_wait_for_each_other_for_ever() {
    let desk = TestDesk::new().await;
    let actor = desk.administrator().await.actor().await;
    let mut tickets = Vec::new();
    for number in 0..8 {
        tickets.push(desk.ticket(&format!("Fall {number}")).await);
    }
    let mut all = tokio::task::JoinSet::new();
    for turn in 0..12 {
        let (db, actor) = (desk.db.clone(), actor.clone());
        let mut tickets = tickets.clone();
        if turn % 2 == 1 {
            tickets.reverse();
        }
        all.spawn(async move {
            let note = |ticket| {
                let body = format!("Notiz {turn}");
                let note = WriteNote {
                    body,
                    files: vec![],
                    once: None,
                };
                (Permit::ask(&actor, ticket).unwrap(), note)
            };
            let pairs = tickets.into_iter().map(note).collect();
            db.change_many(pairs).await.unwrap().len()
        });
    }
    assert_eq!(all.join_all().await.iter().sum::<usize>(), 96);
    for ticket in tickets {
        assert_eq!(desk.read(ticket.id).await.message_count, 13);
    }
    history::verify(&desk.db, None, |_, _| {})
        .await
        .unwrap()
        .unwrap();
}
