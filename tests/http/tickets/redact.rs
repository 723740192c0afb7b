//! Something is blacked out: asked for by an agent, done by a lead, gone from page, original and store.

use entities::ticket::link;
use entities::ticket::{Ticket, thread};
use entities::{Actor, Rule, history};
use support::desk::{Client, TestDesk};

const MAIL: &str = "From: Sabine Kowalke <s.kowalke@pankow.example>\nTo: desk@desk.example\n\
    Subject: Akte Malinowski\nDate: Wed, 25 Nov 2026 09:00:00 +0100\nMessage-ID: <akte@pankow.example>\n\
    MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n\
    --b\nContent-Type: text/plain; charset=utf-8\n\nDas Kind Malinowski wohnt in der Lindenstr. 7.\n\n\
    --b\nContent-Type: text/html; charset=utf-8\n\n<p>Das Kind <b>Malinowski</b> wohnt in der Lindenstr. 7.</p>\n\n--b--\n";

struct Case {
    desk: TestDesk,
    annika: Client,
    jonas: Client,
    address: String,
    ticket: Ticket,
}

impl Case {
    /// An agent and a lead, and a mail that names a child.
    async fn open() -> Case {
        let desk = TestDesk::new().await;
        desk.deliver(MAIL).await;
        desk.run_jobs().await;
        let youth = desk.team("Jugend 1").await;
        let annika = desk.agent("Annika Brandt").in_team(youth).await;
        let jonas = desk.lead("Jonas Weber").in_team(youth).await;
        let (annika, jonas) = (annika.sign_in().await, jonas.sign_in().await);
        let list = annika.get("/tickets").await;
        let address = list.attribute("#list-table a.subject", "href").unwrap();
        let address = address.split('?').next().unwrap().to_owned();
        let number = address.rsplit('/').next().unwrap();
        let actor = desk.administrator().await.actor().await;
        let ticket = entities::ticket::show::by_number(&desk.db, &actor, number).await;
        Case {
            annika,
            jonas,
            address,
            ticket: ticket.unwrap(),
            desk,
        }
    }

    /// Annika asks for the name.
    async fn ask(&self) {
        let page = self.annika.get(&self.address).await;
        let way = page
            .attribute("#thread a[href$='/redact']", "href")
            .unwrap();
        let form = self.annika.get(&way).await;
        let typed = [("passages", "Malinowski"), ("reason", "Sozialdaten")];
        let done = self.annika.submit(&form, "#redact-form", &typed).await;
        assert_eq!(done.status, 303, "{}", done.describe());
    }

    async fn raw(&self) -> Option<String> {
        let all = thread::thread(&self.desk.db, &self.ticket).await.unwrap();
        all[0].message.raw_sha256.clone()
    }
}

#[tokio::test]
async fn a_name_goes_from_the_page_the_original_and_the_store_once_a_lead_approves() {
    let case = Case::open().await;
    let before = case.raw().await.unwrap();
    case.ask().await;
    let page = case.annika.get(&case.address).await;
    page.must_say("Schwärzung beantragt");
    page.must_say("Malinowski");
    assert!(!page.has("#thread a[href*='/redactions/']"));
    assert!(page.has("#thread form[action$='/withdraw']"));

    let page = case.jonas.get(&case.address).await;
    let way = page
        .attribute("#thread a[href*='/redactions/']", "href")
        .unwrap();
    let decision = case.jonas.get(&way).await;
    decision.must_say("Malinowski");
    decision.must_say("Sozialdaten");
    decision.must_say("Das lässt sich nicht rückgängig machen");
    let form = "#redaction form:not([action$='/refuse'])";
    let done = case.jonas.submit(&decision, form, &[]).await;
    assert_eq!(done.status, 303, "{}", done.describe());

    let page = case.annika.get(&case.address).await;
    page.must_say("Geschwärzt");
    page.must_say("Lindenstr. 7");
    assert!(!page.body().contains("Malinowski"));
    let raw = page.attribute("#thread a[href$='/raw']", "href").unwrap();
    let raw = case.annika.get(&raw).await;
    assert_eq!(raw.status, 200);
    assert!(!raw.body().contains("Malinowski"));
    assert_ne!(case.raw().await.unwrap(), before);
    assert!(case.desk.db.blobs().get(&before).await.is_err());
    let history = case.annika.get(&format!("{}/history", case.address)).await;
    history.must_say("beantragt von Annika Brandt");
    assert!(!history.body().contains("Malinowski"));
    // The same mail once more is a copy and brings nothing back.
    case.desk.deliver(MAIL).await;
    case.desk.run_jobs().await;
    let page = case.annika.get(&case.address).await;
    assert!(!page.body().contains("Malinowski"));
    let again = case.jonas.submit(&decision, form, &[]).await;
    assert_eq!(again.status, 422, "{}", again.describe());
    again.must_say("schon entschieden");
    case.desk.must_verify().await;
}

