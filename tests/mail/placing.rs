//! The order of the rules that place a mail, and the traps beside each of them.

use chrono::Duration;
use entities::inbound::Fate;
use entities::permit::Action;
use entities::ticket::close::Ending;
use entities::ticket::link::{self, LinkKind};
use entities::ticket::message::ThreadedBy;
use entities::ticket::vendor_number::VendorNumber;
use entities::ticket::{
    Close, ClosingReason, Delivery, Merge, MoveMessage, RefuseSuggestion, SetVendorNumber, State,
    Ticket, suggestion,
};
use entities::{DeskError, Permit, Rejected, Uuid};
use lotse::mail::{answer, token::Token};
use support::desk::{TestDesk, reply};

use super::office::{CONSOLE, answered, delivered, entries, letter, message_of, reason, ticket_of};

const ANNA: &str = "Anna Brandt <anna.brandt@pankow.example>";
const EVE: &str = "Eve <eve@strange.example>";

async fn opened(desk: &TestDesk, id: &str) -> Ticket {
    let mail = delivered(desk, &letter(ANNA, "Zahllauf", id, &[])).await;
    ticket_of(desk, &mail).await
}

fn console<C: Action<On = Ticket>>(ticket: &Ticket) -> Permit<C> {
    Permit::ask(&CONSOLE, ticket.clone()).unwrap()
}

async fn merge(desk: &TestDesk, source: &Ticket, target: &Ticket) {
    let command = Merge {
        fields: entities::field::change::Sets::default(),
        once: None,
    };
    desk.db
        .change_pair(console(source), console(target), command)
        .await
        .unwrap();
}

async fn keep(desk: &TestDesk, ticket: &Ticket, vendor: Uuid, number: &str) {
    let command = SetVendorNumber {
        organisation_id: vendor,
        number: Some(VendorNumber::parse(number).unwrap()),
    };
    desk.db.change(console(ticket), command).await.unwrap();
}

#[tokio::test]
async fn the_token_comes_before_every_other_rule() {
    let desk = TestDesk::new().await;
    let (one, other) = (
        opened(&desk, "eins@pankow.example").await,
        opened(&desk, "zwei@pankow.example").await,
    );
    let token = answered(&desk, &one, reply("anna.brandt@pankow.example", "Hallo")).await;
    let headers = [
        "In-Reply-To: <zwei@pankow.example>",
        &format!("References: <{token}> <zwei@pankow.example>"),
    ];
    let subject = format!("Re: #{}", other.number);
    let raw = letter(ANNA, &subject, "drei@pankow.example", &headers);
    let mail = delivered(&desk, &raw).await;
    assert_eq!(mail.ticket_id, Some(one.id));
    assert_eq!(reason(&desk, &mail).await, ThreadedBy::Token);
}

#[tokio::test]
async fn a_forged_token_in_the_headers_leads_nowhere() {
    let desk = TestDesk::new().await;
    let ticket = opened(&desk, "eins@pankow.example").await;
    let forged = Token::new(b"another key", ticket.id, ticket.id).message_id("desk.example");
    let header = format!("In-Reply-To: <{forged}>");
    let mail = delivered(
        &desk,
        &letter(EVE, "Re: Zahllauf", "x@strange.example", &[&header]),
    )
    .await;
    assert_eq!(mail.fate, Fate::Ticket);
    assert_eq!(reason(&desk, &mail).await, ThreadedBy::NewTicket);
}

#[tokio::test]
async fn of_two_known_references_the_newest_decides() {
    let desk = TestDesk::new().await;
    let (old, new) = (
        opened(&desk, "alt@pankow.example").await,
        opened(&desk, "neu@pankow.example").await,
    );
    let header = "References: <alt@pankow.example> <neu@pankow.example> <fremd@x.example>";
    let raw = letter(ANNA, "Nachtrag", "drei@pankow.example", &[header]);
    assert_eq!(delivered(&desk, &raw).await.ticket_id, Some(new.id));
    // In-Reply-To comes before both.
    let headers = [header, "In-Reply-To: <alt@pankow.example>"];
    let raw = letter(ANNA, "Nachtrag", "vier@pankow.example", &headers);
    assert_eq!(delivered(&desk, &raw).await.ticket_id, Some(old.id));
}

