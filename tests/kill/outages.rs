//! A server that goes away and comes back: pages say what is wrong, work goes on by itself, nothing is lost.

use std::time::{Duration, Instant};

use entities::mailbox::{ImapTls, Mailbox};
use entities::{Permit, Uuid, setting};
use lotse::mail::deliver;
use reqwest::Method;
use support::certificates::Certificates;
use support::desk::{Client, TestDesk, reply};
use support::dovecot::Dovecot;
use support::hold::{At, Hold};
use support::postgres::Postgres;
use support::smtp::Smtp;

use super::kit::{ADDRESS, CONSOLE, mailbox_at};

/// The mail server of a desk, with its mailbox.
fn dovecot() -> Dovecot {
    let dovecot = Dovecot::start();
    dovecot.add_mailbox(ADDRESS, "geheim");
    dovecot
}

/// Settings of a desk that sends to this server.
fn settings(smtp: &Smtp) -> Vec<(&'static str, String)> {
    let authority = Certificates::shared().authority.display().to_string();
    vec![
        ("LOTSE_SMTP_HOST", "localhost".to_owned()),
        ("LOTSE_SMTP_PORT", smtp.port().to_string()),
        ("LOTSE_SMTP_CA_FILE", authority.clone()),
        ("LOTSE_MAIL_CA_FILE", authority),
        ("LOTSE_SMTP_TIMEOUT_S", "5".to_owned()),
    ]
}

async fn fetched(desk: &TestDesk, dovecot: &Dovecot) -> Uuid {
    let facts = mailbox_at(desk, dovecot.imaps_port(), ImapTls::Implicit, None);
    let create = setting::Create::<Mailbox> { facts, once: None };
    desk.console(create).await.id
}

fn letter(n: usize) -> String {
    format!(
        "From: Anna <anna{n}@pankow.example>\r\nTo: {ADDRESS}\r\nSubject: Anfrage {n}\r\n\
         Message-ID: <{n}@pankow.example>\r\n\r\nGuten Tag, Frage {n}.\r\n"
    )
}

