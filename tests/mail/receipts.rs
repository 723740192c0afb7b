//! The automatic receipt: its headers, every rule that forbids it, and its limits.

use entities::absence::{AbsenceFacts, Absentee, EnterAbsence};
use entities::outgoing::limits::{self, Limit};
use entities::outgoing::stop;
use entities::permit::Protected as _;
use entities::ticket::assign::Assignee;
use entities::ticket::{Assign, Direction, Ticket};
use entities::{Permit, history, mailbox};
use lotse::jobs;
use lotse::mail::read::{Mail, read};
use support::desk::TestDesk;

use super::office::{delivered, entries, letter, ticket_of};

const ANNA: &str = "Anna Brandt <anna.brandt@pankow.example>";

/// The mails written into the folder for outgoing mail.
pub fn sent(desk: &TestDesk) -> Vec<Mail> {
    let Ok(folder) = std::fs::read_dir(desk.config.outgoing_dir()) else {
        return Vec::new();
    };
    folder
        .map(|file| read(&std::fs::read(file.unwrap().path()).unwrap()).unwrap())
        .collect()
}

/// The rule that forbade the receipt of a ticket, as the history names it.
async fn forbidden_by(desk: &TestDesk, ticket: &Ticket) -> Option<String> {
    let events = history::of(&desk.db, ticket.id, None, 50).await.unwrap();
    events
        .into_iter()
        .find(|event| event.name == "receipt_suppressed")
        .and_then(|event| {
            let payload: serde_json::Value = serde_json::from_str(&event.payload).unwrap();
            payload["by"].as_str().map(str::to_owned)
        })
}

#[tokio::test]
async fn a_new_ticket_is_answered_once_and_no_machine_answers_back() {
    let desk = TestDesk::new().await;
    let mail = delivered(&desk, &letter(ANNA, "Zahllauf", "eins@pankow.example", &[])).await;
    let ticket = ticket_of(&desk, &mail).await;
    jobs::run_due(&desk).await.unwrap();
    jobs::run_due(&desk).await.unwrap();
    let all = sent(&desk);
    assert_eq!(all.len(), 1);
    let receipt = &all[0];
    assert_eq!(receipt.to[0].address, "anna.brandt@pankow.example");
    assert_eq!(receipt.in_reply_to.as_deref(), Some("eins@pankow.example"));
    let subject = format!("Re: [#{}] Zahllauf", ticket.number);
    assert_eq!(receipt.subject, Some(subject));
    assert!(receipt.text.contains(&ticket.number), "{}", receipt.text);
    let names: Vec<_> = receipt
        .suppressions
        .iter()
        .map(|h| h.name.as_str())
        .collect();
    for header in [
        "Auto-Submitted",
        "Precedence",
        "X-Loop",
        "X-Auto-Response-Suppress",
    ] {
        assert!(names.contains(&header), "{header} is missing: {names:?}");
    }
    let thread = entries(&desk, &ticket).await;
    assert_eq!(thread.len(), 2);
    assert_eq!(thread[1].message.direction, Direction::Out);
    assert!(desk.read(ticket.id).await.first_reply_at.is_none());
}

#[tokio::test]
async fn every_sign_of_a_machine_forbids_the_receipt() {
    let desk = TestDesk::new().await;
    for (number, header) in [
        "Auto-Submitted: auto-generated",
        "Precedence: bulk",
        "Precedence: list",
        "Precedence: junk",
        "List-Id: <a.b>",
        "List-Unsubscribe: <mailto:a@b.de>",
        "Mailing-List: x",
        "X-Loop: x",
        "X-No-Loop: 1",
        "X-Auto-Response-Suppress: OOF",
        "Return-Path: <>",
        "Reply-To: noreply@x.de",
        "Reply-To: hilfe@desk.example",
    ]
    .into_iter()
    .enumerate()
    {
        let raw = letter(ANNA, "Meldung", &format!("{number}@x.example"), &[header]);
        let ticket = ticket_of(&desk, &delivered(&desk, &raw).await).await;
        jobs::run_due(&desk).await.unwrap();
        let name = header.split(':').next().unwrap_or_default().to_lowercase();
        let expected = match header.ends_with("hilfe@desk.example") {
            true => "own-address".to_owned(),
            false => name,
        };
        assert_eq!(
            forbidden_by(&desk, &ticket).await,
            Some(expected),
            "{header}"
        );
    }
    assert_eq!(sent(&desk).len(), 0);
}

