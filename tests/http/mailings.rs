//! Letters to many people: read line by line, a ticket for each, and the letter in it.

mod places;
mod said;
mod stopped;

use entities::person::{self, PersonFacts};
use entities::policy::Scope;
use entities::ticket::{State, Ticket, WaitingFor, show, thread};
use entities::{Actor, Permission, Rule, Uuid};
use support::desk::{Client, Page, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);
const TITLE: &str = "Umstellung am 1. Februar";

struct Case {
    desk: TestDesk,
    service: Uuid,
    annika: Uuid,
    browser: Client,
}

impl Case {
    /// Three people who can be written to, and somebody who may write.
    async fn new() -> Case {
        let desk = TestDesk::new().await;
        let team = desk.team("Jugend 1").await;
        let service = desk.service("Jugendhilfe", team).await;
        let annika = desk.agent("Annika Brandt").in_team(team).await;
        for (name, address) in [
            ("Sabine Kowalke", "sabine@pankow.example"),
            ("Jan Meier", "jan@mitte.example"),
            ("Petra Groß", "petra@mitte.example"),
        ] {
            desk.requester(name).writing_from(address).await;
        }
        Case {
            service,
            annika: annika.id,
            browser: annika.sign_in().await,
            desk,
        }
    }

    /// Says who is meant; what the form answers.
    async fn send(&self, typed: &[(&str, &str)]) -> Page {
        let service = self.service.to_string();
        let mut all = vec![
            ("title", TITLE),
            ("service", service.as_str()),
            ("then", "closed"),
            ("reason", "no_action"),
        ];
        all.retain(|(name, _)| !typed.iter().any(|(other, _)| other == name));
        all.extend(typed);
        self.browser.post("/tickets/mailings", &all).await
    }

    /// The same; the page with its preview.
    async fn preview(&self, typed: &[(&str, &str)]) -> (String, Page) {
        let sent = self.send(typed).await;
        assert_eq!(sent.status, 303, "{}", sent.describe());
        let at = sent.location().unwrap();
        let page = self.browser.get(&at).await;
        (at, page)
    }

    async fn run(&self, at: &str, preview: &Page) {
        let seen = preview.attribute("[name=seen]", "value").unwrap();
        let run = format!("{at}/run");
        let begun = self.browser.post(&run, &[("seen", &seen)]).await;
        assert_eq!(begun.status, 303, "{}", begun.describe());
    }

    /// Opens the tickets behind the pages; what became of the lines.
    async fn open(&self, at: &str, preview: &Page) -> Page {
        self.run(at, preview).await;
        self.desk.run_jobs().await;
        self.browser.get(at).await
    }

    /// Writes the letters from the page of the opened tickets; what became of them.
    async fn write(&self, at: &str, way: &str, text: &str) -> Page {
        let letters = format!("{at}/letters");
        let sheet = self.browser.post(&letters, &[]).await.location().unwrap();
        let again = self.browser.post(&letters, &[]).await;
        assert_eq!(again.location().as_deref(), Some(sheet.as_str()));
        let template = self.desk.template("Mitteilung", &["{{dear}},"]).await;
        let template = template.to_string();
        let typed = [
            ("template", template.as_str()),
            ("form", "docx"),
            ("way", way),
            ("text", text),
        ];
        let said = self.browser.post(&sheet, &typed).await;
        assert_eq!(said.status, 303, "{}", said.describe());
        let preview = self.browser.get(&sheet).await;
        let seen = preview.attribute("[name=seen]", "value").unwrap();
        let run = format!("{sheet}/run");
        self.browser.post(&run, &[("seen", &seen)]).await;
        self.desk.run_jobs().await;
        self.browser.get(&sheet).await
    }

    async fn tickets(&self) -> i64 {
        let sql = "SELECT count(*) FROM ticket";
        self.desk.database().number(sql, vec![]).await
    }

