//! Mail of ours that does not get out stands on one page, with a way to send it again.

use entities::ticket::Delivery;
use lotse::jobs;
use support::desk::{TestDesk, reply};
use support::smtp::Smtp;

use super::office::{answered, entries};

async fn desk_with(smtp: &Smtp) -> TestDesk {
    TestDesk::with(&[
        ("LOTSE_SMTP_HOST", "localhost"),
        ("LOTSE_SMTP_PORT", &smtp.port().to_string()),
        (
            "LOTSE_SMTP_CA_FILE",
            &smtp.authority().display().to_string(),
        ),
    ])
    .await
}

async fn answer(desk: &TestDesk, to: &str) -> entities::ticket::Ticket {
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let mut answer = reply(to, "Guten Tag");
    answer.undo_seconds = 0;
    answered(desk, &ticket, answer).await;
    jobs::run_due(desk).await.unwrap();
    ticket
}

#[tokio::test]
async fn a_mail_given_up_is_sent_again_from_the_list() {
    let smtp = Smtp::start();
    smtp.answer("anna@pankow.example", "550 5.1.1 Unbekannt verzogen");
    let desk = desk_with(&smtp).await;
    let ticket = answer(&desk, "anna@pankow.example").await;
    let message = entries(&desk, &ticket).await.pop().unwrap().message;
    assert_eq!(message.delivery, Delivery::Failed);

    let admin = desk.administrator().await.sign_in().await;
    let page = admin.get("/settings/mail").await;
    page.must_say("Unbekannt verzogen");
    page.must_say("anna@pankow.example");
    smtp.accept_all();
    let form = format!("form[action*=\"{}\"]", message.id);
    let done = admin.submit(&page, &form, &[]).await;
    assert_eq!(done.location().as_deref(), Some("/settings/mail"));
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(smtp.wait_for("anna@pankow.example", 1).await.len(), 1);
    let page = admin.get("/settings/mail").await;
    page.must_say("Alle Antworten wurden versendet.");
    let again = format!("/settings/outgoing/{}/{}/again", ticket.number, message.id);
    assert_eq!(admin.post(&again, &[]).await.status, 409, "it has left");
    let agent = desk.agent("Annika Brandt").await.sign_in().await;
    assert_eq!(agent.post(&again, &[]).await.status, 409);
}

#[tokio::test]
async fn a_mail_that_is_tried_again_says_why_and_when() {
    let smtp = Smtp::start();
    let desk = desk_with(&smtp).await;
    answer(&desk, "tempfail@pankow.example").await;
    let admin = desk.administrator().await.sign_in().await;
    let page = admin.get("/settings/mail").await;
    page.must_say("Antworten, die warten");
    page.must_say("Try again later");
    page.must_say("nächster Versuch");
}

#[tokio::test]
async fn work_given_up_is_taken_up_again_by_whom_may() {
    let desk = TestDesk::new().await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    answered(&desk, &ticket, reply("anna@pankow.example", "Guten Tag")).await;
    let kill =
        "UPDATE outbox SET state = 'dead', last_error = 'disk full' WHERE effect = 'send_mail'";
    desk.database().execute(kill, vec![]).await;
    desk.send_everything().await;
    assert!(desk.sent_mails().is_empty());

    let admin = desk.administrator().await.sign_in().await;
    let page = admin.get("/settings/mail").await;
    page.must_say("Aufgegebene Arbeiten");
    page.must_say("disk full");
    let path = page.attribute("form[action^=\"/settings/work/\"]", "action");
    let path = path.unwrap();
    let agent = desk.agent("Annika Brandt").await.sign_in().await;
    assert_eq!(agent.post(&path, &[]).await.status, 403);
    assert_eq!(admin.post(&path, &[]).await.status, 303);
    desk.run_jobs().await;
    assert_eq!(desk.sent_mails().len(), 1);
    assert_eq!(admin.post(&path, &[]).await.status, 404);
    desk.must_be_idle().await;
}
