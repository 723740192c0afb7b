//! Plain letters: from a text block or an answer, without a word processor, with the window of an envelope, as data that is
//! never taken for anything else.

use entities::draft::{self, Mode, Place};
use entities::organisation::{Organisation, OrganisationFacts, OrganisationKind};
use entities::text_block::BlockKind;
use entities::ticket::Ticket;
use lotse::documents::plain::Plain;
use lotse::locale::Now;
use support::desk::{Client, Page, Persona, TestDesk, block, said_in_pdf};

struct Case {
    desk: TestDesk,
    annika: Persona,
    browser: Client,
    ticket: Ticket,
}

impl Case {
    /// A ticket of somebody at the youth office of Pankow, on a desk that says where it is.
    async fn new() -> Case {
        let desk = TestDesk::with(&[
            ("LOTSE_ORGANISATION_NAME", "Servicedesk Jugendhilfe"),
            ("LOTSE_ORGANISATION_ADDRESS", "Am Hafen 1, 10115 Berlin"),
        ])
        .await;
        let team = desk.team("Jugend 1").await;
        let annika = desk.agent("Annika Brandt").in_team(team).await;
        let facts = OrganisationFacts {
            name: "Jugendamt Pankow".to_owned(),
            short_name: None,
            kind: OrganisationKind::DistrictOffice,
            parent_id: None,
            domain: None,
            postal_address: Some(" Berliner Allee 252 \r\n\r\n13088 Berlin".to_owned()),
        };
        let office = desk.create::<Organisation>(facts).await;
        let sabine = desk
            .requester("Sabine Kowalke")
            .writing_from("sabine@pankow.example")
            .of(office)
            .await;
        let ticket = desk
            .ticket("Zahllauf bricht ab")
            .from(&sabine)
            .of_organisation(office)
            .in_team(team)
            .await;
        let browser = annika.sign_in().await;
        Case {
            desk,
            annika,
            browser,
            ticket,
        }
    }

    fn at(&self, part: &str) -> String {
        format!("/tickets/{}/{part}", self.ticket.number)
    }

    async fn offer(&self, name: &str, text: &str) -> String {
        let id = self.desk.offer(block(name, BlockKind::Answer, text)).await;
        format!("block:{id}")
    }

    async fn see(&self, source: &str) -> Page {
        let at = self.at(&format!("letter?mode=reply&template={source}"));
        self.browser.get(&at).await
    }

    /// Attaches what was seen to the answer.
    async fn attach(&self, page: &Page) -> Page {
        let value = |name: &str| page.attribute(&format!("input[name={name}]"), "value");
        let (source, seen) = (
            value("template").unwrap_or_default(),
            value("sha256").unwrap_or_default(),
        );
        let typed = [
            ("template", source.as_str()),
            ("sha256", &seen),
            ("mode", "reply"),
            ("form", "pdf"),
        ];
        self.browser.post(&self.at("letter"), &typed).await
    }

    async fn files(&self) -> Vec<draft::file::Model> {
        let actor = self.annika.actor().await;
        let place = Place::of(&actor, Some(self.ticket.id), Mode::Reply).unwrap();
        let draft = draft::find(&self.desk.db, place).await.unwrap();
        draft.map(|draft| draft.files).unwrap_or_default()
    }
}

