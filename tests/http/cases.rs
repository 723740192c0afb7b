//! Solved cases without names: a searcher finds how something was solved, and nowhere who asked or answered.

use entities::field::{Choice, FieldFacts, Kind, Value, Words};
use entities::policy::Scope;
use entities::setting::Setting as _;
use entities::ticket::close::Ending;
use entities::ticket::{Close, ClosingReason, Reopen, Ticket, WriteNote};
use entities::{Actor, Permission, Permit, Rule};
use lotse::finding::reindex;
use lotse::jobs::indexing;
use lotse::routes;
use lotse::web::url;
use reqwest::Method;
use support::desk::{Client, Page, Persona, TestDesk, reply};

/// Words that stand in names, addresses, numbers, fields and files of the case, and nowhere else.
const CANARIES: [&str; 7] = [
    "Kanarienvogel",
    "Papagei",
    "Nachtigall",
    "Zeisig",
    "4711815",
    "4711 815",
    "Stieglitz",
];

struct Case {
    desk: TestDesk,
    solved: Ticket,
    open: Ticket,
    searcher: Client,
}

async fn close(desk: &TestDesk, ticket: Ticket) -> Ticket {
    let console = Actor::System(Rule::Console);
    let permit = Permit::ask(&console, desk.read(ticket.id).await).unwrap();
    let close = Close {
        to: Ending::Solved,
        reason: Some(ClosingReason::UserError),
    };
    desk.db.change(permit, close).await.unwrap().subject
}

async fn asked_by(desk: &TestDesk, sabine: &Persona, team: entities::Uuid) -> Ticket {
    let text =
        "Guten Tag,\nhier Sabine Kanarienvogel, Tel. 030 4711 815.\nDer Zahllauf druckt nicht.";
    desk.ticket("Frau Kanarienvogel druckt nicht")
        .saying(text)
        .from(sabine)
        .in_team(team)
        .await
}

async fn case() -> Case {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let office = desk.district("Jugendamt Pankow", "PA").await;
    let sabine = desk
        .requester("Sabine Kanarienvogel")
        .of(office)
        .writing_from("s.nachtigall@pankow.example")
        .await;
    let annika = desk.agent("Annika Papagei").in_team(team).await;
    let solved = asked_by(&desk, &sabine, team).await;
    let open = asked_by(&desk, &sabine, team).await;
    let words = Words::new("Ansprechpartner", "Contact");
    let field = desk
        .field(FieldFacts::new("contact", Kind::Text, words))
        .await;
    let value = Value::Text("Herr Stieglitz".to_owned());
    let console = Actor::System(Rule::Console);
    let set = desk.set(&console, solved.id, vec![(field.row.id, Some(value))]);
    set.await.unwrap();
    let answer = reply(
        "zeisig@pankow.example",
        "Liebe Frau Kanarienvogel,\nbitte den Treiber neu laden, dann druckt es.\nAnnika Papagei",
    );
    let permit = Permit::ask(&annika.actor().await, desk.read(solved.id).await).unwrap();
    desk.db.change(permit, answer).await.unwrap();
    let solved = close(&desk, solved).await;
    let only = [(Permission::ReadCases, Scope::Everything)];
    let searcher = desk.person_with("Mira Kessler", &only).await;
    Case {
        searcher: searcher.sign_in().await,
        desk,
        solved,
        open,
    }
}

#[tokio::test]
async fn a_searcher_reads_how_it_was_solved_and_no_name() {
    let case = case().await;
    let list = case.searcher.get("/cases").await;
    list.must_say(&case.solved.number);
    list.must_say("Frau […] druckt nicht");
    assert!(!list.says(&case.open.number));
    let page = case
        .searcher
        .get(&format!("/cases/{}", case.solved.number))
        .await;
    page.must_say("bitte den Treiber neu laden, dann druckt es.");
    page.must_say("Der Zahllauf druckt nicht.");
    page.must_say("Bedienung");
    let open = case
        .searcher
        .get(&format!("/cases/{}", case.open.number))
        .await;
    assert_eq!(open.status, 404);
    // The way to it stands in the navigation.
    let start = case.searcher.get("/").await;
    assert!(
        start
            .attributes("a", "href")
            .iter()
            .any(|to| to == "/cases")
    );
}

