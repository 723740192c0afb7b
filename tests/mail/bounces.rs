//! Mail that comes back: marked, told to its owner, never waking anything and never answered.

use chrono::Duration;
use entities::inbound::Fate;
use entities::ticket::close::Ending;
use entities::ticket::message::ThreadedBy;
use entities::ticket::{Close, ClosingReason, Delivery, State, Ticket};
use entities::{Permit, Uuid};
use support::desk::{TestDesk, reply};

use super::office::{CONSOLE, answered, delivered, entries, letter, reason, ticket_of, tickets};

/// An answer of ours that left, in a solved ticket.
struct Sent {
    ticket: Ticket,
    message_id: Uuid,
    mail_id: String,
}

async fn sent(desk: &TestDesk) -> Sent {
    let raw = letter(
        "Anna <anna@pankow.example>",
        "Zahllauf",
        "eins@pankow.example",
        &[],
    );
    let ticket = ticket_of(desk, &delivered(desk, &raw).await).await;
    let reply = reply("anna@pankow.example", "Guten Tag");
    let message_id = reply.message_id;
    let mail_id = answered(desk, &ticket, reply).await;
    desk.pass(Duration::seconds(11));
    lotse::jobs::run_due(desk).await.unwrap();
    lotse::jobs::run_due(desk).await.unwrap();
    let command = Close {
        to: Ending::Solved,
        reason: Some(ClosingReason::Data),
    };
    let current = desk.read(ticket.id).await;
    let permit = Permit::ask(&CONSOLE, current).unwrap();
    desk.db.change(permit, command).await.unwrap();
    Sent {
        ticket,
        message_id,
        mail_id,
    }
}

/// A report in words only, as qmail writes it.
fn words_only(id: &str, about: &str) -> String {
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: desk@desk.example\r\n\
         Subject: failure notice\r\nMessage-ID: <{id}>\r\n\r\n\
         Hi. This is the qmail-send program at mx.example.\r\n\r\n<anna@pankow.example>:\r\n\
         Sorry, no mailbox here by that name. (#5.1.1)\r\n\r\n\
         --- Below this line is a copy of the message.\r\n\r\nMessage-ID: <{about}>\r\nSubject: x\r\n"
    )
}

/// Lets everything that waits be sent.
async fn work_off(desk: &TestDesk) {
    for _ in 0..3 {
        desk.pass(Duration::minutes(2));
        lotse::jobs::run_due(desk).await.unwrap();
    }
}

/// How many mails left the desk.
fn left(desk: &TestDesk) -> usize {
    super::receipts::sent(desk).len()
}

async fn delivery(desk: &TestDesk, sent: &Sent) -> (Delivery, State) {
    let all = entries(desk, &sent.ticket).await;
    let ours = all
        .iter()
        .find(|e| e.message.id == sent.message_id)
        .unwrap();
    (ours.message.delivery, desk.read(sent.ticket.id).await.state)
}

#[tokio::test]
async fn a_report_in_words_only_marks_the_message_and_wakes_nothing() {
    let desk = TestDesk::new().await;
    let sent = sent(&desk).await;
    let mail = delivered(&desk, &words_only("b1@mx.example", &sent.mail_id)).await;
    assert_eq!(mail.ticket_id, Some(sent.ticket.id));
    assert_eq!(reason(&desk, &mail).await, ThreadedBy::Bounce);
    assert_eq!(
        delivery(&desk, &sent).await,
        (Delivery::Bounced, State::Solved)
    );
}

#[tokio::test]
async fn a_delay_a_success_and_a_read_receipt_are_no_failures() {
    let desk = TestDesk::new().await;
    let sent = sent(&desk).await;
    let about = format!(
        "References: <{}>\r\nIn-Reply-To: <{}>",
        sent.mail_id, sent.mail_id
    );
    let late = format!(
        "Return-Path: <>\r\nFrom: Mailer-Daemon@mx.example\r\nTo: desk@desk.example\r\n\
         Subject: Warning: message 1abCDe-0001Xy-2Z delayed 24 hours\r\nMessage-ID: <d@mx.example>\r\n\
         {about}\r\n\r\nThe address to which the message has not yet been delivered is:\r\n\r\n  anna@pankow.example\r\n"
    );
    let part = |kind: &str, fields: &str| {
        format!(
            "Return-Path: <>\r\nFrom: postmaster@mx.example\r\nTo: desk@desk.example\r\nSubject: Bericht\r\n\
             Message-ID: <{kind}@mx.example>\r\n{about}\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type={kind}; boundary=b\r\n\r\n--b\r\n\r\nText\r\n\
             --b\r\nContent-Type: message/{kind}\r\n\r\n{fields}\r\n--b--\r\n"
        )
    };
    let success = part(
        "delivery-status",
        "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; anna@pankow.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n",
    );
    let read = part(
        "disposition-notification",
        "Disposition: manual-action/MDN-sent-manually; displayed\r\n",
    );
    for raw in [late, success, read] {
        let mail = delivered(&desk, &raw).await;
        assert_eq!(mail.ticket_id, Some(sent.ticket.id));
        assert_eq!(
            delivery(&desk, &sent).await,
            (Delivery::Sent, State::Solved)
        );
    }
}

