//! Mails about people's own accounts take their turn in the hour of the mailbox, and are listed once they have left.

use chrono::Duration;
use entities::Uuid;
use entities::mailbox::{Mailbox, MailboxFacts, Sending};
use entities::setting::{Noun as _, Update};
use entities::ticket::{Delivery, Ticket};
use support::desk::{Persona, TestDesk, reply};

use super::office::{answered, entries};

const PASSWORD: &str = "Leuchtturm am Wattenmeer";

/// A desk whose only mailbox sends so many mails an hour.
async fn limited(most: i32) -> (TestDesk, Uuid) {
    let desk = TestDesk::with(&[("LOTSE_MAIL_UNDO_S", "0")]).await;
    let mailbox = desk.first_mailbox().await;
    let facts = MailboxFacts {
        sending: Sending {
            hourly_limit: Some(most),
            ..mailbox.sending()
        },
        ..mailbox.facts()
    };
    let id = mailbox.id;
    desk.console(Update::<Mailbox> { id, facts }).await;
    (desk, id)
}

/// Says at the door that they forgot their password; how many mails came.
async fn forgets(desk: &TestDesk, person: &Persona) -> usize {
    let typed = [("email", person.email.as_str())];
    let asked = desk.visitor().post("/sign-in/forgotten", &typed).await;
    assert!(asked.status.as_u16() < 400, "{}", asked.describe());
    desk.run_jobs().await;
    desk.mails_to(&person.email).len()
}

async fn answer(desk: &TestDesk, ticket: &Ticket) {
    let mut answer = reply("anna@pankow.example", "Guten Tag");
    answer.undo_seconds = 0;
    answered(desk, ticket, answer).await;
    desk.run_jobs().await;
}

async fn delivery(desk: &TestDesk, ticket: &Ticket) -> Delivery {
    entries(desk, ticket).await.last().unwrap().message.delivery
}

#[tokio::test]
async fn what_tells_of_accounts_waits_for_the_hour_behind_answers_and_is_listed_once_it_left() {
    let (desk, mailbox) = limited(1).await;
    let annika = desk.agent("Annika Brandt").with_password(PASSWORD).await;
    let tobias = desk.agent("Tobias Reuter").with_password(PASSWORD).await;
    let petra = desk.administrator().await;
    assert_eq!(forgets(&desk, &annika).await, 1);
    desk.pass(Duration::minutes(1));
    assert_eq!(forgets(&desk, &tobias).await, 0, "the hour is full");
    let waits = petra.sign_in().await.get("/settings/mail").await;
    for words in [
        "Nachrichten zu Konten, die warten",
        "Tobias Reuter",
        "Neues Kennwort wählen",
        "in dieser Stunde schon so viele E-Mails gesendet",
    ] {
        waits.must_say(words);
    }
    // An answer comes later and goes first.
    let ticket = desk.ticket("Zahllauf").answered_from(mailbox).await;
    answer(&desk, &ticket).await;
    assert_eq!(delivery(&desk, &ticket).await, Delivery::Queued);
    desk.pass(Duration::minutes(60));
    desk.run_jobs().await;
    assert_eq!(delivery(&desk, &ticket).await, Delivery::Sent);
    assert!(desk.mails_to(&tobias.email).is_empty());

    desk.pass(Duration::minutes(121));
    desk.run_jobs().await;
    let mail = desk
        .mails_to(&tobias.email)
        .pop()
        .expect("delayed, not lost");
    let link = mail.text.lines().find(|line| line.contains("word="));
    let link = link.unwrap().strip_prefix(&desk.base()).unwrap();
    let opened = desk.visitor().get(link.trim()).await;
    assert_eq!(opened.status, 200, "the link was made when it left");
    let admin = petra.sign_in().await;
    let sent = admin
        .get(&format!("/settings/mailboxes/{mailbox}/sending"))
        .await;
    sent.must_say("In der letzten Stunde: 1 von höchstens 1.");
    for name in ["Annika Brandt", "Tobias Reuter"] {
        sent.must_say(name);
    }
    assert!(!admin.get("/settings/mail").await.says("Tobias Reuter"));
    desk.must_be_idle().await;
}

#[tokio::test]
async fn an_invitation_that_is_taken_back_while_it_waits_uses_no_place() {
    let (desk, mailbox) = limited(1).await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let annika = desk.agent("Annika Brandt").with_password(PASSWORD).await;
    let admin = desk.administrator().await.sign_in().await;
    assert_eq!(forgets(&desk, &annika).await, 1);
    let here = format!("/settings/guests/{nordlicht}");
    let page = admin.get(&here).await;
    let typed = [
        ("name", "Jonas Ehlers"),
        ("email", "jonas@nordlicht.example"),
    ];
    let invited = admin.submit(&page, "#invite-form", &typed).await;
    assert_eq!(invited.status, 303, "{}", invited.describe());
    desk.run_jobs().await;
    assert!(desk.mails_to("jonas@nordlicht.example").is_empty());
    let page = admin.get(&here).await;
    let act = page
        .attribute("form:has(button[value=withdraw])", "action")
        .unwrap();
    assert_eq!(admin.post(&act, &[("act", "withdraw")]).await.status, 303);
    desk.pass(Duration::minutes(121));
    desk.run_jobs().await;
    desk.must_be_idle().await;
    assert!(desk.mails_to("jonas@nordlicht.example").is_empty());
    let ticket = desk.ticket("Zahllauf").answered_from(mailbox).await;
    answer(&desk, &ticket).await;
    assert_eq!(delivery(&desk, &ticket).await, Delivery::Sent);
}