#[tokio::test]
async fn no_route_shows_a_searcher_a_name() {
    let case = case().await;
    let mut seen = 0;
    for ticket in [&case.solved, &case.open] {
        for route in routes::table().list() {
            // A stream never ends, and whoever signs out sees nothing.
            if route.path == "/events" || route.path.starts_with("/sign") {
                continue;
            }
            let address = route.path.replace(":key", &ticket.number);
            let address = address.replace(":sub", &ticket.id.to_string());
            let page = match route.method {
                Method::GET => case.searcher.get(&address).await,
                _ => case.searcher.post(&address, &[]).await,
            };
            let body = page.body();
            let found = CANARIES.iter().find(|word| body.contains(**word));
            assert_eq!(found, None, "{}", page.describe());
            seen += usize::from(page.status == 200);
        }
    }
    assert!(seen > 2);
}

#[tokio::test]
async fn the_way_to_cases_stands_there_for_whoever_may_read_them() {
    let desk = TestDesk::new().await;
    let to_cases = ".sidenav a[href='/cases']";
    let admin = desk.administrator().await.sign_in().await;
    assert!(admin.get("/").await.has(to_cases));
    let cases = admin.get("/cases").await;
    assert!(cases.has(&format!("{to_cases}[aria-current=page]")));
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    assert!(!annika.get("/").await.has(to_cases));
}

#[tokio::test]
async fn somebody_who_reads_no_cases_finds_none() {
    let case = case().await;
    let browser = case.desk.requester("Jonas Weber").await.sign_in().await;
    assert_eq!(browser.get("/cases").await.status, 403);
    let page = browser.get(&format!("/cases/{}", case.solved.number)).await;
    assert_eq!(page.status, 404);
}

#[tokio::test]
async fn what_a_field_calls_personal_no_searcher_sees() {
    let desk = TestDesk::new().await;
    let field = |key, kind, label| FieldFacts::new(key, kind, Words::new(label, label));
    let income = field("income", Kind::Money, "Einkommen");
    let income = desk.field(income).await.row.id;
    let child = desk.field(field("child", Kind::Text, "Kind")).await.row.id;
    let ticket = desk
        .ticket("Antrag für Zaunkönig fehlt")
        .saying("Zaunkönigs Antrag ist weg.")
        .await;
    let values = vec![
        (income, Some(Value::Number(123_456))),
        (child, Some(Value::Text("Luca Zaunkönig".to_owned()))),
    ];
    let console = Actor::System(Rule::Console);
    desk.set(&console, ticket.id, values).await.unwrap();
    let ticket = close(&desk, ticket).await;
    let only = [(Permission::ReadCases, Scope::Everything)];
    let searcher = desk.person_with("Mira Kessler", &only).await;
    let searcher = searcher.sign_in().await;
    let address = format!("/cases/{}", ticket.number);
    let before = searcher.get(&address).await;
    before.must_say("Einkommen");
    before.must_say("1.234,56");

    let admin = desk.administrator().await.sign_in().await;
    for id in [income, child] {
        let editor = format!("/settings/fields/{id}");
        let page = admin.get(&editor).await;
        let typed = [("personal", "1")];
        let saved = admin.submit(&page, "#field-form", &typed).await;
        assert_eq!(saved.status, 303, "{}", saved.describe());
        let page = admin.get(&editor).await;
        assert!(page.has("input[name=personal][checked]"));
        let history = admin.get(&format!("{editor}/history")).await;
        history.must_say("Der Inhalt ist personenbezogen : Nein → Ja");
    }
    let case = searcher.get(&address).await;
    case.must_say("Antrag für […] fehlt");
    for page in [&case, &searcher.get("/cases").await] {
        for word in ["Einkommen", "1.234,56", "Zaunkönig"] {
            assert!(!page.body().contains(word), "{word}: {}", page.describe());
        }
    }
    // Whoever works on tickets sees it as before, and so do lists and files.
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let page = annika.get(&format!("/tickets/{}", ticket.number)).await;
    page.must_say("Luca Zaunkönig");
}