#[tokio::test]
async fn a_message_id_of_two_tickets_decides_nothing() {
    let desk = TestDesk::new().await;
    let first = opened(&desk, "doppelt@pankow.example").await;
    let second = letter(ANNA, "Ganz anderes", "doppelt@pankow.example", &[]);
    let second = ticket_of(&desk, &delivered(&desk, &second).await).await;
    assert_ne!(first.id, second.id);
    let third = opened(&desk, "drei@pankow.example").await;
    let headers = [
        "In-Reply-To: <doppelt@pankow.example>",
        "References: <drei@pankow.example> <doppelt@pankow.example>",
    ];
    let mail = delivered(
        &desk,
        &letter(ANNA, "Nachtrag", "vier@pankow.example", &headers),
    )
    .await;
    assert_eq!(mail.ticket_id, Some(third.id));
    let only = ["In-Reply-To: <doppelt@pankow.example>"];
    let mail = delivered(
        &desk,
        &letter(ANNA, "Nachtrag", "fuenf@pankow.example", &only),
    )
    .await;
    assert_eq!(mail.fate, Fate::Ticket);
}

#[tokio::test]
async fn a_number_with_a_wrong_check_digit_or_in_the_text_alone_is_none() {
    let desk = TestDesk::new().await;
    let ticket = opened(&desk, "eins@pankow.example").await;
    let last = ticket.number.chars().last().unwrap();
    let wrong = if last == '9' {
        '0'
    } else {
        char::from(last as u8 + 1)
    };
    let mut mistyped = ticket.number.clone();
    mistyped.pop();
    mistyped.push(wrong);
    let raw = letter(ANNA, &format!("Zu #{mistyped}"), "zwei@pankow.example", &[]);
    let mail = delivered(&desk, &raw).await;
    assert_eq!(mail.fate, Fate::Ticket);
    // The letter's text names its own id; here that id holds the number.
    let id = format!("{}@pankow.example", ticket.number);
    let mail = delivered(&desk, &letter(ANNA, "Ohne Nummer", &id, &[])).await;
    assert!(message_of(&desk, &mail).await.body.contains(&ticket.number));
    assert_eq!(mail.fate, Fate::Ticket);
    assert_eq!(reason(&desk, &mail).await, ThreadedBy::NewTicket);
}

#[tokio::test]
async fn of_several_numbers_the_one_the_sender_takes_part_in_counts() {
    let desk = TestDesk::new().await;
    let foreign = delivered(&desk, &letter(EVE, "Fremdes", "e@strange.example", &[])).await;
    let foreign = ticket_of(&desk, &foreign).await;
    let own = opened(&desk, "eins@pankow.example").await;
    let subject = format!("{} und {}", foreign.number, own.number);
    let mail = delivered(&desk, &letter(ANNA, &subject, "zwei@pankow.example", &[])).await;
    assert_eq!(mail.ticket_id, Some(own.id));
}

#[tokio::test]
async fn a_strangers_number_is_suggested_until_somebody_refuses_it() {
    let desk = TestDesk::new().await;
    let ticket = opened(&desk, "eins@pankow.example").await;
    let subject = format!("Zu {}", ticket.number);
    let mail = delivered(&desk, &letter(EVE, &subject, "x@strange.example", &[])).await;
    let new = ticket_of(&desk, &mail).await;
    let open = || suggestion::open(&desk.db, &CONSOLE, &new);
    let suggested = open().await.unwrap().pop().unwrap();
    assert_eq!(suggested.other.id, ticket.id);
    let refuse = RefuseSuggestion {
        suggestion: suggested,
    };
    desk.db.change(console(&new), refuse.clone()).await.unwrap();
    assert_eq!(open().await.unwrap(), []);
    assert!(desk.db.change(console(&new), refuse).await.is_err());
    // A second mail of theirs to the new ticket does not bring it back.
    let header = "In-Reply-To: <x@strange.example>";
    let mail = delivered(
        &desk,
        &letter(EVE, &subject, "y@strange.example", &[header]),
    )
    .await;
    assert_eq!(mail.ticket_id, Some(new.id));
    assert_eq!(open().await.unwrap(), []);
}

