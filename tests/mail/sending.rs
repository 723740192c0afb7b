//! Mailboxes send each by a server, under a signature and within an hour's limit of their own.

use entities::mailbox::{Dkim, ImapTls, Mailbox, MailboxFacts, Sending};
use entities::ticket::thread::ThreadEntry;
use entities::ticket::{Delivery, Ticket};
use entities::{Uuid, secret, setting};
use lotse::jobs;
use support::desk::{Client, TestDesk, reply};
use support::smtp::Smtp;

use super::office::{answered, entries, letter};
use super::signature::{Signer, verdicts};

const DESK: &str = "hilfe@amt.example";
const ANNA: &str = "anna@pankow.example";

/// A desk that sends over the first server, with patience for one try.
async fn desk_with(smtp: &Smtp) -> TestDesk {
    TestDesk::with(&[
        ("LOTSE_SMTP_HOST", "localhost"),
        ("LOTSE_SMTP_PORT", &smtp.port().to_string()),
        (
            "LOTSE_SMTP_CA_FILE",
            &smtp.authority().display().to_string(),
        ),
        ("LOTSE_SMTP_TIMEOUT_S", "5"),
        ("LOTSE_MAIL_UNDO_S", "0"),
    ])
    .await
}

async fn mailbox(desk: &TestDesk, sending: Sending) -> Uuid {
    let facts = MailboxFacts {
        sending,
        ..MailboxFacts::new("hilfe", DESK, "Hilfe des Amtes")
    };
    let create = setting::Create::<Mailbox> { facts, once: None };
    desk.console(create).await.id
}

async fn change(desk: &TestDesk, id: Uuid, sending: Sending) {
    let facts = MailboxFacts {
        sending,
        ..MailboxFacts::new("hilfe", DESK, "Hilfe des Amtes")
    };
    desk.console(setting::Update::<Mailbox> { id, facts }).await;
}

fn own(desk: &TestDesk, port: u16, tls: ImapTls, password: &str) -> Sending {
    Sending {
        host: Some("localhost".to_owned()),
        port: Some(port.into()),
        tls,
        user: Some(Smtp::USER.to_owned()),
        sealed_password: Some(secret::seal(desk.db.key(), password)),
        envelope_sender: Some("ruecklauf@amt.example".to_owned()),
        ..Sending::default()
    }
}

/// An answer that leaves at once, if it may.
async fn answer(desk: &TestDesk, ticket: &Ticket, body: &str) -> ThreadEntry {
    let mut answer = reply(ANNA, body);
    answer.undo_seconds = 0;
    answered(desk, ticket, answer).await;
    jobs::run_due(desk).await.unwrap();
    entries(desk, ticket).await.pop().unwrap()
}

#[tokio::test]
async fn a_mailbox_with_a_server_of_its_own_sends_there_signed_in_and_encrypted() {
    let (shared, second) = (Smtp::start(), Smtp::start());
    let desk = desk_with(&shared).await;
    let sending = own(&desk, second.tls_port(), ImapTls::Implicit, Smtp::PASSWORD);
    let id = mailbox(&desk, sending).await;
    let ticket = desk.ticket("Zahllauf").answered_from(id).await;
    let sent = answer(&desk, &ticket, "Guten Tag").await;
    assert_eq!(sent.message.delivery, Delivery::Sent);
    let raw = second.wait_for(ANNA, 1).await.pop().unwrap();
    let text = String::from_utf8_lossy(&raw);
    assert!(
        text.contains("Return-path: <ruecklauf@amt.example>"),
        "{text}"
    );
    assert!(text.contains("Hilfe des Amtes"), "{text}");
    assert!(second.log().contains("A=plain:desk"), "{}", second.log());
    assert!(shared.received().is_empty());

    let other = desk.ticket("Rolle fehlt").await;
    answer(&desk, &other, "Über den gemeinsamen Server").await;
    assert_eq!(shared.wait_for(ANNA, 1).await.len(), 1);
    assert_eq!(second.received().len(), 1);
}

