//! Which ticket a mail goes into, rule by rule, with the reason that is stored.

use chrono::Duration;
use entities::Permit;
use entities::inbound::Fate;
use entities::ticket::close::Ending;
use entities::ticket::message::ThreadedBy;
use entities::ticket::{Close, ClosingReason, Delivery, State, Ticket};
use lotse::mail::{answer, token::Token};
use support::desk::{TestDesk, reply};

use super::office::{
    CONSOLE, answered, delivered, entries, letter, message_of, reason, ticket_of, tickets,
};

const ANNA: &str = "Anna Brandt <anna.brandt@pankow.example>";

async fn first(desk: &TestDesk) -> Ticket {
    let mail = delivered(desk, &letter(ANNA, "Zahllauf", "eins@pankow.example", &[])).await;
    assert_eq!(mail.fate, Fate::Ticket);
    ticket_of(desk, &mail).await
}

async fn close(desk: &TestDesk, ticket: &Ticket, to: Ending) {
    let current = desk.read(ticket.id).await;
    let command = Close {
        to,
        reason: Some(ClosingReason::Data),
    };
    let permit = Permit::ask(&CONSOLE, current).unwrap();
    desk.db.change(permit, command).await.unwrap();
}

#[tokio::test]
async fn a_mail_of_a_stranger_becomes_a_ticket_of_a_new_person() {
    let desk = TestDesk::new().await;
    let raw = letter(
        ANNA,
        "AW: WG: Zahllauf bricht ab",
        "eins@pankow.example",
        &[],
    );
    let mail = delivered(&desk, &raw).await;
    let ticket = ticket_of(&desk, &mail).await;
    assert_eq!(ticket.title, "Zahllauf bricht ab");
    assert_eq!((mail.fate, ticket.state), (Fate::Ticket, State::New));
    assert_eq!(reason(&desk, &mail).await, ThreadedBy::NewTicket);
    let names = entities::ticket::show::names(&desk.db, &ticket)
        .await
        .unwrap();
    assert_eq!(names.requester.as_deref(), Some("Anna Brandt"));
    assert_eq!(
        names.requester_email.as_deref(),
        Some("anna.brandt@pankow.example")
    );
    let message = message_of(&desk, &mail).await;
    assert_eq!(
        message.subject.as_deref(),
        Some("AW: WG: Zahllauf bricht ab")
    );
    let kept = desk.db.blobs().get(&mail.sha256).await.unwrap();
    assert_eq!(kept, raw.as_bytes());
}

#[tokio::test]
async fn our_token_leads_back_and_wakes_the_ticket() {
    let desk = TestDesk::new().await;
    let ticket = first(&desk).await;
    let mail_id = answered(&desk, &ticket, reply("anna.brandt@pankow.example", "Hallo")).await;
    close(&desk, &ticket, Ending::Solved).await;
    let header = format!("In-Reply-To: <{mail_id}>");
    // Another address answers, as deputies do.
    let deputy = "Vertretung <vertretung@pankow.example>";
    let back = letter(deputy, "Re: ohne Nummer", "zwei@pankow.example", &[&header]);
    let mail = delivered(&desk, &back).await;
    assert_eq!(
        (mail.fate, mail.ticket_id),
        (Fate::Message, Some(ticket.id))
    );
    assert_eq!(reason(&desk, &mail).await, ThreadedBy::Token);
    assert_eq!(desk.read(ticket.id).await.state, State::Open);
}

#[tokio::test]
async fn a_token_in_the_plus_address_leads_back_and_a_forged_one_does_not() {
    let desk = TestDesk::new().await;
    let ticket = first(&desk).await;
    let token = Token::new(&answer::token_key(&desk), ticket.id, ticket.id);
    let plus = token.plus_address("desk@desk.example").unwrap();
    let to = format!("Cc: {plus}");
    let mail = delivered(
        &desk,
        &letter(ANNA, "Noch etwas", "zwei@pankow.example", &[&to]),
    )
    .await;
    assert_eq!(mail.ticket_id, Some(ticket.id));
    assert_eq!(reason(&desk, &mail).await, ThreadedBy::Token);

    let forged = Token::new(b"another key", ticket.id, ticket.id);
    let to = format!("Cc: {}", forged.plus_address("desk@desk.example").unwrap());
    let mail = delivered(&desk, &letter(ANNA, "Neu", "drei@pankow.example", &[&to])).await;
    assert_eq!(mail.fate, Fate::Ticket);
}

#[tokio::test]
async fn a_known_message_id_in_the_references_leads_back() {
    let desk = TestDesk::new().await;
    let ticket = first(&desk).await;
    let header = "References: <eins@pankow.example> <unknown@pankow.example>";
    let raw = letter(ANNA, "Nachtrag", "zwei@pankow.example", &[header]);
    let mail = delivered(&desk, &raw).await;
    assert_eq!(mail.ticket_id, Some(ticket.id));
    let mail_id = "eins@pankow.example".to_owned();
    assert_eq!(
        reason(&desk, &mail).await,
        ThreadedBy::References { mail_id }
    );
}