#[tokio::test]
async fn what_was_typed_wrong_is_said_beside_the_field_and_stays() {
    let case = Case::open().await;
    let page = case.annika.get(&case.address).await;
    let way = page
        .attribute("#thread a[href$='/redact']", "href")
        .unwrap();
    let form = case.annika.get(&way).await;
    form.must_say("Das Kind Malinowski");
    let typed = [("passages", "Malinowska\nAb"), ("reason", "")];
    let refused = case.annika.submit(&form, "#redact-form", &typed).await;
    assert_eq!(refused.status, 422, "{}", refused.describe());
    let said = refused.text("#redact-passages-fault");
    assert!(
        said.contains("„Malinowska“ steht so nicht") && said.contains("„Ab“ ist zu kurz"),
        "{said}"
    );
    assert!(refused.has("#redact-reason-fault"));
    assert!(refused.text("#redact-passages").contains("Malinowska"));
    let nothing = [("passages", ""), ("reason", "Sozialdaten")];
    let refused = case.annika.submit(&form, "#redact-form", &nothing).await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("#redact-passages-fault"));
}

#[tokio::test]
async fn whoever_asked_does_not_decide_and_takes_the_request_back() {
    let case = Case::open().await;
    case.ask().await;
    let page = case.jonas.get(&case.address).await;
    let way = page
        .attribute("#thread a[href*='/redactions/']", "href")
        .unwrap();
    // An agent may not even look at it.
    assert_eq!(case.annika.get(&way).await.status, 403);
    assert_eq!(case.annika.post(&way, &[]).await.status, 403);
    let page = case.annika.get(&case.address).await;
    let form = "#thread form[action$='/withdraw']";
    let done = case.annika.submit(&page, form, &[]).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let page = case.annika.get(&case.address).await;
    page.must_say("Antrag auf Schwärzung zurückgezogen");
    page.must_say("Malinowski");
    assert!(!page.has(form));
    case.desk.must_verify().await;
}

#[tokio::test]
async fn a_copy_in_another_ticket_goes_along_with_its_title_and_its_original() {
    let case = Case::open().await;
    let before = case.raw().await.unwrap();
    let page = case.annika.get(&case.address).await;
    let way = page.attribute("#thread a[href$='/split']", "href").unwrap();
    let form = case.annika.get(&way).await;
    let typed = [("title", "Malinowski, zweites Anliegen")];
    let done = case.annika.submit(&form, "#split-form", &typed).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let console = Actor::System(Rule::Console);
    let links = link::of(&case.desk.db, &console, case.ticket.id).await;
    let other = links.unwrap()[0].id;
    case.ask().await;
    let page = case.jonas.get(&case.address).await;
    let way = page
        .attribute("#thread a[href*='/redactions/']", "href")
        .unwrap();
    let decision = case.jonas.get(&way).await;
    decision.must_say("Auch ein anderes Ticket ist betroffen");
    let form = "#redaction form:not([action$='/refuse'])";
    let done = case.jonas.submit(&decision, form, &[]).await;
    assert_eq!(done.status, 303, "{}", done.describe());

    let other = case.desk.read(other).await;
    assert!(!other.title.contains("Malinowski"), "{}", other.title);
    let page = case.annika.get(&format!("/tickets/{}", other.number)).await;
    page.must_say("Lindenstr. 7");
    assert!(!page.body().contains("Malinowski"));
    let raw = page.attribute("#thread a[href$='/raw']", "href");
    if let Some(raw) = raw {
        assert!(!case.annika.get(&raw).await.body().contains("Malinowski"));
    }
    assert!(case.desk.db.blobs().get(&before).await.is_err());
    let events = history::of(&case.desk.db, other.id, None, 20).await;
    let names: Vec<String> = events.unwrap().into_iter().map(|e| e.name).collect();
    assert!(names.iter().any(|name| name == "redacted"), "{names:?}");
    case.desk.must_verify().await;
}
