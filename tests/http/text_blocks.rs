//! Text blocks in the settings: written by one, approved by another; and those of one's own.

use entities::field::{Choice, FieldFacts, Kind, Words};
use entities::text_block::{BlockKind, TextBlockFacts, used};
use support::desk::{Client, File, Page, TestDesk, block};

#[tokio::test]
async fn a_text_for_requesters_is_written_in_both_languages() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    let form = browser.get("/settings/text-blocks/new").await;
    let mut typed = vec![
        ("name", "Störung behoben"),
        ("kind", "requester_notice"),
        ("de", ""),
        (
            "en",
            "{{greeting}} {{number}} works again, says {{vendor}}.",
        ),
    ];
    let refused = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Den Platzhalter „vendor“ gibt es nicht.");
    assert!(refused.text("#en").contains("works again"));
    typed[3].1 = " ";
    let refused = browser.submit(&form, "form.sheet", &typed).await;
    assert!(refused.has("#de-fault"), "{}", refused.describe());
    typed[2].1 = "{{greeting}} {{number}} geht wieder.";
    let made = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let page = browser.get(&made.location().unwrap()).await;
    // What it is for stays, and nothing of the other kind is asked.
    assert!(page.has("#de") && !page.has("#observed"));
    let changed = [("de", "{{name}}, es geht wieder.")];
    let saved = browser.submit(&page, "form.sheet", &changed).await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    let list = browser.get("/settings/text-blocks").await;
    list.must_say("Störung behoben");
    list.must_say("Nachricht an Anfragende");
}

#[tokio::test]
async fn an_enquiry_keeps_its_parts() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    let form = browser.get("/settings/text-blocks/new").await;
    let typed = [
        ("name", "Fehlermeldung"),
        ("kind", "vendor_enquiry"),
        ("observed", "In {{service}}: {{description}}"),
    ];
    let made = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let page = browser.get(&made.location().unwrap()).await;
    assert!(page.text("#observed").contains("{{description}}"));
    assert!(!page.has("#de"));
}

/// Lead and administrator, with the page of a block that the lead wrote.
struct Drafted {
    desk: TestDesk,
    lead: Client,
    administrator: Client,
    at: String,
}

impl Drafted {
    async fn new() -> Drafted {
        let desk = TestDesk::new().await;
        let lead = desk.lead("Jonas Weber").await.sign_in().await;
        let administrator = desk.administrator().await.sign_in().await;
        let form = lead.get("/settings/text-blocks/new").await;
        let typed = [
            ("name", "Umgehung"),
            ("de", "Bis {{workday+3}} hilft dies."),
        ];
        let made = lead.submit(&form, "form.sheet", &typed).await;
        assert_eq!(made.status, 303, "{}", made.describe());
        let at = made.location().unwrap();
        let at = at.split('?').next().unwrap().to_owned();
        Drafted {
            desk,
            lead,
            administrator,
            at,
        }
    }

    /// Presses the button that approves what the page shows.
    async fn approve(&self, who: &Client, page: &Page) -> Page {
        let content = page.attribute("input[name=content]", "value").unwrap();
        let at = format!("{}/approve", self.at);
        who.post(&at, &[("content", &content)]).await
    }
}

#[tokio::test]
async fn a_text_is_approved_by_somebody_who_has_not_written_it() {
    let case = Drafted::new().await;
    let own = case.lead.get(&case.at).await;
    own.must_say("wartet auf seine Freigabe");
    own.must_say("freigeben muss ihn jemand anderes");
    assert!(!own.has("input[name=content]"));
    let page = case.administrator.get(&case.at).await;
    page.must_say("Geschrieben von Jonas Weber.");
    // He knows the address and tries it.
    let refused = case.approve(&case.lead, &page).await;
    assert_eq!(refused.status, 422);
    refused.must_say("freigeben muss ihn jemand anderes");
    let list = case.lead.get("/settings/text-blocks").await;
    list.must_say("wartet auf Freigabe");
    let done = case.approve(&case.administrator, &page).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let list = case.lead.get("/settings/text-blocks").await;
    assert!(!list.says("wartet auf Freigabe"));
    let own = case.lead.get(&case.at).await;
    own.must_say("Freigegeben von Petra Adler.");
    // What is rewritten waits again, beside what is offered.
    let newer = [("de", "Bis auf Weiteres hilft dies.")];
    let saved = case.lead.submit(&own, "form.sheet", &newer).await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    let waiting = case.administrator.get(&case.at).await;
    waiting.must_say("Was jetzt angeboten wird");
    waiting.must_say("Bis {{workday+3}} hilft dies.");
    // The page of before is out of date.
    let late = case.approve(&case.administrator, &page).await;
    assert_eq!(late.status, 422);
    late.must_say("Jemand anderes hat inzwischen etwas geändert.");
}

