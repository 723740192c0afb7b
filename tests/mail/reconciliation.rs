//! What was seen against what became of it: the page, the nightly check, and counting that survives the server.

use chrono::Duration;
use entities::inbound::{self, Fate, Uid, reconcile};
use entities::{Uuid, mailbox};
use lotse::jobs::nights;
use support::desk::TestDesk;

use super::office::{CONSOLE, delivered, letter, tickets};

async fn mailbox(desk: &TestDesk) -> Uuid {
    let found = mailbox::intake::by_name(&desk.db, "default").await.unwrap();
    found.unwrap().id
}

async fn sum(desk: &TestDesk) -> reconcile::Sum {
    let today = entities::clock::day(desk.db.clock().now());
    let id = mailbox(desk).await;
    let sums = reconcile::sums(&desk.db, &CONSOLE, id, today).await;
    sums.unwrap().into_iter().next().unwrap()
}

async fn a_day_of_mail(desk: &TestDesk) {
    let raw = letter("sabine@pa.example", "Zahllauf", "a@pa.example", &[]);
    let first = delivered(desk, &raw).await;
    delivered(desk, &raw).await;
    delivered(desk, "nothing of a mail").await;
    let answer = "In-Reply-To: <a@pa.example>";
    let raw = letter(
        "sabine@pa.example",
        "Re: Zahllauf",
        "b@pa.example",
        &[answer],
    );
    let second = delivered(desk, &raw).await;
    assert_eq!(second.ticket_id, first.ticket_id);
}

#[tokio::test]
async fn every_mail_seen_became_something() {
    let desk = TestDesk::new().await;
    a_day_of_mail(&desk).await;
    let sum = sum(&desk).await;
    assert_eq!((sum.seen, sum.stored), (4, 4));
    assert_eq!(
        (sum.tickets, sum.messages, sum.copies, sum.failed),
        (1, 1, 1, 1)
    );
    assert!(sum.is_right());
    let admin = desk.administrator().await.sign_in().await;
    let page = admin.get("/settings/reconciliation").await;
    page.must_say("Alle Summen stimmen");
    let links = page.attributes("tbody a", "href");
    assert_eq!(links.len(), 5, "{links:?}");
    for link in links {
        let mails = admin.get(&link).await.count("tbody tr");
        assert_eq!(mails, if link.contains("fate") { 1 } else { 4 }, "{link}");
    }
    desk.pass(Duration::days(1));
    assert_eq!(nights::reconcile(&desk).await.unwrap(), 0);
}

#[tokio::test]
async fn a_lost_mail_opens_one_ticket_under_the_checks_own_rule() {
    let desk = TestDesk::new().await;
    a_day_of_mail(&desk).await;
    let lose = "DELETE FROM inbound_mail WHERE fate = 'failed'";
    desk.database().execute(lose, vec![]).await;
    // The day is not over yet.
    assert_eq!(nights::reconcile(&desk).await.unwrap(), 0);
    desk.pass(Duration::days(1) + Duration::hours(3));
    assert_eq!(nights::reconcile(&desk).await.unwrap(), 1);
    assert_eq!(nights::reconcile(&desk).await.unwrap(), 0);
    assert_eq!(tickets(&desk).await, 2);
    let rule =
        "SELECT count(*) FROM event WHERE rule = 'reconciliation' AND subject_kind = 'ticket'";
    assert!(desk.database().number(rule, vec![]).await >= 2);
    let admin = desk.administrator().await.sign_in().await;
    let page = admin.get("/settings/reconciliation").await;
    page.must_say("Die Summe eines Tages stimmt nicht");
    page.must_say("Gespeichert: -1");
    let ticket = page
        .attribute("tbody a[href^='/tickets/']", "href")
        .unwrap();
    let ticket = admin.get(&ticket).await;
    ticket.must_say("Gesehen: 4");
    ticket.must_say("Mail-Abgleich: Postfach default");
}

#[tokio::test]
async fn a_lost_message_is_a_wrong_sum_too() {
    let desk = TestDesk::new().await;
    a_day_of_mail(&desk).await;
    let lose =
        "DELETE FROM message WHERE id IN (SELECT id FROM inbound_mail WHERE fate = 'message')";
    desk.database().execute(lose, vec![]).await;
    let sum = sum(&desk).await;
    assert!(sum.seen == sum.stored && !sum.is_right());
    desk.pass(Duration::days(1) + Duration::hours(3));
    assert_eq!(nights::reconcile(&desk).await.unwrap(), 1);
}

#[tokio::test]
async fn two_checks_at_once_open_one_ticket() {
    let desk = TestDesk::new().await;
    delivered(&desk, "nothing of a mail").await;
    let lose = "DELETE FROM inbound_mail";
    desk.database().execute(lose, vec![]).await;
    desk.pass(Duration::days(1) + Duration::hours(3));
    let (one, other) = tokio::join!(nights::reconcile(&desk), nights::reconcile(&desk));
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    assert_eq!(tickets(&desk).await, 1);
}

#[tokio::test]
async fn what_a_server_shows_counts_once_and_on_its_day() {
    let desk = TestDesk::new().await;
    let id = mailbox(&desk).await;
    for _ in 0..3 {
        inbound::seen::shown(&desk.db, id, 7, &[1, 2, 3])
            .await
            .unwrap();
    }
    let first = Uid {
        validity: 7,
        uid: 1,
    };
    let second = Uid {
        validity: 7,
        uid: 2,
    };
    let stored = inbound::store(&desk.db, id, Some(first), b"nothing".to_vec()).await;
    inbound::seen::shown(&desk.db, id, 7, &[1, 2, 3])
        .await
        .unwrap();
    inbound::seen::gone(&desk.db, id, second).await.unwrap();
    inbound::seen::gone(&desk.db, id, second).await.unwrap();
    let today = sum(&desk).await;
    assert_eq!((today.seen, today.stored, today.waiting), (2, 1, 1));
    assert!(!today.is_right());
    // What was shown before midnight and taken after it belongs to the day it was shown.
    desk.pass(Duration::days(1));
    let third = Uid {
        validity: 7,
        uid: 3,
    };
    inbound::store(&desk.db, id, Some(third), b"nothing else".to_vec())
        .await
        .unwrap();
    let sums = reconcile::sums(
        &desk.db,
        &CONSOLE,
        id,
        entities::clock::day(desk.db.clock().now()),
    );
    let sums = sums.await.unwrap();
    assert_eq!(sums.len(), 1);
    assert!(sums[0].is_right(), "{sums:?}");
    let mail = inbound::list::find(&desk.db, &CONSOLE, stored.unwrap().id()).await;
    assert_eq!(mail.unwrap().mail.fate, Fate::Stored);
}

#[tokio::test]
async fn a_server_that_numbers_anew_leaves_nothing_waited_for() {
    let desk = TestDesk::new().await;
    let id = mailbox(&desk).await;
    inbound::seen::shown(&desk.db, id, 7, &[1, 2])
        .await
        .unwrap();
    inbound::seen::shown(&desk.db, id, 8, &[10, 11])
        .await
        .unwrap();
    assert_eq!(sum(&desk).await.seen, 2);
}