async fn hits(browser: &Client, words: &str) -> Page {
    let page = browser.get(&url::search(words).to_string()).await;
    assert_eq!(page.status, 200, "{words}: {}", page.describe());
    page
}

#[tokio::test]
async fn a_searcher_finds_a_case_by_what_its_page_says() {
    let case = case().await;
    indexing::run_due(&case.desk).await.unwrap();
    let title = ["Frau […] druckt nicht"];
    let running = case.solved.number.split('-').nth(1).unwrap();
    for words in ["treiber", "Zahlauf", "druckt", running] {
        let page = hits(&case.searcher, words).await;
        assert_eq!(page.texts("#hits .hit h2"), title, "{words}");
        page.must_say("1 Treffer.");
        let links = page.attributes("#hits .hit h2 a", "href");
        assert_eq!(links, [format!("/cases/{}", case.solved.number)]);
    }
    let page = hits(&case.searcher, "treiber").await;
    assert_eq!(page.texts("#hits mark"), ["Treiber"]);
    assert!(page.has("#search-kinds a[href*='kind=case']"));
    assert!(!page.has("#search-kinds a[href*='kind=ticket']"));
    // A whole number goes straight to its case, and nowhere for one that is open.
    let go = case
        .searcher
        .get(&format!("/search?q={}", case.solved.number))
        .await;
    assert_eq!(
        go.location(),
        Some(format!("/cases/{}", case.solved.number))
    );
    let open = hits(&case.searcher, &case.open.number).await;
    assert!(open.texts("#hits .hit h2").is_empty());
    let list = case.searcher.htmx_get("/palette?q=treiber").await;
    assert_eq!(list.attributes("a.cmd", "href").len(), 1);
    // Whoever reads tickets finds it once, with its names.
    let admin = case.desk.administrator().await.sign_in().await;
    let page = hits(&admin, "treiber").await;
    assert_eq!(
        page.texts("#hits .hit h2"),
        ["Frau Kanarienvogel druckt nicht"]
    );
}

#[tokio::test]
async fn no_search_tells_a_searcher_a_name() {
    let case = case().await;
    let annika = case.desk.agent("Annika Brandt").await;
    let note = WriteNote {
        body: "Rohrdommel hat angerufen.".to_owned(),
        files: vec![],
        once: None,
    };
    let solved = case.desk.read(case.solved.id).await;
    let permit = Permit::ask(&annika.actor().await, solved).unwrap();
    case.desk.db.change(permit, note).await.unwrap();
    indexing::run_due(&case.desk).await.unwrap();
    let mail = "s.nachtigall@pankow.example";
    let mistyped = ["Kanarienvogl", "Papagai", "Rohrdomel", "Nachtigal"];
    let asked = ["von:Kanarienvogel", "bezirk:Pankow", "Pankow", "Rohrdommel"];
    for words in CANARIES
        .into_iter()
        .chain(mistyped)
        .chain(asked)
        .chain([mail])
    {
        let page = hits(&case.searcher, words).await;
        assert!(page.texts("#hits .hit").is_empty(), "{words}");
        assert!(!page.has("#search-facets input[type=checkbox]"), "{words}");
        assert!(!page.says("Tippfehler berücksichtigt"), "{words}");
        let palette = url::palette().with("q", words).to_string();
        let list = case.searcher.htmx_get(&palette).await;
        assert!(!list.has("a.cmd"), "{words}: {}", list.describe());
        let complete = url::search_part("complete").with("q", format!("von:{words}"));
        let list = case.searcher.htmx_get(&complete.to_string()).await;
        assert!(!list.has("li"), "{words}");
    }
    // Beside what is found, nothing says who.
    let page = hits(&case.searcher, "treiber").await;
    let body = page.body();
    for word in CANARIES.into_iter().chain(["Pankow", "Rohrdommel"]) {
        assert!(!body.contains(word), "{word}: {}", page.describe());
    }
    let shown = hits(&annika.sign_in().await, "Rohrdommel").await;
    assert_eq!(
        shown.texts("#hits .hit").len(),
        1,
        "an agent finds the note"
    );
}