    /// The tickets a page names, in its order.
    async fn named(&self, page: &Page) -> Vec<Ticket> {
        let mut all = vec![];
        for number in page.texts("#mailing-result a.num") {
            let found = show::by_number(&self.desk.db, &CONSOLE, &number).await;
            all.push(found.unwrap());
        }
        all
    }

    async fn last(&self, ticket: &Ticket) -> thread::ThreadEntry {
        let mut all = thread::after(&self.desk.db, ticket, 1).await.unwrap();
        all.pop().unwrap()
    }
}

#[tokio::test]
async fn everybody_on_the_lines_gets_a_ticket_with_the_letter_and_the_others_are_named() {
    let case = Case::new().await;
    let lines = "Sabine Kowalke <sabine@pankow.example>\r\njan@mitte.example\r\n\
                 unbekannt@nirgends.example\r\nGroß;Petra;(Petra@Mitte.example)\r\nJan Meier";
    let (at, preview) = case.preview(&[("lines", lines)]).await;
    preview.must_say("3 Personen bekommen je ein Ticket.");
    preview.must_say("2 Angaben sind abgelehnt.");
    preview.must_say("Zeile 3:");
    preview.must_say("Niemand mit dieser Adresse ist bekannt.");
    preview.must_say("Zeile 5:");
    preview.must_say("Hier steht keine E-Mail-Adresse.");
    assert_eq!(case.tickets().await, 0, "looking opens nothing");
    case.run(&at, &preview).await;
    let running = case.browser.get(&at).await;
    assert!(running.has("progress"), "{}", running.describe());
    // A second press, and a second look at the queue.
    case.run(&at, &preview).await;
    case.desk.run_jobs().await;
    case.desk.run_jobs().await;
    assert_eq!(case.tickets().await, 3);
    let opened = case.browser.get(&at).await;
    opened.must_say("3 Tickets sind angelegt.");
    opened.must_say("Zeile 3:");
    let tickets = case.named(&opened).await;
    assert_eq!(tickets.len(), 3);
    for ticket in &tickets {
        assert_eq!(ticket.title, TITLE);
        assert_eq!(ticket.service_id, Some(case.service));
        assert_eq!(ticket.owner_id, Some(case.annika));
        assert_eq!(ticket.state, State::Open);
    }
    let text = "{{greeting}}, anbei die Mitteilung.";
    let written = case.write(&at, "mail", text).await;
    written.must_say("danach: Geschlossen");
    written.must_say("Schreiben erstellt: 3. Abgelehnt: 0.");
    assert!(written.has(&format!("a[href='{at}']")), "the way back");
    for (ticket, address) in tickets.iter().zip([
        "sabine@pankow.example",
        "jan@mitte.example",
        "petra@mitte.example",
    ]) {
        let entry = case.last(ticket).await;
        assert_eq!(entry.message.parties().to[0].address, address);
        assert_eq!(entry.files.len(), 1);
        assert_eq!(case.desk.read(ticket.id).await.state, State::Closed);
    }
    let page = case.browser.get(&at).await;
    page.must_say("Zum Bericht der Schreiben");
    case.desk.must_verify().await;
}

#[tokio::test]
async fn letters_that_are_noted_leave_their_tickets_waiting_too() {
    let case = Case::new().await;
    let typed = [("lines", "sabine@pankow.example"), ("then", "waiting")];
    let (at, preview) = case.preview(&typed).await;
    let opened = case.open(&at, &preview).await;
    let tickets = case.named(&opened).await;
    case.write(&at, "note", "").await;
    let ticket = case.desk.read(tickets[0].id).await;
    assert_eq!(ticket.state, State::Waiting);
    assert_eq!(ticket.waiting_for, Some(WaitingFor::Requester));
    assert_eq!(case.last(&ticket).await.files.len(), 1);
}