#[tokio::test]
async fn a_wrong_password_makes_the_mail_wait_with_the_servers_words() {
    let (shared, second) = (Smtp::start(), Smtp::start());
    let desk = desk_with(&shared).await;
    let wrong = own(&desk, second.port(), ImapTls::StartTls, "falsch");
    let id = mailbox(&desk, wrong).await;
    let ticket = desk.ticket("Zahllauf").answered_from(id).await;
    let waits = answer(&desk, &ticket, "Guten Tag").await;
    assert_eq!(waits.message.delivery, Delivery::Queued);
    let words = waits.outbound.unwrap().last_error.unwrap();
    assert!(words.contains("535"), "{words}");

    let right = own(&desk, second.port(), ImapTls::StartTls, Smtp::PASSWORD);
    change(&desk, id, right).await;
    desk.pass(chrono::Duration::minutes(2));
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(second.wait_for(ANNA, 1).await.len(), 1);
    assert!(shared.received().is_empty());
}

#[tokio::test]
async fn a_signature_holds_where_the_mail_arrives() {
    let smtp = Smtp::start();
    let desk = desk_with(&smtp).await;
    for signer in [Signer::rsa(), Signer::ed25519()] {
        let sending = Sending {
            dkim: Dkim {
                domain: Some(signer.domain.to_owned()),
                selector: Some("lotse".to_owned()),
                sealed_key: Some(secret::seal(desk.db.key(), &signer.pem)),
            },
            ..Sending::default()
        };
        let facts = MailboxFacts {
            sending,
            ..MailboxFacts::new(signer.domain, &format!("hilfe@{}", signer.domain), "Hilfe")
        };
        let create = setting::Create::<Mailbox> { facts, once: None };
        let id = desk.console(create).await.id;
        let ticket = desk.ticket("Zahllauf für Köpenick").answered_from(id).await;
        let text = "Guten Tag,\n\n  eingerückt  und   weit\n\n.\n\n-- \nÄmter\n\n\n";
        let sent = answer(&desk, &ticket, text).await;
        assert_eq!(sent.message.delivery, Delivery::Sent);
    }
    let arrived = smtp.wait_for(ANNA, 2).await;
    for raw in &arrived {
        let is_rsa = String::from_utf8_lossy(raw).contains("d=rsa.example;");
        let signer = if is_rsa {
            Signer::rsa()
        } else {
            Signer::ed25519()
        };
        assert_eq!(verdicts(raw, &signer).await, ["pass"]);
        let meddled = String::from_utf8_lossy(raw).replace("Guten Tag", "Guten Abend");
        assert_ne!(verdicts(meddled.as_bytes(), &signer).await, ["pass"]);
        let renamed = String::from_utf8_lossy(raw).replacen("Subject: ", "Subject: Neu ", 1);
        assert_ne!(verdicts(renamed.as_bytes(), &signer).await, ["pass"]);
    }
}

#[tokio::test]
async fn a_mail_that_cannot_be_signed_waits_and_never_leaves_without() {
    let smtp = Smtp::start();
    let desk = desk_with(&smtp).await;
    let broken = |key: &str| Sending {
        dkim: Dkim {
            domain: None,
            selector: Some("lotse".to_owned()),
            sealed_key: Some(key.to_owned()),
        },
        ..Sending::default()
    };
    let id = mailbox(&desk, broken("sealed under another key")).await;
    let ticket = desk.ticket("Zahllauf").answered_from(id).await;
    let waits = answer(&desk, &ticket, "Guten Tag").await;
    assert_eq!(waits.message.delivery, Delivery::Queued);
    let words = waits.outbound.unwrap().last_error.unwrap();
    assert!(words.contains("cannot be opened"), "{words}");
    assert!(smtp.received().is_empty());

    let good = secret::seal(desk.db.key(), &Signer::ed25519().pem);
    change(&desk, id, broken(&good)).await;
    desk.pass(chrono::Duration::minutes(2));
    jobs::run_due(&desk).await.unwrap();
    let raw = smtp.wait_for(ANNA, 1).await.pop().unwrap();
    assert!(String::from_utf8_lossy(&raw).contains("d=amt.example; s=lotse;"));
}

