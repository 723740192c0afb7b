//! A form that is sent twice changes once.

use entities::ticket::classify::Place;
use entities::ticket::message::NewMessage;
use entities::ticket::open::AfterOpen;
use entities::ticket::{Audience, Channel, Direction, Kind, Open, Priority, Reply};
use entities::{DeskError, Permit, permit};
use support::desk::{TestDesk, reply};

fn keyed(body: &str) -> Reply {
    Reply {
        once: Some("the form's key".to_owned()),
        ..reply("sabine@pa.example", body)
    }
}

fn call(title: &str, once: &str) -> Open {
    Open {
        title: title.to_owned(),
        kind: Kind::Question,
        priority: Priority::Normal,
        place: Place::default(),
        requester_id: None,
        organisation_id: None,
        district_id: None,
        mailbox_id: None,
        fields: entities::field::change::Sets::default(),
        first: NewMessage::text(
            Audience::Requester,
            Direction::In,
            Channel::Phone,
            "Ruft an.".to_owned(),
        ),
        then: AfterOpen::HandToTeam,
        once: Some(once.to_owned()),
    }
}

#[tokio::test]
async fn a_form_sent_twice_changes_once_and_says_what_it_changed() {
    let desk = TestDesk::new().await;
    let actor = desk.administrator().await.actor().await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let permit = Permit::ask(&actor, ticket.clone()).unwrap();
    desk.db
        .change(permit.clone(), keyed("Guten Tag"))
        .await
        .unwrap();
    let again = desk.db.change(permit, keyed("Guten Tag")).await;
    assert!(matches!(again, Err(DeskError::AlreadyDone(id)) if id == ticket.id));
    assert_eq!(desk.read(ticket.id).await.message_count, 2);
}

#[tokio::test]
async fn a_form_sent_many_times_at_once_changes_once() {
    let desk = TestDesk::new().await;
    let actor = desk.administrator().await.actor().await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let (db, actor, ticket) = (desk.db.clone(), actor.clone(), ticket.clone());
        all.spawn(async move {
            let permit = Permit::ask(&actor, ticket).unwrap();
            db.change(permit, keyed("Guten Tag")).await
        });
    }
    let results = all.join_all().await;
    let made = results.iter().filter(|result| result.is_ok()).count();
    let told = results
        .iter()
        .filter(|result| matches!(result, Err(DeskError::AlreadyDone(_))))
        .count();
    assert_eq!((made, told), (1, 5), "{results:?}");
    assert_eq!(desk.read(ticket.id).await.message_count, 2);
}

#[tokio::test]
async fn a_ticket_opened_twice_at_once_is_one_ticket() {
    let desk = TestDesk::new().await;
    let actor = desk.administrator().await.actor().await;
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let (db, actor) = (desk.db.clone(), actor.clone());
        all.spawn(async move {
            let permit = Permit::ask(&actor, permit::Desk).unwrap();
            db.change(permit, call("Zahllauf bricht ab", "call")).await
        });
    }
    let results = all.join_all().await;
    let mut made = results.iter().filter_map(|result| result.as_ref().ok());
    let ticket = made.next().unwrap().subject.id;
    assert!(made.next().is_none());
    for told in results.iter().filter_map(|result| result.as_ref().err()) {
        assert!(matches!(told, DeskError::AlreadyDone(id) if *id == ticket));
    }
    let count = "SELECT count(*) FROM ticket";
    assert_eq!(desk.database().number(count, vec![]).await, 1);
}

#[tokio::test]
async fn a_refused_form_may_be_sent_again_and_takes_no_number() {
    let desk = TestDesk::new().await;
    let actor = desk.administrator().await.actor().await;
    let permit = Permit::ask(&actor, permit::Desk).unwrap();
    let first = desk.db.change(permit.clone(), call("eins", "a")).await;
    let refused = desk.db.change(permit.clone(), call(" ", "b")).await;
    assert!(matches!(refused, Err(DeskError::Rejected(_))));
    let again = desk.db.change(permit.clone(), call("eins", "a")).await;
    assert!(matches!(again, Err(DeskError::AlreadyDone(_))));
    let second = desk.db.change(permit, call("zwei", "b")).await;
    let running = |number: &str| number[5..11].parse::<u32>().unwrap();
    let (first, second) = (first.unwrap().subject, second.unwrap().subject);
    assert_eq!(running(&second.number), running(&first.number) + 1);
}