#[tokio::test]
async fn a_mailbox_without_receipts_sends_none() {
    let desk = TestDesk::new().await;
    desk.database()
        .execute("UPDATE mailbox SET receipt = false", vec![])
        .await;
    let raw = letter(ANNA, "Zahllauf", "eins@pankow.example", &[]);
    let ticket = ticket_of(&desk, &delivered(&desk, &raw).await).await;
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(forbidden_by(&desk, &ticket).await.as_deref(), Some("off"));
    assert!(
        !mailbox::intake::first(&desk.db)
            .await
            .unwrap()
            .unwrap()
            .receipt
    );
    assert_eq!(sent(&desk).len(), 0);
}

#[tokio::test]
async fn limits_stop_a_loop_and_forget_after_their_time() {
    let desk = TestDesk::new().await;
    let ticket = entities::new_id();
    let take = |to: &'static str, ticket| limits::take(&desk.db, to, ticket);
    for _ in 0..10 {
        assert_eq!(take("a@x.example", ticket).await.unwrap(), None);
    }
    assert_eq!(
        take("A@x.example", ticket).await.unwrap(),
        Some(Limit::RecipientAndTicket)
    );
    for _ in 0..20 {
        assert_eq!(take("a@x.example", entities::new_id()).await.unwrap(), None);
    }
    assert_eq!(
        take("a@x.example", entities::new_id()).await.unwrap(),
        Some(Limit::Recipient)
    );
    assert_eq!(take("b@x.example", ticket).await.unwrap(), None);
    desk.pass(chrono::Duration::minutes(31));
    assert_eq!(take("a@x.example", ticket).await.unwrap(), None);
    assert!(stop::current(&desk.db).await.unwrap().is_none());
}

#[tokio::test]
async fn a_receipt_names_who_stands_in_where_the_absent_person_allowed_it() {
    for names_deputy in [true, false] {
        let desk = TestDesk::new().await;
        let tobias = desk.agent("Tobias Reuter").await;
        let annika = desk.agent("Annika Brandt").await;
        let today = entities::clock::day(desk.db.clock().now());
        let facts = AbsenceFacts {
            deputy_id: Some(annika.id),
            names_deputy,
            ..AbsenceFacts::days(today, today)
        };
        let actor = tobias.actor().await;
        let me = Absentee::find(&desk.db, &actor, "").await.unwrap();
        let permit = Permit::ask(&actor, me).unwrap();
        let away = EnterAbsence { facts, once: None };
        desk.db.change(permit, away).await.unwrap();
        let raw = letter(ANNA, "Zahllauf", "eins@pankow.example", &[]);
        let ticket = ticket_of(&desk, &delivered(&desk, &raw).await).await;
        let admin = desk.administrator().await.actor().await;
        let permit = Permit::ask(&admin, desk.read(ticket.id).await).unwrap();
        let to = Assignee::Person { id: tobias.id };
        desk.db.change(permit, Assign { to }).await.unwrap();
        jobs::run_due(&desk).await.unwrap();
        let all = sent(&desk);
        let receipt = all.iter().find(|mail| mail.text.contains("eingegangen"));
        let receipt = receipt.unwrap();
        let said = receipt
            .text
            .contains("In Vertretung kümmert sich Annika Brandt um Ihre Nachricht.");
        assert_eq!(said, names_deputy, "{}", receipt.text);
        assert!(!receipt.text.contains("Tobias"), "{}", receipt.text);
    }
}