async fn limited(desk: &TestDesk, most: i32) -> Uuid {
    let sending = Sending {
        hourly_limit: Some(most),
        ..Sending::default()
    };
    mailbox(desk, sending).await
}

#[tokio::test]
async fn what_is_above_the_hours_limit_waits_its_turn_and_says_so() {
    let desk = TestDesk::with(&[("LOTSE_MAIL_UNDO_S", "0")]).await;
    let id = limited(&desk, 2).await;
    let ticket = desk.ticket("Zahllauf").answered_from(id).await;
    for body in ["Eins", "Zwei"] {
        let sent = answer(&desk, &ticket, body).await;
        assert_eq!(sent.message.delivery, Delivery::Sent);
        desk.pass(chrono::Duration::minutes(10));
    }
    for body in ["Drei", "Vier", "Fünf"] {
        let waits = answer(&desk, &ticket, body).await;
        assert_eq!(waits.message.delivery, Delivery::Queued, "{body}");
        assert!(waits.outbound.unwrap().limited_until.is_some());
        desk.pass(chrono::Duration::seconds(1));
    }
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let page = annika.get(&format!("/tickets/{}", ticket.number)).await;
    page.must_say("wartet wegen der Stundengrenze bis");

    // An hour after the first one has left there is room for one, ten minutes later for the next.
    for sent in [3, 4, 4] {
        desk.pass(chrono::Duration::minutes(if sent == 3 { 41 } else { 10 }));
        jobs::run_due(&desk).await.unwrap();
        assert_eq!(desk.sent_mails().len(), sent);
    }
    desk.pass(chrono::Duration::hours(2));
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(desk.sent_mails().len(), 5);
    let bodies = entries(&desk, &ticket).await;
    assert!(
        bodies[1..]
            .iter()
            .all(|entry| entry.message.delivery == Delivery::Sent)
    );
    desk.must_be_idle().await;
}

#[tokio::test]
async fn answers_of_people_go_before_automatic_ones() {
    let desk = TestDesk::with(&[("LOTSE_MAIL_UNDO_S", "0")]).await;
    let id = limited(&desk, 1).await;
    let ticket = desk.ticket("Zahllauf").answered_from(id).await;
    answer(&desk, &ticket, "Eins").await;
    // Its receipt comes to the limit first.
    let mail = letter(
        "Anna <anna@pankow.example>",
        "Frage",
        "1@pankow.example",
        &[],
    );
    desk.deliver_to("hilfe", &mail).await;
    desk.run_jobs().await;
    desk.pass(chrono::Duration::minutes(1));
    let waits = answer(&desk, &ticket, "Zwei").await;
    assert_eq!(waits.message.delivery, Delivery::Queued);

    desk.pass(chrono::Duration::minutes(60));
    desk.run_jobs().await;
    let sent = desk.sent_mails();
    assert_eq!(sent.len(), 2);
    assert!(sent[1].contains("Zwei") && !sent[1].contains("Auto-Submitted"));
    desk.pass(chrono::Duration::minutes(180));
    desk.run_jobs().await;
    let sent = desk.sent_mails();
    assert!(sent.len() == 3 && sent[2].contains("Auto-Submitted: auto-replied"));
    desk.must_be_idle().await;
}

async fn administrator(desk: &TestDesk) -> Client {
    desk.administrator().await.sign_in().await
}