#[tokio::test]
async fn reports_are_never_answered_whatever_they_report() {
    let desk = TestDesk::new().await;
    let sent = sent(&desk).await;
    work_off(&desk).await;
    let before = left(&desk);
    delivered(&desk, &words_only("b1@mx.example", &sent.mail_id)).await;
    // The report came twice, and the report itself came back.
    delivered(&desk, &words_only("b2@mx.example", &sent.mail_id)).await;
    let again = delivered(&desk, &words_only("b3@mx.example", "b1@mx.example")).await;
    let strange = delivered(
        &desk,
        &words_only("b4@mx.example", "unknown@elsewhere.example"),
    )
    .await;
    assert_eq!(strange.fate, Fate::Ticket);
    assert_ne!(again.ticket_id, Some(sent.ticket.id));
    work_off(&desk).await;
    assert_eq!(left(&desk), before);
    assert_eq!(
        delivery(&desk, &sent).await,
        (Delivery::Bounced, State::Solved)
    );
}

#[tokio::test]
async fn a_receipt_that_comes_back_is_marked_and_sends_no_other() {
    let desk = TestDesk::new().await;
    let raw = letter(
        "Anna <anna@pankow.example>",
        "Zahllauf",
        "eins@pankow.example",
        &[],
    );
    let ticket = ticket_of(&desk, &delivered(&desk, &raw).await).await;
    work_off(&desk).await;
    let all = entries(&desk, &ticket).await;
    let receipt = all
        .iter()
        .find(|e| e.message.mail_id.as_deref() != Some("eins@pankow.example"))
        .unwrap();
    let (id, mail_id) = (receipt.message.id, receipt.message.mail_id.clone().unwrap());
    let before = left(&desk);
    delivered(&desk, &words_only("b1@mx.example", &mail_id)).await;
    work_off(&desk).await;
    let all = entries(&desk, &ticket).await;
    let receipt = all.iter().find(|e| e.message.id == id).unwrap();
    assert_eq!(receipt.message.delivery, Delivery::Bounced);
    assert_eq!(left(&desk), before);
    assert_eq!(tickets(&desk).await, 1);
}

#[tokio::test]
async fn the_owner_is_told_until_something_was_written_again() {
    let desk = TestDesk::new().await;
    let sent = sent(&desk).await;
    let owner = desk.agent("Olga Owner").await;
    let other = desk.agent("Otto Other").await;
    let sql = "UPDATE ticket SET owner_id = $1 WHERE id = $2";
    let values = vec![owner.id.into(), sent.ticket.id.into()];
    desk.database().execute(sql, values).await;
    let (owner, other) = (owner.sign_in().await, other.sign_in().await);
    let came_back = "kamen zurück";
    assert!(!owner.get("/").await.says(came_back));
    owner.get(&format!("/tickets/{}", sent.ticket.number)).await;

    desk.pass(Duration::seconds(1));
    delivered(&desk, &words_only("b1@mx.example", &sent.mail_id)).await;
    let start = owner.get("/").await;
    start.must_say(came_back);
    start.must_say(&sent.ticket.number);
    assert!(!other.get("/").await.says(came_back));
    let list = owner.get("/tickets?owner=me&state=solved").await;
    assert!(list.has(&format!("#row-{}.is-unread", sent.ticket.id)));

    desk.pass(Duration::seconds(1));
    answered(
        &desk,
        &sent.ticket,
        reply("anna.neu@pankow.example", "Guten Tag"),
    )
    .await;
    assert!(!owner.get("/").await.says(came_back));
}
