//! With real servers: fetched over IMAP, answered over SMTP, answered back, given up and sent again.

use std::time::{Duration, Instant};

use entities::inbound::Fate;
use entities::mailbox::{self, Imap, ImapTls, MailboxFacts};
use entities::ticket::message::ThreadedBy;
use entities::ticket::{Delivery, SendAgain, State};
use entities::{Permit, secret, setting};
use lotse::jobs;
use lotse::mail::read::read;
use support::desk::{TestDesk, reply};
use support::dovecot::Dovecot;
use support::smtp::Smtp;
use tokio_util::sync::CancellationToken;

use super::office::{CONSOLE, answered, entries, letter, newest, reason, ticket_of, tickets};

const ANNA: &str = "Anna Brandt <anna.brandt@pankow.example>";
const DESK: &str = "hilfe@amt.example";

/// A desk that sends over this server and trusts its certificates.
async fn desk_with(smtp: &Smtp) -> TestDesk {
    let port = smtp.port().to_string();
    let authority = smtp.authority().display().to_string();
    TestDesk::with(&[
        ("LOTSE_SMTP_HOST", "localhost"),
        ("LOTSE_SMTP_PORT", &port),
        ("LOTSE_SMTP_CA_FILE", &authority),
        ("LOTSE_MAIL_CA_FILE", &authority),
        ("LOTSE_SMTP_TIMEOUT_S", "5"),
    ])
    .await
}

pub async fn fetched(desk: &TestDesk, imap: Imap) -> entities::Uuid {
    let facts = MailboxFacts {
        imap,
        ..MailboxFacts::new("hilfe", DESK, "Hilfe des Amtes")
    };
    let create = setting::Create::<mailbox::Mailbox> { facts, once: None };
    desk.console(create).await.id
}

pub fn imap(desk: &TestDesk, port: u16, tls: ImapTls, password: &str) -> Imap {
    Imap {
        host: Some("localhost".to_owned()),
        port: Some(port.into()),
        tls,
        user: Some(DESK.to_owned()),
        sealed_password: Some(secret::seal(desk.db.key(), password)),
        ..Imap::default()
    }
}

pub fn work(desk: &TestDesk) -> CancellationToken {
    let (desk, stop) = (lotse::desk::Desk::clone(desk), CancellationToken::new());
    let token = stop.clone();
    tokio::spawn(async move { jobs::run(desk, token).await.unwrap() });
    stop
}