#[tokio::test]
async fn a_text_block_becomes_a_letter_with_address_subject_and_closing() {
    let case = Case::new().await;
    let source = case
        .offer(
            "Umgehung",
            "bitte gehen Sie so vor:\n\n- Zahllauf anhalten\n- Gr\u{f6}\u{df}e pr\u{fc}fen",
        )
        .await;
    let empty = case.browser.get(&case.at("letter?mode=reply")).await;
    empty.must_say("Umgehung");
    let page = case.see(&source).await;
    page.must_say("Berliner Allee 252");
    page.must_say("Zahllauf anhalten");
    assert!(!page.has("select[name=form]"), "it is always a PDF");
    let sent = case.attach(&page).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let kept = case.files().await;
    let name = format!("{} Umgehung.pdf", case.ticket.number);
    assert_eq!(kept[0].name, name);
    let bytes = case.desk.db.blobs().get(&kept[0].sha256).await.unwrap();
    let said = said_in_pdf(&bytes);
    for part in [
        "Servicedesk Jugendhilfe",
        "Am Hafen 1",
        "Jugendamt Pankow",
        "Sabine Kowalke",
        "Berliner Allee 252",
        "13088 Berlin",
        "Zahllauf bricht ab (Ticket",
        "Guten Tag Sabine Kowalke,",
        "Zahllauf anhalten",
        "Gr\u{f6}\u{df}e pr\u{fc}fen",
        "Mit freundlichen Gr\u{fc}\u{df}en",
        "Annika Brandt",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    // For whoever reads with their ears, and for the archive.
    let raw = String::from_utf8_lossy(&bytes);
    for mark in ["/Lang", "/MarkInfo", "pdfuaid:part", "pdfaid:part"] {
        assert!(raw.contains(mark), "{mark}");
    }
    let look = case.at(&format!("letter/file?template={source}"));
    assert!(case.browser.get(&look).await.bytes.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn a_letter_names_its_parts_in_its_own_language_whatever_its_reader_speaks() {
    let case = Case::new().await;
    let source = case.offer("Umgehung", "bitte warten Sie.").await;
    let english = [("language", "en")];
    let chosen = case.browser.post("/account/language", &english).await;
    assert_eq!(chosen.status, 303, "{}", chosen.describe());
    let page = case.see(&source).await;
    page.must_say("What the letter says");
    let names = page.texts("#letter dl[lang=de] dt");
    for name in ["An", "Unser Zeichen", "Betreff"] {
        assert!(names.iter().any(|one| one == name), "{name}: {names:?}");
    }
}

#[tokio::test]
async fn a_block_that_addresses_its_reader_is_not_addressed_twice() {
    let case = Case::new().await;
    case.desk
        .offer(block("Anrede", BlockKind::Opening, "{{greeting}},"))
        .await;
    case.desk
        .offer(block("Gru\u{df}", BlockKind::Closing, "Ihr Servicedesk"))
        .await;
    let own = case
        .offer("Eigene Anrede", "{{dear}}, es geht wieder.")
        .await;
    let bare = case.offer("Ohne Anrede", "Es geht wieder.").await;
    let page = case.see(&own).await;
    assert_eq!(page.body().matches("Guten Tag").count(), 1);
    page.must_say("Ihr Servicedesk");
    let page = case.see(&bare).await;
    assert_eq!(page.body().matches("Guten Tag").count(), 1);
}

#[tokio::test]
async fn an_answer_that_was_sent_becomes_a_letter_as_it_was_written() {
    let case = Case::new().await;
    let page = case
        .browser
        .get(&format!("/tickets/{}", case.ticket.number))
        .await;
    let typed = [("text", "Guten Tag,\r\nder **Zahllauf** geht wieder.")];
    let sent = case.browser.submit(&page, "#composer", &typed).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let choice = case.browser.get(&case.at("letter?mode=reply")).await;
    let source = choice
        .attribute("optgroup option[value^='answer:']", "value")
        .unwrap();
    let page = case.see(&source).await;
    let sent = case.attach(&page).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let kept = case.files().await;
    let bytes = case.desk.db.blobs().get(&kept[0].sha256).await.unwrap();
    let said = said_in_pdf(&bytes);
    assert!(said.contains("der Zahllauf geht wieder."), "{said}");
    assert_eq!(said.matches("Guten Tag").count(), 1, "{said}");
}

#[tokio::test]
async fn an_empty_place_stops_a_plain_letter_and_is_named() {
    let case = Case::new().await;
    let source = case.offer("Frist", "bis {{due}} ist es erledigt.").await;
    let page = case.see(&source).await;
    page.must_say("Ein Platzhalter bleibt leer");
    page.must_say("{{due}}");
    assert!(!page.says("An die Antwort anh\u{e4}ngen"));
    let refused = case.attach(&page).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Ein Platzhalter des Schreibens bleibt leer.");
    assert!(case.files().await.is_empty());
}

#[tokio::test]
async fn only_the_letter_that_was_seen_is_attached() {
    let case = Case::new().await;
    let source = case.offer("Umgehung", "Es geht wieder.").await;
    let page = case.see(&source).await;
    let stale = [
        ("template", source.as_str()),
        ("sha256", "0"),
        ("mode", "reply"),
    ];
    let refused = case.browser.post(&case.at("letter"), &stale).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Das Schreiben wurde inzwischen ge\u{e4}ndert.");
    let gone = case.see("block:00000000-0000-0000-0000-000000000000").await;
    gone.must_say("Diese Vorlage gibt es nicht mehr.");
    assert!(page.has("input[name=sha256]"));
}

/// A letter that says this, set by the program.
async fn set(desk: &TestDesk, text: &str) -> Vec<u8> {
    let letter = Plain {
        language: "de".to_owned(),
        sender: "Servicedesk".to_owned(),
        sender_lines: vec![],
        contact: vec![],
        to: vec!["Frau #strong[Kowalke]".to_owned()],
        facts: vec![("Unser Zeichen".to_owned(), "$ 4711 $".to_owned())],
        subject: "#import \"x\": *".to_owned(),
        text: text.to_owned(),
        pages: "Seite #n von #c".to_owned(),
    };
    let now = Now::new(desk.db.clock().now(), desk.config.time_zone);
    letter.pdf(&desk.program, now).await.unwrap()
}

#[tokio::test]
async fn what_strangers_write_arrives_as_text() {
    let desk = TestDesk::new().await;
    let hostile = "#import \"@preview/cetz:0.3.0\": *\n\n#read(\"/etc/passwd\") $ x^2 $ ] [ @label <label> // nichts\n\n\
                   Gr\u{fc}\u{df}e \u{1f600} \u{1f389} \u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{4f60}\u{0} \u{202e}Ende";
    let said = said_in_pdf(&set(&desk, hostile).await);
    for part in [
        "#import \"x\": *",
        "#import \"@preview/cetz:0.3.0\": *",
        "#read(\"/etc/passwd\") $ x^2 $ ] [ @label <label> // nichts",
        "Frau #strong[Kowalke]",
        "$ 4711 $",
        "Gr\u{fc}\u{df}e",
        "Ende",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
}

#[tokio::test]
async fn a_long_letter_has_its_pages_counted() {
    let desk = TestDesk::new().await;
    let long = "Der Zahllauf bricht ab, sobald eine Akte keine Bankverbindung hat. ".repeat(1_600);
    assert!(long.len() > 100_000);
    let said = said_in_pdf(&set(&desk, &format!("{long}\n\n{}", "x".repeat(500))).await);
    assert!(!said.contains("Seite 1 von"), "the first has none");
    assert!(said.contains("Seite 2 von"), "{}", said.len());
}