#[tokio::test]
async fn what_no_ticket_fills_is_said_at_its_text_and_what_was_typed_stays() {
    let desk = TestDesk::new().await;
    let browser = desk.lead("Jonas Weber").await.sign_in().await;
    let form = browser.get("/settings/text-blocks/new").await;
    for (text, words) in [
        (
            "{{field.nirgends}}",
            "Den Platzhalter „field.nirgends“ gibt es nicht.",
        ),
        (
            "{{if kind=fault}}a{{end}}",
            "„fault“ trifft bei dieser Bedingung nie zu.",
        ),
        ("{{if title}}a", "gehört ein „end“"),
    ] {
        let typed = [("name", "Umgehung"), ("de", text)];
        let refused = browser.submit(&form, "form.sheet", &typed).await;
        assert_eq!(refused.status, 422, "{text}");
        assert!(refused.has("#de-fault"), "{}", refused.describe());
        refused.must_say(words);
        assert!(refused.text("#de").contains(text));
    }
    let typed = [
        ("name", "Umgehung"),
        ("de", "Text."),
        ("reminder_days", "bald"),
        ("valid_from", "2026-12-02"),
        ("valid_to", "2026-12-01"),
    ];
    let refused = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Bitte geben Sie eine ganze Zahl von 1 bis 365 ein.");
    refused.must_say("Der letzte Tag liegt vor dem ersten.");
    let typed = [("name", "Umgehung"), ("de", "Text."), ("fields", "release")];
    let refused = browser.submit(&form, "form.sheet", &typed).await;
    refused.must_say("Bitte schreiben Sie je Zeile eine Kennung");
    let typed = [
        ("name", "Umgehung"),
        ("de", "Text."),
        ("fields", "nirgends = 1"),
    ];
    let refused = browser.submit(&form, "form.sheet", &typed).await;
    refused.must_say("Ein Feld mit der Kennung „nirgends“ gibt es nicht.");
    let list = browser.get("/settings/text-blocks").await;
    assert!(!list.says("Umgehung"));
}

#[tokio::test]
async fn a_file_is_part_of_the_wording_and_waits_with_it() {
    let case = Drafted::new().await;
    let page = case.administrator.get(&case.at).await;
    case.approve(&case.administrator, &page).await;
    let at = format!("{}/files", case.at);
    let typed = [
        ("name", "Umgehung"),
        ("kind", "answer"),
        ("de", "Bis {{workday+3}} hilft dies."),
    ];
    let file = File {
        field: "uploads",
        name: "Anleitung.txt",
        content_type: "text/plain",
        bytes: b"1. Starten",
    };
    let nothing = case.lead.upload(&at, &typed, &[]).await;
    assert_eq!(nothing.status, 422);
    nothing.must_say("Bitte wählen Sie eine Datei aus.");
    let done = case.lead.upload(&at, &typed, &[file]).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let page = case.administrator.get(&case.at).await;
    page.must_say("Anleitung.txt");
    page.must_say("Diese Fassung wartet auf ihre Freigabe.");
    let bytes = case
        .administrator
        .get(&format!("{at}?name=Anleitung.txt"))
        .await;
    assert_eq!(
        (bytes.status.as_u16(), bytes.body().as_str()),
        (200, "1. Starten")
    );
    let other = case
        .administrator
        .get(&format!("{at}?name=Anderes.txt"))
        .await;
    assert_eq!(other.status, 404);
    let agent = case.desk.agent("Annika Brandt").await.sign_in().await;
    assert_eq!(
        agent.get(&format!("{at}?name=Anleitung.txt")).await.status,
        404
    );
    // Saving the words leaves the file.
    let again = [("category", "Störungen")];
    let saved = case.administrator.submit(&page, "form.sheet", &again).await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    let mut typed = typed.to_vec();
    typed.push(("remove", "Anleitung.txt"));
    let kept = case.lead.get(&case.at).await;
    kept.must_say("Anleitung.txt");
    let done = case.lead.upload(&at, &typed, &[]).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    assert!(!case.lead.get(&case.at).await.says("Anleitung.txt"));
}

#[tokio::test]
async fn the_list_says_how_often_a_text_was_used_and_which_somebody_should_look_at() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    let today = entities::clock::day(desk.db.clock().now());
    let mut old = block("Anschrift", BlockKind::Answer, "Text.");
    old.review_on = Some(today);
    let id = desk.offer(old).await;
    desk.offer(block("Umgehung", BlockKind::Answer, "Text."))
        .await;
    used::note(&desk.db, &[id]).await.unwrap();
    let list = browser.get("/settings/text-blocks").await;
    assert_eq!(list.texts("tbody .tag"), ["prüfen"]);
    assert_eq!(list.texts("tbody td.num"), ["1", "0"]);
    let page = browser.get(&format!("/settings/text-blocks/{id}")).await;
    page.must_say("Bitte prüfen Sie, ob dieser Text noch stimmt.");
}