#[tokio::test]
async fn a_vendors_number_counts_from_that_vendor_alone() {
    let desk = TestDesk::new().await;
    let ticket = opened(&desk, "eins@pankow.example").await;
    let nord = desk.vendor("Nordlicht Software", "nordlicht.example").await;
    desk.vendor("Südwind", "suedwind.example").await;
    keep(&desk, &ticket, nord, "KN-4711").await;
    let subject = "[kn-4711] Korrektur in Arbeit";
    for (from, id) in [
        ("a@suedwind.example", "s@suedwind.example"),
        ("eve@strange.example", "e@strange.example"),
    ] {
        let mail = delivered(&desk, &letter(from, subject, id, &[])).await;
        assert_eq!(mail.fate, Fate::Ticket, "{from}");
        assert_eq!(reason(&desk, &mail).await, ThreadedBy::NewTicket);
    }
    // In the text alone it is none either: the letter's text names its id.
    let inside = "KN-4711@nordlicht.example";
    let mail = delivered(&desk, &letter("jo@nordlicht.example", "Neues", inside, &[])).await;
    assert_eq!(mail.fate, Fate::Ticket);
    let raw = letter("jo@nordlicht.example", subject, "n@nordlicht.example", &[]);
    let mail = delivered(&desk, &raw).await;
    assert_eq!(mail.ticket_id, Some(ticket.id));
    let number = "KN-4711".to_owned();
    assert_eq!(
        reason(&desk, &mail).await,
        ThreadedBy::VendorNumber { number }
    );

    // Two tickets under one number: nobody can tell which is meant.
    let second = opened(&desk, "zwei@pankow.example").await;
    keep(&desk, &second, nord, "KN-4711").await;
    let raw = letter("jo@nordlicht.example", subject, "m@nordlicht.example", &[]);
    assert_eq!(delivered(&desk, &raw).await.fate, Fate::Ticket);
    // Until they are one.
    merge(&desk, &second, &ticket).await;
    let raw = letter("jo@nordlicht.example", subject, "l@nordlicht.example", &[]);
    assert_eq!(delivered(&desk, &raw).await.ticket_id, Some(ticket.id));
}

#[tokio::test]
async fn every_way_to_a_merged_ticket_ends_in_its_last_target() {
    let desk = TestDesk::new().await;
    let a = opened(&desk, "a@pankow.example").await;
    let b = opened(&desk, "b@pankow.example").await;
    let c = opened(&desk, "c@pankow.example").await;
    let token = answered(&desk, &a, reply("anna.brandt@pankow.example", "Hallo")).await;
    merge(&desk, &a, &b).await;
    merge(&desk, &b, &c).await;
    let subject = format!("Zu {}", a.number);
    let plus = Token::new(&answer::token_key(&desk), a.id, Uuid::now_v7());
    let plus = format!("Cc: {}", plus.plus_address("desk@desk.example").unwrap());
    let ways: [(&str, String); 4] = [
        ("Antwort", format!("In-Reply-To: <{token}>")),
        ("Plus", plus),
        ("Verweis", "References: <a@pankow.example>".to_owned()),
        (&subject, "X-Nothing: x".to_owned()),
    ];
    for (way, (subject, header)) in ways.iter().enumerate() {
        let id = format!("weg{way}@pankow.example");
        let mail = delivered(&desk, &letter(ANNA, subject, &id, &[header])).await;
        assert_eq!(mail.ticket_id, Some(c.id), "{subject}");
    }
}

#[tokio::test]
async fn a_receipt_alone_is_no_reason_for_a_ticket_to_stay() {
    let desk = TestDesk::new().await;
    let wrong = opened(&desk, "eins@pankow.example").await;
    let right = opened(&desk, "ziel@pankow.example").await;
    desk.send_everything().await;
    let all = entries(&desk, &wrong).await;
    assert_eq!(all.len(), 2);
    let message = all[0].message.clone();
    let (from, to) = (desk.read(wrong.id).await, desk.read(right.id).await);
    let command = MoveMessage { message };
    let refused = desk
        .db
        .change_pair(console(&from), console(&to), command)
        .await;
    assert!(matches!(
        refused,
        Err(DeskError::Rejected(Rejected::OnlyMessage))
    ));
    assert_eq!(entries(&desk, &wrong).await.len(), 2);
}

