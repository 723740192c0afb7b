//! A mail that belongs elsewhere goes on unchanged, its sender is told, and the ticket ends.

use entities::ticket::{Audience, ClosingReason, State, Ticket, show, thread};
use support::desk::{Client, Page, TestDesk};

const MAIL: &str = "From: Sabine Kowalke <s.kowalke@pankow.example>\nTo: desk@desk.example\n\
    Subject: Wohngeld\nDate: Wed, 25 Nov 2026 09:00:00 +0100\nMessage-ID: <wohngeld@pankow.example>\n\n\
    Wann kommt mein Wohngeld?\n";

struct Case {
    desk: TestDesk,
    browser: Client,
    ticket: Ticket,
    form: Page,
}

impl Case {
    async fn open() -> Case {
        let desk = TestDesk::new().await;
        desk.deliver(MAIL).await;
        desk.run_jobs().await;
        let annika = desk.agent("Annika Brandt").await;
        let browser = annika.sign_in().await;
        let list = browser.get("/tickets").await;
        let address = list.attribute("#list-table a.subject", "href").unwrap();
        let address = address.split('?').next().unwrap().to_owned();
        let number = address.rsplit('/').next().unwrap();
        let ticket = show::by_number(&desk.db, &annika.actor().await, number).await;
        let page = browser.get(&address).await;
        let way = page
            .attribute("#thread a[href$='/pass-on']", "href")
            .unwrap();
        let form = browser.get(&way).await;
        Case {
            ticket: ticket.unwrap(),
            form,
            browser,
            desk,
        }
    }

    fn left(&self, to: &str) -> Vec<String> {
        let all = self.desk.sent_mails().into_iter();
        all.filter(|mail| mail.contains(to)).collect()
    }
}

#[tokio::test]
async fn the_mail_goes_on_as_it_came_and_its_sender_is_told() {
    let case = Case::open().await;
    case.form.must_say("Wann kommt mein Wohngeld?");
    case.form.must_say("s.kowalke@pankow.example");
    let typed = [("to", "wohngeld@mitte.example")];
    let done = case
        .browser
        .submit(&case.form, "#pass-on-form", &typed)
        .await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let again = case
        .browser
        .submit(&case.form, "#pass-on-form", &typed)
        .await;
    assert_eq!(again.status, 303, "{}", again.describe());
    case.desk.send_everything().await;
    let ticket = case.desk.read(case.ticket.id).await;
    assert_eq!(
        (ticket.state, ticket.closing_reason),
        (State::Solved, Some(ClosingReason::NoAction))
    );
    let passed = case.left("Resent-To: wohngeld@mitte.example");
    assert_eq!(passed.len(), 1);
    let body = MAIL.replace('\n', "\r\n");
    assert!(passed[0].contains(&body), "{}", passed[0]);
    let all = thread::thread(&case.desk.db, &ticket).await.unwrap();
    let internal = all
        .iter()
        .filter(|e| e.message.audience == Audience::Internal);
    assert_eq!(internal.count(), 1);
    let told = case.desk.mails_to("s.kowalke@pankow.example");
    let told = told.iter().map(|mail| format!("{mail:?}"));
    assert!(
        told.into_iter()
            .any(|mail| mail.contains("eine andere Stelle"))
    );
    case.desk.must_verify().await;
}

#[tokio::test]
async fn without_word_to_the_requester_the_ticket_is_closed_and_a_wrong_address_changes_nothing() {
    let case = Case::open().await;
    let action = case.form.attribute("#pass-on-form", "action").unwrap();
    for to in ["", "kaputt"] {
        let typed = [("to", to), ("reason", "no_action")];
        let refused = case.browser.post(&action, &typed).await;
        assert_eq!(refused.status, 422, "{to}: {}", refused.describe());
        assert!(refused.has("#pass-on-to-fault"));
    }
    let refused = case
        .browser
        .post(&action, &[("to", "wohngeld@mitte.example")])
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("#pass-on-reason-fault"));
    let before = case.desk.read(case.ticket.id).await;
    assert!(before.state.is_active());
    let typed = [("to", "wohngeld@mitte.example"), ("reason", "no_action")];
    let done = case.browser.post(&action, &typed).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    assert_eq!(case.desk.read(case.ticket.id).await.state, State::Closed);
    case.desk.send_everything().await;
    assert_eq!(case.left("Resent-To: wohngeld@mitte.example").len(), 1);
    case.desk.must_verify().await;
}

#[tokio::test]
async fn whoever_takes_the_mail_back_has_the_ticket_open_again() {
    let case = Case::open().await;
    let before = case.desk.read(case.ticket.id).await;
    let action = case.form.attribute("#pass-on-form", "action").unwrap();
    let typed = [("to", "wohngeld@mitte.example"), ("reason", "no_action")];
    let done = case.browser.post(&action, &typed).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let ticket = case.desk.read(case.ticket.id).await;
    assert_eq!(ticket.state, State::Closed);
    let all = thread::thread(&case.desk.db, &ticket).await.unwrap();
    let sent = all
        .iter()
        .find(|e| e.message.audience == Audience::Internal);
    let id = sent.unwrap().message.id;
    let way = format!("/tickets/{}/messages/{id}/withdraw", ticket.number);
    let taken = case.browser.post(&way, &[]).await;
    assert_eq!(taken.status, 303, "{}", taken.describe());
    let ticket = case.desk.read(case.ticket.id).await;
    assert_eq!((ticket.state, ticket.closed_at), (before.state, None));
    case.desk.send_everything().await;
    assert!(case.left("Resent-To: wohngeld@mitte.example").is_empty());
    case.desk.must_verify().await;
}