#[tokio::test]
async fn a_text_is_found_by_words_kind_and_category() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    let of = |name, kind, category: &str, text| TextBlockFacts {
        category: category.to_owned(),
        ..block(name, kind, text)
    };
    for facts in [
        of(
            "Umgehung",
            BlockKind::Answer,
            "Störungen",
            "Bis dahin hilft dies.",
        ),
        of(
            "Dauer",
            BlockKind::Answer,
            "Störungen",
            "Es wird länger dauern.",
        ),
        of(
            "Leitfaden",
            BlockKind::PhoneScript,
            "",
            "Seit wann hilft nichts?",
        ),
    ] {
        desk.offer(facts).await;
    }
    let found = async |query: &str| {
        let page = browser.get(&format!("/settings/text-blocks?{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        page.texts("tbody a.subject")
    };
    assert_eq!(found("").await, ["Dauer", "Leitfaden", "Umgehung"]);
    assert_eq!(found("q=HILFT").await, ["Leitfaden", "Umgehung"]);
    assert_eq!(found("q=hilft&kind=answer").await, ["Umgehung"]);
    let of_faults = "category=St%C3%B6rungen".to_owned();
    assert_eq!(found(&of_faults).await, ["Dauer", "Umgehung"]);
    assert_eq!(found(&format!("{of_faults}&q=dauern")).await, ["Dauer"]);
    let none = browser.get("/settings/text-blocks?q=gibtsnicht").await;
    none.must_say("Kein Textbaustein passt dazu.");
    assert_eq!(
        none.attribute("main input[name=q]", "value").unwrap(),
        "gibtsnicht"
    );
    let page = browser
        .get(&format!("/settings/text-blocks?{of_faults}"))
        .await;
    let chosen = page.attribute("select[name=category] option[selected]", "value");
    assert_eq!(chosen.as_deref(), Some("Störungen"));
}

#[tokio::test]
async fn what_is_too_long_or_no_value_of_its_field_is_said_where_it_stands() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    let words = Words::new("Verfahren", "Procedure");
    let facts = FieldFacts {
        options: vec![Choice::new("Fax", "Fax")],
        ..FieldFacts::new("way", Kind::Choice, words)
    };
    desk.field(facts).await;
    let form = browser.get("/settings/text-blocks/new").await;
    let long = "x".repeat(4_001);
    let typed = [("name", "Umgehung"), ("de", long.as_str())];
    let refused = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("#de-fault"), "{}", refused.describe());
    let typed = [("name", "Umgehung"), ("de", "Ja."), ("fields", "way=Brief")];
    let refused = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("#fields-fault"), "{}", refused.describe());
    refused.must_say("„Verfahren“ nimmt „Brief“ nicht an.");
    let typed = [("name", "Umgehung"), ("de", "Ja."), ("fields", "way=fax")];
    let made = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(made.status, 303, "{}", made.describe());
}

#[tokio::test]
async fn who_becomes_the_owner_is_chosen_among_those_who_work_on_tickets() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let browser = desk.administrator().await.sign_in().await;
    let form = browser.get("/settings/text-blocks/new").await;
    let offered = form.texts("#owner option");
    assert!(offered.contains(&"Tobias Reuter".to_owned()), "{offered:?}");
    assert!(!offered.contains(&"Sabine Kowalke".to_owned()));
    for wrong in ["jemand".to_owned(), sabine.id.to_string()] {
        let typed = [
            ("name", "Weitergeben"),
            ("de", "Ja."),
            ("owner", wrong.as_str()),
        ];
        let refused = browser.submit(&form, "form.sheet", &typed).await;
        assert_eq!(refused.status, 422, "{wrong}");
        assert!(refused.has("#owner-fault"), "{}", refused.describe());
        refused.must_say("Diese Person bearbeitet keine Tickets.");
        assert_eq!(refused.attribute("#name", "value").unwrap(), "Weitergeben");
    }
    let id = tobias.id.to_string();
    let right = [
        ("name", "Weitergeben"),
        ("de", "Ja."),
        ("owner", id.as_str()),
    ];
    let made = browser.submit(&form, "form.sheet", &right).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let at = made.location().unwrap();
    let page = browser.get(&at).await;
    let chosen = page.attribute("#owner option[selected]", "value");
    assert_eq!(chosen, Some(id));
    // Nobody is taken from it in silence when they leave.
    desk.console(entities::person::Retire::of(tobias.id)).await;
    let page = browser.get(&at).await;
    let refused = browser.submit(&page, "form.sheet", &[]).await;
    assert!(refused.has("#owner-fault"), "{}", refused.describe());
    let nobody = [("owner", "nobody")];
    let saved = browser.submit(&page, "form.sheet", &nobody).await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    let page = browser.get(&at).await;
    let chosen = page.attribute("#owner option[selected]", "value");
    assert_eq!(chosen.as_deref(), Some("nobody"));
}