pub async fn until(desk: &TestDesk, sql: &str, wanted: i64) {
    let start = Instant::now();
    loop {
        let found = desk.database().number(sql, vec![]).await;
        if found == wanted {
            return;
        }
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{sql}: {found}, not {wanted}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

const SETTLED: &str = "SELECT count(*) AS n FROM inbound_mail WHERE fate <> 'stored'";

#[tokio::test]
async fn a_mail_is_fetched_answered_and_the_answer_comes_back() {
    let (dovecot, smtp) = (Dovecot::start(), Smtp::start());
    dovecot.add_mailbox(DESK, "geheim");
    let desk = desk_with(&smtp).await;
    dovecot.deliver(
        DESK,
        letter(ANNA, "Zahllauf", "1@pankow.example", &[]).as_bytes(),
    );
    fetched(
        &desk,
        imap(&desk, dovecot.imaps_port(), ImapTls::Implicit, "geheim"),
    )
    .await;
    let stop = work(&desk);
    until(&desk, SETTLED, 1).await;
    let mail = newest(&desk).await;
    assert_eq!(mail.fate, Fate::Ticket);
    let ticket = ticket_of(&desk, &mail).await;
    smtp.wait_for("anna.brandt@pankow.example", 1).await;

    let mut answer = reply("anna.brandt@pankow.example", "Guten Tag **Frau Brandt**");
    answer.undo_seconds = 0;
    answer.addresses.bcc = vec![entities::ticket::message::Address {
        name: None,
        address: "leitung@amt.example".to_owned(),
    }];
    let mail_id = answered(&desk, &ticket, answer).await;
    let inbox = smtp.wait_for("anna.brandt@pankow.example", 2).await;
    let raw = inbox
        .iter()
        .find(|raw| String::from_utf8_lossy(raw).contains(&mail_id))
        .unwrap();
    let arrived = read(raw).unwrap();
    assert_eq!(arrived.message_id, Some(mail_id.clone()));
    assert_eq!(arrived.in_reply_to.as_deref(), Some("1@pankow.example"));
    assert_eq!(arrived.references, ["1@pankow.example"]);
    assert_eq!(arrived.from.unwrap().address, DESK);
    assert!(arrived.subject.unwrap().contains(&ticket.number));
    assert!(
        arrived
            .html
            .unwrap()
            .contains("<strong>Frau Brandt</strong>")
    );
    assert!(!String::from_utf8_lossy(raw).contains("leitung@amt.example"));
    assert_eq!(smtp.wait_for("leitung@amt.example", 1).await.len(), 1);

    let header = format!("In-Reply-To: <{mail_id}>");
    let back = letter(ANNA, "AW: danke", "2@pankow.example", &[&header]);
    dovecot.deliver(DESK, back.as_bytes());
    until(&desk, SETTLED, 2).await;
    let mail = newest(&desk).await;
    assert_eq!(mail.ticket_id, Some(ticket.id));
    assert_eq!(reason(&desk, &mail).await, ThreadedBy::Token);
    assert_eq!(desk.read(ticket.id).await.state, State::Open);
    stop.cancel();
    let flags = dovecot.flags(DESK, "INBOX");
    assert!(flags.iter().all(|flags| flags.contains('S')), "{flags:?}");
    assert_eq!(flags.len(), 2);
}

#[tokio::test]
async fn mail_is_moved_away_over_starttls_and_after_a_restart_of_the_server() {
    let (dovecot, smtp) = (Dovecot::start(), Smtp::start());
    dovecot.add_mailbox(DESK, "geheim");
    let desk = desk_with(&smtp).await;
    let settings = Imap {
        move_to: Some("Erledigt".to_owned()),
        ..imap(&desk, dovecot.imap_port(), ImapTls::StartTls, "geheim")
    };
    fetched(&desk, settings).await;
    let stop = work(&desk);
    let bulk = ["Precedence: bulk"];
    dovecot.deliver(
        DESK,
        letter(ANNA, "Eins", "1@pankow.example", &bulk).as_bytes(),
    );
    until(&desk, SETTLED, 1).await;
    dovecot.restart();
    dovecot.deliver(
        DESK,
        letter(ANNA, "Zwei", "2@pankow.example", &bulk).as_bytes(),
    );
    until(&desk, SETTLED, 2).await;
    let start = Instant::now();
    while dovecot.messages(DESK, "Erledigt").len() < 2 {
        assert!(start.elapsed() < Duration::from_secs(10), "not moved");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(dovecot.messages(DESK, "INBOX").is_empty());
    assert_eq!(tickets(&desk).await, 2);
    stop.cancel();
}

#[tokio::test]
async fn a_wrong_password_and_a_dead_server_are_seen_on_the_mailbox() {
    let (dovecot, smtp) = (Dovecot::start(), Smtp::start());
    dovecot.add_mailbox(DESK, "geheim");
    let desk = desk_with(&smtp).await;
    let id = fetched(
        &desk,
        imap(&desk, dovecot.imaps_port(), ImapTls::Implicit, "falsch"),
    )
    .await;
    let stop = work(&desk);
    let failed = "SELECT count(*) AS n FROM mailbox_state WHERE last_failure LIKE '%sign-in%'";
    until(&desk, failed, 1).await;
    let rows = mailbox::list(&desk.db, &CONSOLE, setting::Show::All)
        .await
        .unwrap();
    let row = rows.into_iter().find(|row| row.mailbox.id == id).unwrap();
    assert!(row.looked.unwrap().failing().is_some());
    dovecot.stop();
    let failed = "SELECT count(*) AS n FROM mailbox_state WHERE last_failure LIKE '%connect%'";
    until(&desk, failed, 1).await;
    stop.cancel();
}

#[tokio::test]
async fn a_refusal_for_good_is_given_up_and_can_be_sent_again() {
    let smtp = Smtp::start();
    let desk = desk_with(&smtp).await;
    let ticket = desk.ticket("Zahllauf").await;
    let mut answer = reply("unknown@pankow.example", "Guten Tag");
    answer.undo_seconds = 0;
    let message_id = answer.message_id;
    answered(&desk, &ticket, answer).await;
    jobs::run_due(&desk).await.unwrap();
    let all = entries(&desk, &ticket).await;
    let entry = all
        .into_iter()
        .find(|e| e.message.id == message_id)
        .unwrap();
    assert_eq!(entry.message.delivery, Delivery::Failed);
    let dead = entities::outgoing::dead::list(&desk.db, &CONSOLE)
        .await
        .unwrap();
    assert!(
        dead[0]
            .last_error
            .as_ref()
            .unwrap()
            .contains("No such user")
    );

    smtp.answer("unknown@pankow.example", "451 4.3.0 Later");
    let again = SendAgain {
        message: entry.message,
    };
    let permit = Permit::ask(&CONSOLE, desk.read(ticket.id).await).unwrap();
    desk.db.change(permit, again).await.unwrap();
    jobs::run_due(&desk).await.unwrap();
    let queued = "SELECT count(*) AS n FROM outbound_mail WHERE state = 'queued' AND attempts = 1";
    assert_eq!(desk.database().number(queued, vec![]).await, 1);
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(desk.database().number(queued, vec![]).await, 1, "it waits");
}

#[tokio::test]
async fn a_server_that_is_away_delays_a_mail_and_loses_none() {
    let smtp = Smtp::start();
    let desk = desk_with(&smtp).await;
    let ticket = desk.ticket("Zahllauf").await;
    smtp.stop();
    let mut answer = reply("anna@pankow.example", "Guten Tag");
    answer.undo_seconds = 0;
    let message_id = answer.message_id;
    answered(&desk, &ticket, answer).await;
    jobs::run_due(&desk).await.unwrap();
    smtp.start_again();
    desk.pass(chrono::Duration::seconds(61));
    jobs::run_due(&desk).await.unwrap();
    smtp.wait_for("anna@pankow.example", 1).await;
    let all = entries(&desk, &ticket).await;
    let entry = all
        .into_iter()
        .find(|e| e.message.id == message_id)
        .unwrap();
    assert_eq!(entry.message.delivery, Delivery::Sent);
}

#[tokio::test]
async fn a_mail_taken_back_in_time_never_leaves() {
    let smtp = Smtp::start();
    let desk = desk_with(&smtp).await;
    let ticket = desk.ticket("Zahllauf").await;
    let answer = reply("anna@pankow.example", "Guten Tag");
    let message_id = answer.message_id;
    answered(&desk, &ticket, answer).await;
    jobs::run_due(&desk).await.unwrap();
    let all = entries(&desk, &ticket).await;
    let entry = all
        .into_iter()
        .find(|e| e.message.id == message_id)
        .unwrap();
    assert_eq!(entry.message.delivery, Delivery::Queued);
    let withdraw = entities::ticket::Withdraw {
        message: entry.message,
    };
    let permit = Permit::ask(&CONSOLE, desk.read(ticket.id).await).unwrap();
    desk.db.change(permit, withdraw).await.unwrap();
    desk.pass(chrono::Duration::seconds(30));
    jobs::run_due(&desk).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(smtp.received().is_empty());
}
