//! Mails about notices as they leave: bundled, marked as written by a machine, in the reader's language, once.

use entities::notice::Topic;
use entities::notice::choice::{self, Channel, Choice};
use entities::session::preference::{self, Preference};
use entities::ticket::{Ticket, WriteNote, WriteNoteTo};
use entities::{Permit, notice};
use lotse::jobs;
use support::desk::{Persona, TestDesk};
use support::smtp::Smtp;

async fn desk_with(smtp: &Smtp) -> TestDesk {
    TestDesk::with(&[
        ("LOTSE_SMTP_HOST", "localhost"),
        ("LOTSE_SMTP_PORT", &smtp.port().to_string()),
        (
            "LOTSE_SMTP_CA_FILE",
            &smtp.authority().display().to_string(),
        ),
        ("LOTSE_SMTP_TIMEOUT_S", "5"),
    ])
    .await
}

async fn names(desk: &TestDesk, who: &Persona, ticket: &Ticket, whom: &Persona) {
    let permit = Permit::ask(&who.actor().await, ticket.clone()).unwrap();
    let note = WriteNote {
        body: "Geheimer Stand".to_owned(),
        files: vec![],
        once: None,
    };
    let command = WriteNoteTo {
        note,
        people: vec![whom.id],
    };
    desk.db.change(permit, command).await.unwrap();
}

#[tokio::test]
async fn the_digest_of_a_day_is_one_mail_with_an_entry_for_each_ticket_and_leaves_once() {
    let smtp = Smtp::start();
    let desk = desk_with(&smtp).await;
    let annika = desk.agent("Annika Brandt").await;
    let derya = desk.agent("Derya Aksoy").await;
    let mut choice = Choice::default();
    choice.choose(Topic::Mentioned, Channel::Daily);
    choice::keep(&desk.db, derya.id, &choice).await.unwrap();
    let likes = Preference {
        locale: Some("en".to_owned()),
        ..Preference::default()
    };
    preference::keep(&desk.db, derya.id, &likes).await.unwrap();
    let (first, second) = (desk.ticket("Zahllauf").await, desk.ticket("Bescheid").await);
    let read = desk.ticket("Gutschein").await;
    for ticket in [&first, &second, &first, &read] {
        names(&desk, &annika, ticket, &derya).await;
    }
    jobs::run_due(&desk).await.unwrap();
    notice::read(&desk.db, &derya.actor().await, read.id)
        .await
        .unwrap();
    desk.pass(chrono::Duration::hours(24));
    for _ in 0..3 {
        jobs::run_due(&desk).await.unwrap();
    }
    let raw = smtp.wait_for(&derya.email, 1).await;
    assert_eq!(raw.len(), 1);
    let raw = String::from_utf8_lossy(&raw[0]).into_owned();
    for header in [
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "X-Loop: ",
    ] {
        assert!(raw.contains(header), "{header}: {raw}");
    }
    let mail = lotse::mail::read::read(raw.as_bytes()).unwrap();
    let subject = mail.subject.as_deref();
    assert_eq!(subject, Some("Lotse: news in 2 tickets and articles"));
    let text = &mail.text;
    assert_eq!(text.matches("Zahllauf").count(), 1, "{text}");
    assert_eq!(text.matches("You were mentioned").count(), 3, "{text}");
    assert_eq!(
        text.matches("because you are mentioned in a note").count(),
        2
    );
    assert!(
        text.contains("/account/notifications#topic-mentioned"),
        "{text}"
    );
    assert!(
        !text.contains("Gutschein") && !text.contains("Geheim"),
        "{text}"
    );
    let html = mail.html.as_deref().unwrap();
    let stop = format!(
        "{}/account/notifications#topic-mentioned",
        desk.config.public_url
    );
    for part in [
        "<html lang=\"en\">",
        "<li>You were mentioned",
        &format!("<a href=\"{stop}\">{stop}</a>"),
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert_eq!(html.matches("Zahllauf").count(), 1, "{html}");
    desk.must_be_idle().await;
}