#[tokio::test]
async fn a_text_of_ones_own_does_something_besides_too() {
    const AT: &str = "/account/text-blocks";
    const FORM: &str = "#own-block-form";
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let browser = annika.sign_in().await;
    let page = browser.get(AT).await;
    let typed = [
        ("name", "Nachfassen"),
        ("de", "Ich melde mich."),
        ("reminder_days", "9999"),
        ("fields", "gibtsnicht"),
    ];
    let refused = browser.submit(&page, FORM, &typed).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.has("#reminder_days-fault"),
        "{}",
        refused.describe()
    );
    let right = [("reminder_days", "3"), ("fields", ""), ("owner", "sender")];
    let made = browser.submit(&refused, FORM, &right).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let list = browser.follow(&made).await;
    let change = list.attribute(".watched a", "href").unwrap();
    let form = browser.get(&change).await;
    let days = form.attribute("#reminder_days", "value");
    assert_eq!(days.as_deref(), Some("3"));
    let owner = form.attribute("#owner option[selected]", "value");
    assert_eq!(owner.as_deref(), Some("sender"));
    let id = form.attribute("#own-block-form input[name=id]", "value");
    let act = format!("block:{}", id.unwrap());
    // A colleague's, so that answering alone changes no owner.
    let jonas = desk.agent("Jonas Weber").await;
    let sabine = desk.requester("Sabine Kowalke");
    let sabine = sabine.writing_from("sabine@pankow.example").await;
    let ticket = desk.ticket("Bescheid fehlt").from(&sabine);
    let ticket = ticket.owned_by(&jonas).await;
    let at = format!("/tickets/{}", ticket.number);
    let typed = [
        ("mode", "reply"),
        ("to", "sabine@pankow.example"),
        ("text", ""),
        ("act", act.as_str()),
    ];
    let put = browser.htmx_post(&format!("{at}/composer"), &typed).await;
    assert_eq!(put.status, 200, "{}", put.describe());
    let page = browser.get(&at).await;
    let sent = browser.submit(&page, "#composer", &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let now = desk.read(ticket.id).await;
    assert_eq!(now.owner_id, Some(annika.id));
    let today = entities::clock::day(desk.db.clock().now());
    let due = now.reminder_at.map(entities::clock::day);
    assert_eq!(due, today.checked_add_days(chrono::Days::new(3)));
}

#[tokio::test]
async fn agents_keep_texts_of_their_own() {
    const AT: &str = "/account/text-blocks";
    const FORM: &str = "#own-block-form";
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let derya = desk.agent("Derya Aksoy").await.sign_in().await;
    annika
        .get("/account")
        .await
        .must_say("Eigene Textbausteine");
    let page = annika.get(AT).await;
    page.must_say("Sie haben noch keine eigenen Textbausteine.");
    let typed = [("name", " "), ("de", "Gruß, {{vendor}}")];
    let refused = annika.submit(&page, FORM, &typed).await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("#name-fault") && refused.has("#de-fault"));
    refused.must_say("Den Platzhalter „vendor“ gibt es nicht.");
    assert!(refused.text("#de").contains("{{vendor}}"));
    let typed = [("name", "Mein Gruß"), ("de", "Gruß, {{agent}}")];
    let made = annika.submit(&refused, FORM, &typed).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let list = annika.follow(&made).await;
    list.must_say("Mein Gruß");
    list.must_say("Gespeichert.");
    let change = list.attribute(".watched a", "href").unwrap();
    assert!(!derya.get(AT).await.says("Mein Gruß"));
    assert_eq!(derya.get(&change).await.status, 404);
    let form = annika.get(&change).await;
    let id = form
        .attribute("#own-block-form input[name=id]", "value")
        .unwrap();
    let stolen = derya
        .post("/account/text-blocks/remove", &[("id", &id)])
        .await;
    assert_eq!(stolen.status, 404);
    let changed = annika.submit(&form, FORM, &[("de", "Viele Grüße")]).await;
    let list = annika.follow(&changed).await;
    list.must_say("Viele Grüße");
    let gone = annika.submit(&list, ".watched form", &[]).await;
    annika
        .follow(&gone)
        .await
        .must_say("Sie haben noch keine eigenen Textbausteine.");
    let requester = desk.requester("Sabine Kowalke").await.sign_in().await;
    assert_eq!(requester.get(AT).await.status, 403);
}