#[tokio::test]
async fn nobody_is_written_to_twice_and_neither_are_the_retired_or_people_of_vendors() {
    let case = Case::new().await;
    let desk = &case.desk;
    let pankow = desk.district("Bezirksamt Pankow", "PA").await;
    let nordlicht = desk.vendor("Nordlicht Software", "nordlicht.example").await;
    desk.vendor_user("Jonas Ehlers").of(nordlicht).await;
    let old = desk.requester("Otto Alt").await;
    desk.console(person::Retire::of(old.id)).await;
    desk.requester("Anna Weber").of(pankow).await;
    let facts = PersonFacts {
        name: "Bert Ohne".to_owned(),
        ..PersonFacts::default()
    };
    let without = person::Create {
        facts,
        organisation_ids: vec![pankow],
        once: None,
    };
    desk.console(without).await;
    let lines = "jan@mitte.example\nJan Meier <JAN@mitte.example>\notto.alt@DESK.example\n\
                 jonas.ehlers@desk.example\nanna.weber@desk.example\n";
    let pankow = pankow.to_string();
    let typed = [("lines", lines), ("organisation", pankow.as_str())];
    let (at, preview) = case.preview(&typed).await;
    preview.must_say("2 Personen bekommen je ein Ticket.");
    preview.must_say("Diese Person steht schon in Zeile 1.");
    preview.must_say("otto.alt@ DESK.example · Diese Person ist stillgelegt.");
    assert!(!preview.says("Otto Alt"), "who is out of use is not named");
    preview.must_say("Diese Person gehört zu einem Hersteller");
    preview.must_say("Bert Ohne");
    preview.must_say("Diese Person hat keine E-Mail-Adresse.");
    let opened = case.open(&at, &preview).await;
    opened.must_say("2 Tickets sind angelegt.");
    assert_eq!(case.tickets().await, 2);
    let report = case.browser.get(&format!("{at}/refused")).await;
    assert!(report.body().contains("2;Jan Meier <jan@mitte.example>;"));
    // Vendors are not offered as a whole either.
    let nordlicht = nordlicht.to_string();
    let refused = case.send(&[("organisation", &nordlicht)]).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Personen von Herstellern und Rechenzentren bekommen keinen Serienbrief.");
}

#[tokio::test]
async fn whoever_is_retired_between_preview_and_ticket_gets_none() {
    let case = Case::new().await;
    let old = case.desk.requester("Otto Alt").await;
    let lines = "otto.alt@desk.example\njan@mitte.example";
    let (at, preview) = case.preview(&[("lines", lines)]).await;
    preview.must_say("2 Personen bekommen je ein Ticket.");
    case.desk.console(person::Retire::of(old.id)).await;
    let opened = case.open(&at, &preview).await;
    opened.must_say("1 Ticket ist angelegt.");
    opened.must_say("Diese Person ist stillgelegt.");
}

#[tokio::test]
async fn whoever_may_open_no_tickets_writes_to_nobody_and_sees_no_mailing_of_others() {
    let case = Case::new().await;
    let (at, _) = case.preview(&[("lines", "jan@mitte.example")]).await;
    let rights = [
        (Permission::ReadTickets, Scope::Everything),
        (Permission::Reply, Scope::Everything),
    ];
    let reader = case.desk.person_with("Rolf Leser", &rights).await;
    let reader = reader.sign_in().await;
    assert_eq!(reader.get("/tickets/mailings").await.status, 403);
    let form = [("title", TITLE), ("lines", "jan@mitte.example")];
    let sent = reader.post("/tickets/mailings", &form).await;
    assert_eq!(sent.status, 403);
    assert_eq!(reader.post(&format!("{at}/run"), &[]).await.status, 403);
    let other = case.desk.agent("Derya Aksoy").await.sign_in().await;
    assert_eq!(other.get(&at).await.status, 404);
    let run = other.post(&format!("{at}/run"), &[("seen", "1")]).await;
    assert_eq!(run.status, 404);
    case.desk.run_jobs().await;
    assert_eq!(case.tickets().await, 0);
}