async fn until(desk: &TestDesk, sql: &str, wanted: i64) {
    let start = Instant::now();
    loop {
        let found = desk.database().number(sql, vec![]).await;
        if found == wanted {
            return;
        }
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "{sql}: {found}, not {wanted}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Looks at a page until it says that.
async fn says(reader: &Client, path: &str, words: &str) {
    let start = Instant::now();
    while !reader.get(path).await.says(words) {
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "{path} never says “{words}”"
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

const TICKETS: &str = "SELECT count(*) AS n FROM inbound_mail WHERE fate = 'ticket'";
const SENT: &str = "SELECT count(*) AS n FROM outbound_mail WHERE state = 'sent'";

async fn answered(desk: &TestDesk, n: usize) {
    let ticket = desk.ticket(&format!("Anruf {n}")).await;
    let mut answer = reply(&format!("empfang{n}@pankow.example"), "Guten Tag");
    answer.undo_seconds = 0;
    let permit = Permit::ask(&CONSOLE, ticket).unwrap();
    desk.db.change(permit, answer).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_server_that_is_away_is_named_and_nothing_is_lost() {
    // One that keeps what it says it has kept.
    let folder = support::process::scratch("postgres");
    let server = Postgres::start_in(folder.path());
    let (dovecot, smtp) = (dovecot(), Smtp::start());
    let settings = settings(&smtp);
    let settings: Vec<(&str, &str)> = settings.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let desk = TestDesk::on(&server, &settings).await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let token = annika.csrf().await.unwrap();
    fetched(&desk, &dovecot).await;
    desk.go_to_work();
    desk.go_live();
    dovecot.deliver(ADDRESS, letter(0).as_bytes());
    until(&desk, TICKETS, 1).await;
    answered(&desk, 0).await;

    server.stop();
    dovecot.deliver(ADDRESS, letter(1).as_bytes());
    let start = Instant::now();
    let page = annika.get("/tickets").await;
    assert!(start.elapsed() < Duration::from_secs(15));
    assert_eq!(page.status, 503);
    assert_eq!(page.text("h1"), "Die Datenbank antwortet nicht.");
    let notes = format!("/tickets/{}/notes", ticket.number);
    let typed = [("text", "Rückruf um zehn")];
    let post = annika
        .request(Method::POST, &notes)
        .header("HX-Request", "true")
        .header("X-CSRF", token)
        .form(&typed);
    let refused = annika.send(post).await;
    assert_eq!(refused.status, 503);
    assert_eq!(refused.targets(), ["#toasts"], "what was typed stays");
    refused.must_say("Es wurde nichts geändert.");
    let piped = deliver::deliver(&desk, "default", letter(2).as_bytes()).await;
    let error = piped.unwrap_err();
    assert_eq!(deliver::exit_code(&error), deliver::TRY_LATER);
    assert!(error.to_string().contains("database.url"), "{error}");

    server.start_again();
    let mut told = desk.live.listen();
    // The mail server tries again.
    while let Err(error) = deliver::deliver(&desk, "default", letter(2).as_bytes()).await {
        assert_eq!(deliver::exit_code(&error), deliver::TRY_LATER);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    until(&desk, TICKETS, 3).await;
    // Three receipts and the answer.
    until(&desk, SENT, 4).await;
    assert_eq!(annika.get("/tickets").await.status, 200);
    assert_eq!(annika.htmx_post(&notes, &typed).await.status, 200);
    let change = tokio::time::timeout(Duration::from_secs(20), told.recv());
    change.await.expect("pages are live again").unwrap();
    for n in 0..3 {
        smtp.wait_for(&format!("anna{n}@pankow.example"), 1).await;
    }
    let verified = entities::history::verify(&desk.db, None, |_, _| {}).await;
    assert!(verified.unwrap().is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_left_while_the_database_was_away_does_not_leave_again() {
    let folder = support::process::scratch("postgres");
    let server = Postgres::start_in(folder.path());
    let smtp = Smtp::start();
    let hold = Hold::before(smtp.port());
    let port = hold.port().to_string();
    let settings = [
        ("LOTSE_SMTP_HOST", "localhost"),
        ("LOTSE_SMTP_PORT", port.as_str()),
        ("LOTSE_SMTP_TLS", "none"),
    ];
    let desk = TestDesk::on(&server, &settings).await;
    answered(&desk, 0).await;
    hold.set(At::AnswerTo("\r\n.\r\n"));
    desk.go_to_work();
    let start = Instant::now();
    while !hold.holds() {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "nothing was sent"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    server.stop();
    hold.go_on();
    smtp.wait_for("empfang0@pankow.example", 1).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    server.start_again();
    until(&desk, SENT, 1).await;
    let waiting = "SELECT count(*) AS n FROM outbox WHERE state = 'waiting'";
    until(&desk, waiting, 0).await;
    assert_eq!(smtp.inbox("empfang0@pankow.example").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_servers_that_are_away_are_named_and_work_goes_on_by_itself() {
    let (dovecot, smtp) = (dovecot(), Smtp::start());
    let settings = settings(&smtp);
    let settings: Vec<(&str, &str)> = settings.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let desk = TestDesk::with(&settings).await;
    let admin = desk.administrator().await.sign_in().await;
    let mailbox = format!("/settings/mailboxes/{}", fetched(&desk, &dovecot).await);
    desk.go_to_work();
    says(&admin, &mailbox, "Verbunden, wartet auf neue E-Mails.").await;

    dovecot.stop();
    smtp.stop();
    dovecot.deliver(ADDRESS, letter(0).as_bytes());
    answered(&desk, 0).await;
    says(&admin, &mailbox, "Der Mailserver ist nicht erreichbar.").await;
    says(
        &admin,
        &mailbox,
        "Nicht verbunden. Der nächste Versuch folgt innerhalb einer Minute.",
    )
    .await;
    says(&admin, "/settings/mail", "Antworten, die warten").await;
    says(&admin, "/settings/mail", "nächster Versuch").await;

    dovecot.start_again();
    smtp.start_again();
    until(&desk, TICKETS, 1).await;
    says(&admin, &mailbox, "Verbunden, wartet auf neue E-Mails.").await;
    let page = admin.get(&mailbox).await;
    assert!(!page.says("Der Mailserver ist nicht erreichbar."));
    // The receipt leaves at once, the answer with its next try.
    smtp.wait_for("anna0@pankow.example", 1).await;
    desk.pass(chrono::Duration::minutes(2));
    until(&desk, SENT, 2).await;
    assert_eq!(smtp.wait_for("empfang0@pankow.example", 1).await.len(), 1);
    assert!(!admin.get("/settings/mail").await.says("nächster Versuch"));
}