#[tokio::test]
async fn a_number_counts_only_from_somebody_who_takes_part() {
    let desk = TestDesk::new().await;
    let ticket = first(&desk).await;
    let subject = format!("Zu #{}", ticket.number);
    let mail = delivered(&desk, &letter(ANNA, &subject, "zwei@pankow.example", &[])).await;
    assert_eq!(mail.ticket_id, Some(ticket.id));
    assert_eq!(reason(&desk, &mail).await, ThreadedBy::Number);

    let raw = letter(
        "Eve <eve@strange.example>",
        &subject,
        "x@strange.example",
        &[],
    );
    let mail = delivered(&desk, &raw).await;
    assert_eq!(mail.fate, Fate::Ticket);
    let number = ticket.number.clone();
    assert_eq!(
        reason(&desk, &mail).await,
        ThreadedBy::NumberFromStranger { number }
    );
    assert_eq!(desk.read(ticket.id).await.message_count, 2);
}

#[tokio::test]
async fn a_number_counts_from_the_same_organisation() {
    let desk = TestDesk::new().await;
    let district = desk.district("Bezirksamt Pankow", "PA").await;
    desk.requester("Anna Brandt")
        .of(district)
        .writing_from("anna.brandt@pankow.example")
        .await;
    desk.requester("Bernd Colleague")
        .of(district)
        .writing_from("bernd@pankow.example")
        .await;
    let ticket = first(&desk).await;
    assert_eq!(
        (ticket.organisation_id, ticket.district_id),
        (Some(district), Some(district))
    );
    let subject = format!("Re: [#{}] Zahllauf", ticket.number);
    let raw = letter("bernd@pankow.example", &subject, "b@pankow.example", &[]);
    let mail = delivered(&desk, &raw).await;
    assert_eq!(mail.ticket_id, Some(ticket.id));
}

#[tokio::test]
async fn a_mail_to_a_merged_ticket_goes_into_its_target() {
    let desk = TestDesk::new().await;
    let merged = first(&desk).await;
    let other = letter(ANNA, "Ziel", "ziel@pankow.example", &[]);
    let target = ticket_of(&desk, &delivered(&desk, &other).await).await;
    let sql = "UPDATE ticket SET state = 'merged', merged_into = $1 WHERE id = $2";
    let values = vec![target.id.into(), merged.id.into()];
    desk.database().execute(sql, values).await;
    let header = "In-Reply-To: <eins@pankow.example>";
    let raw = letter(ANNA, "Nachtrag", "zwei@pankow.example", &[header]);
    let mail = delivered(&desk, &raw).await;
    assert_eq!(mail.ticket_id, Some(target.id));
}

#[tokio::test]
async fn a_closed_ticket_opens_again_within_the_limit_and_is_followed_after_it() {
    let desk = TestDesk::new().await;
    let ticket = first(&desk).await;
    close(&desk, &ticket, Ending::Closed).await;
    let header = "In-Reply-To: <eins@pankow.example>";
    let raw = letter(ANNA, "Doch noch", "zwei@pankow.example", &[header]);
    assert_eq!(delivered(&desk, &raw).await.ticket_id, Some(ticket.id));
    assert_eq!(desk.read(ticket.id).await.state, State::Open);

    close(&desk, &ticket, Ending::Closed).await;
    desk.pass(Duration::days(31));
    let raw = letter(ANNA, "Viel später", "drei@pankow.example", &[header]);
    let mail = delivered(&desk, &raw).await;
    assert_eq!(mail.fate, Fate::Ticket);
    let new = ticket_of(&desk, &mail).await;
    assert_eq!(new.follows_id, Some(ticket.id));
    let number = ticket.number.clone();
    assert_eq!(
        reason(&desk, &mail).await,
        ThreadedBy::ClosedTooLong { number }
    );
    assert_eq!(desk.read(ticket.id).await.state, State::Closed);
}

#[tokio::test]
async fn an_automatic_answer_joins_the_thread_and_wakes_nothing() {
    let desk = TestDesk::new().await;
    let ticket = first(&desk).await;
    close(&desk, &ticket, Ending::Solved).await;
    let headers = [
        "In-Reply-To: <eins@pankow.example>",
        "Auto-Submitted: auto-replied",
    ];
    let raw = letter(ANNA, "Abwesenheitsnotiz", "zwei@pankow.example", &headers);
    assert_eq!(delivered(&desk, &raw).await.ticket_id, Some(ticket.id));
    assert_eq!(desk.read(ticket.id).await.state, State::Solved);
}

#[tokio::test]
async fn a_delivery_report_marks_the_message_and_wakes_nothing() {
    let desk = TestDesk::new().await;
    let ticket = first(&desk).await;
    let reply = reply("weg@pankow.example", "Guten Tag");
    let message_id = reply.message_id;
    let mail_id = answered(&desk, &ticket, reply).await;
    desk.pass(Duration::seconds(11));
    lotse::jobs::run_due(&desk).await.unwrap();
    close(&desk, &ticket, Ending::Solved).await;
    let report = format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: desk@desk.example\r\n\
         Subject: Undelivered\r\nMessage-ID: <dsn@mx.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\n\r\nNicht zustellbar.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; weg@pankow.example\r\n\
         Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{mail_id}>\r\n\r\n--b--\r\n"
    );
    let mail = delivered(&desk, &report).await;
    assert_eq!(mail.ticket_id, Some(ticket.id));
    assert_eq!(reason(&desk, &mail).await, ThreadedBy::Bounce);
    assert_eq!(desk.read(ticket.id).await.state, State::Solved);
    let all = entries(&desk, &ticket).await;
    let ours = all.iter().find(|e| e.message.id == message_id).unwrap();
    assert_eq!(ours.message.delivery, Delivery::Bounced);
    assert_eq!(tickets(&desk).await, 1);
}