#[tokio::test]
async fn answers_to_a_moved_message_come_to_its_new_place() {
    let desk = TestDesk::new().await;
    let wrong = opened(&desk, "eins@pankow.example").await;
    let right = opened(&desk, "ziel@pankow.example").await;
    let header = "In-Reply-To: <eins@pankow.example>";
    let stray = letter(ANNA, "Etwas anderes", "zwei@pankow.example", &[header]);
    let stray = message_of(&desk, &delivered(&desk, &stray).await).await;
    let id = stray.id;
    let command = MoveMessage { message: stray };
    let (from, to) = (desk.read(wrong.id).await, desk.read(right.id).await);
    desk.db
        .change_pair(console(&from), console(&to), command)
        .await
        .unwrap();
    let moved = entities::inbound::threading::message(&desk.db, id).await;
    let moved = moved.unwrap().unwrap();
    assert_eq!(moved.reason(), Some(ThreadedBy::ByHand));
    assert_eq!(moved.origin_id, Some(wrong.id));
    let header = "In-Reply-To: <zwei@pankow.example>";
    let mail = delivered(
        &desk,
        &letter(ANNA, "Dazu", "drei@pankow.example", &[header]),
    )
    .await;
    assert_eq!(mail.ticket_id, Some(right.id));
}

#[tokio::test]
async fn a_mail_to_what_was_closed_long_ago_becomes_a_linked_ticket() {
    let desk = TestDesk::new().await;
    let old = opened(&desk, "eins@pankow.example").await;
    let close = Close {
        to: Ending::Closed,
        reason: Some(ClosingReason::Data),
    };
    desk.db.change(console(&old), close).await.unwrap();
    desk.pass(Duration::days(31));
    let header = "In-Reply-To: <eins@pankow.example>";
    let mail = delivered(
        &desk,
        &letter(ANNA, "Wieder", "zwei@pankow.example", &[header]),
    )
    .await;
    let new = ticket_of(&desk, &mail).await;
    let kinds = |one: Uuid, other: Uuid| link::between(&desk.db, one, other);
    assert_eq!(kinds(new.id, old.id).await.unwrap(), [LinkKind::Follows]);
    assert_eq!(kinds(old.id, new.id).await.unwrap(), [LinkKind::FollowedBy]);
    assert_eq!(desk.read(old.id).await.state, State::Closed);
}

#[tokio::test]
async fn a_report_that_answers_to_our_token_still_marks_the_message() {
    let desk = TestDesk::new().await;
    let ticket = opened(&desk, "eins@pankow.example").await;
    let lost = reply("weg@pankow.example", "Guten Tag");
    let message_id = lost.message_id;
    let mail_id = answered(&desk, &ticket, lost).await;
    desk.pass(Duration::seconds(11));
    lotse::jobs::run_due(&desk).await.unwrap();
    let report = format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: desk@desk.example\r\n\
         Subject: Undelivered\r\nMessage-ID: <dsn@mx.example>\r\nReferences: <{mail_id}>\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\n\r\nNicht zustellbar.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; weg@pankow.example\r\n\
         Action: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    );
    let mail = delivered(&desk, &report).await;
    assert_eq!(mail.ticket_id, Some(ticket.id));
    assert_eq!(reason(&desk, &mail).await, ThreadedBy::Token);
    let ours = entities::inbound::threading::message(&desk.db, message_id).await;
    assert_eq!(ours.unwrap().unwrap().delivery, Delivery::Bounced);
}

#[tokio::test]
async fn an_agent_decides_on_a_suggestion_with_one_click() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let browser = annika.sign_in().await;
    let ticket = opened(&desk, "eins@pankow.example").await;
    let subject = format!("Zu {}", ticket.number);
    for act in ["refuse", "link", "merge"] {
        let id = format!("{act}@strange.example");
        let mail = delivered(&desk, &letter(EVE, &subject, &id, &[])).await;
        let new = ticket_of(&desk, &mail).await;
        let address = format!("/tickets/{}", new.number);
        let page = browser.get(&address).await;
        assert!(page.text(".suggestion").contains(&ticket.number), "{act}");
        let done = browser
            .submit(&page, ".suggestion form", &[("act", act)])
            .await;
        assert_eq!(done.status, 303, "{act}: {}", done.describe());
        let after = browser.follow(&done).await;
        assert!(!after.has(".suggestion"), "{act}");
        let kinds = link::between(&desk.db, new.id, ticket.id).await.unwrap();
        let merged_into = desk.read(new.id).await.merged_into;
        match act {
            "refuse" => assert_eq!((kinds, merged_into), (vec![], None)),
            "link" => assert_eq!((kinds, merged_into), (vec![LinkKind::Related], None)),
            _ => assert_eq!((kinds, merged_into), (vec![], Some(ticket.id))),
        }
    }
}
