//! Solved cases without names: a searcher finds how something was solved, and nowhere who asked or answered.

use entities::field::{FieldFacts, Kind, Value, Words};
use entities::policy::Scope;
use entities::ticket::close::Ending;
use entities::ticket::{Close, ClosingReason, Ticket};
use entities::{Actor, Permission, Permit, Rule};
use lotse::routes;
use reqwest::Method;
use support::desk::{Client, Persona, TestDesk, reply};

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