#[tokio::test]
async fn an_administrator_sets_up_sending_and_tries_it() {
    let (shared, second) = (Smtp::start(), Smtp::start());
    let desk = desk_with(&shared).await;
    let id = mailbox(&desk, Sending::default()).await;
    let admin = administrator(&desk).await;
    let path = format!("/settings/mailboxes/{id}/sending");
    let mailbox_page = admin.get(&format!("/settings/mailboxes/{id}")).await;
    mailbox_page.must_say("Versand einrichten");

    let signer = Signer::rsa();
    let port = second.tls_port().to_string();
    let typed = [
        ("smtp_host", "localhost"),
        ("smtp_tls", "implicit"),
        ("smtp_port", port.as_str()),
        ("smtp_user", Smtp::USER),
        ("smtp_password", "falsch"),
        ("hourly_limit", "100"),
        ("dkim_selector", "lotse"),
        ("dkim_key", signer.pem.as_str()),
    ];
    assert_eq!(admin.post(&path, &typed).await.status, 303);
    let page = admin.get(&path).await;
    page.must_say("lotse._domainkey.amt.example");
    page.must_say(&signer.record);
    assert!(!page.body().contains("PRIVATE KEY-----\n"));
    assert!(!page.body().contains("falsch"));

    let test = format!("{path}/test");
    let refused = admin.post(&test, &[("test_to", ANNA)]).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Die Test-Mail konnte nicht gesendet werden.");
    refused.must_say("535");

    let better = [
        &typed[..4],
        &[("smtp_password", Smtp::PASSWORD)],
        &typed[5..7],
    ]
    .concat();
    assert_eq!(admin.post(&path, &better).await.status, 303);
    let done = admin.post(&test, &[("test_to", ANNA)]).await;
    let told = admin.follow(&done).await;
    told.must_say("Der Mailserver hat die Test-Mail angenommen.");
    let raw = second.wait_for(ANNA, 1).await.pop().unwrap();
    let text = String::from_utf8_lossy(&raw);
    assert!(
        text.contains("DKIM-Signature:"),
        "the stored key stays: {text}"
    );

    // The mailbox's own form knows nothing of all this and must not lose it.
    let form = admin.get(&format!("/settings/mailboxes/{id}")).await;
    let saved = admin.submit(&form, "main form", &[("display_name", "Hilfe")]);
    assert_eq!(saved.await.status, 303);
    let kept = entities::mailbox::intake::by_id(&desk.db, id)
        .await
        .unwrap();
    let kept = kept.unwrap();
    assert_eq!(kept.display_name, "Hilfe");
    assert!(kept.dkim_key.is_some() && kept.smtp_password.is_some());
    assert_eq!(kept.hourly_limit, Some(100));
}

#[tokio::test]
async fn what_cannot_be_right_is_said_at_its_field() {
    let desk = TestDesk::new().await;
    let id = mailbox(&desk, Sending::default()).await;
    let admin = administrator(&desk).await;
    let path = format!("/settings/mailboxes/{id}/sending");
    for (typed, words) in [
        (
            vec![("dkim_selector", "lotse")],
            "Fügen Sie auch den privaten Schlüssel ein.",
        ),
        (
            vec![("dkim_selector", "lotse"), ("dkim_key", "geheim")],
            "Das ist kein privater Schlüssel in PEM-Form.",
        ),
        (
            vec![("dkim_key", Signer::ed25519().pem.leak() as &str)],
            "Geben Sie auch den Namen des Schlüssels ein.",
        ),
        (
            vec![("hourly_limit", "viele")],
            "Geben Sie eine Zahl von 1 bis",
        ),
        (
            vec![("smtp_host", "mail.amt.example"), ("smtp_port", "0")],
            "65",
        ),
    ] {
        let refused = admin.post(&path, &typed).await;
        assert_eq!(refused.status, 422, "{typed:?}");
        refused.must_say(words);
        if let [("smtp_host", host), _] = typed[..] {
            let kept = refused.attribute("#smtp_host", "value");
            assert_eq!(kept.as_deref(), Some(host), "what was typed stays");
        }
    }
    let test = format!("{path}/test");
    let refused = admin.post(&test, &[("test_to", "nirgends")]).await;
    assert_eq!(refused.status, 422);
    let agent = desk.agent("Annika Brandt").await.sign_in().await;
    assert_eq!(agent.get(&path).await.status, 404);
    assert_eq!(agent.post(&path, &[("smtp_host", "x")]).await.status, 403);
    let refused = agent.post(&test, &[("test_to", ANNA)]).await;
    assert_eq!(refused.status, 403);
}