#[tokio::test]
async fn a_case_is_found_as_far_as_the_searcher_may_read_and_while_it_is_one() {
    let case = case().await;
    let desk = &case.desk;
    let other = desk.team("Zahlung").await;
    let elsewhere = desk
        .ticket("Treiber der Zahlung")
        .saying("Der Treiber fehlt.")
        .in_team(other)
        .await;
    let elsewhere = close(desk, elsewhere).await;
    indexing::run_due(desk).await.unwrap();
    let of_team = [(Permission::ReadCases, Scope::Teams(vec![other]))];
    let paul = desk.person_with("Paul Weber", &of_team).await;
    let paul = paul.sign_in().await;
    let page = hits(&paul, "treiber").await;
    assert_eq!(page.texts("#hits .hit h2"), ["Treiber der Zahlung"]);
    page.must_say("1 Treffer.");
    assert!(!page.says("Jugend 1"));
    assert_eq!(hits(&case.searcher, "treiber").await.count("#hits .hit"), 2);
    let engine = desk.index.engine().await.unwrap();
    let difference = reindex::compare(&desk.db, &engine).await.unwrap();
    assert!(difference.is_none(), "{difference:?}");

    let console = Actor::System(Rule::Console);
    let permit = Permit::ask(&console, desk.read(elsewhere.id).await).unwrap();
    desk.db.change(permit, Reopen).await.unwrap();
    indexing::run_due(desk).await.unwrap();
    assert_eq!(hits(&paul, "treiber").await.count("#hits .hit"), 0);
}

#[tokio::test]
async fn what_becomes_personal_is_found_in_no_case_any_more() {
    let desk = TestDesk::new().await;
    let words = Words::new("Grund", "Reason");
    let mut facts = FieldFacts::new("grund", Kind::Choice, words);
    facts.options = vec![Choice::new("Krankheit", "Illness")];
    let field = desk.field(facts).await;
    let ticket = desk.ticket("Antrag fehlt").await;
    let value = Some(Value::Options(vec![field.options[0].id]));
    let console = Actor::System(Rule::Console);
    desk.set(&console, ticket.id, vec![(field.row.id, value)])
        .await
        .unwrap();
    close(&desk, ticket).await;
    let only = [(Permission::ReadCases, Scope::Everything)];
    let searcher = desk.person_with("Mira Kessler", &only).await;
    let searcher = searcher.sign_in().await;
    indexing::run_due(&desk).await.unwrap();
    for words in ["krankheit", "feld:grund=krankheit"] {
        assert_eq!(
            hits(&searcher, words).await.count("#hits .hit"),
            1,
            "{words}"
        );
    }
    let mut facts = field.facts();
    facts.settings.personal = true;
    let id = field.row.id;
    desk.console(entities::field::Update { id, facts }).await;
    // Before and after the index knows.
    for _ in 0..2 {
        for words in ["krankheit", "feld:grund=krankheit"] {
            assert_eq!(
                hits(&searcher, words).await.count("#hits .hit"),
                0,
                "{words}"
            );
        }
        indexing::run_due(&desk).await.unwrap();
    }
    // Access that follows the field goes on, though nobody may ask for it.
    let scope = Scope::FieldValues {
        field: field.row.id,
        options: vec![field.options[0].id],
    };
    let by_field = [(Permission::ReadCases, scope)];
    let paul = desk.person_with("Paul Weber", &by_field).await;
    let paul = paul.sign_in().await;
    assert_eq!(hits(&paul, "antrag").await.count("#hits .hit"), 1);
    assert_eq!(hits(&paul, "krankheit").await.count("#hits .hit"), 0);
}
