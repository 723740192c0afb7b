//! Finding: what words find on the search page, for whom, and how soon.

use entities::article::{Content, Retire};
use entities::field::{FieldFacts, Kind, Value, Words};
use entities::policy::Scope;
use entities::ticket::WriteNote;
use entities::{Actor, Permission, Permit, Rule};
use lotse::finding::{permission, reindex};
use lotse::jobs::indexing;
use search::document::Kind as Found;
use search::{Request, Typed};
use support::desk::{Client, TestDesk, content};

/// The titles on the search page.
async fn found(browser: &Client, words: &str) -> Vec<String> {
    let words: String = form_urlencoded(words);
    let page = browser.get(&format!("/search?q={words}")).await;
    assert_eq!(page.status, 200, "{}", page.describe());
    page.texts("#hits .hit h2")
}

fn form_urlencoded(text: &str) -> String {
    lotse::web::url::search(text)
        .to_string()
        .split_once("?q=")
        .map(|(_, words)| words.to_owned())
        .unwrap_or_default()
}

async fn indexed(desk: &TestDesk) {
    indexing::run_due(desk).await.unwrap();
}

#[tokio::test]
async fn an_agent_finds_a_ticket_by_whatever_was_written_in_it() {
    let desk = TestDesk::new().await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let ticket = desk
        .ticket("Bescheid druckt nicht")
        .saying("Beim Geschwisterbonus bricht der Zahllauf mit KN-4102 ab.")
        .from(&sabine)
        .await;
    desk.ticket("Drucker leer").saying("Der Toner fehlt.").await;
    indexed(&desk).await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    for words in [
        "bescheid",
        "Geschwisterbonus",
        "geschwisterbouns",
        "zahll",
        "KN-4102",
        "kowalke",
        "bescheid geschwisterbonus -toner",
        "\"bricht der Zahllauf\"",
    ] {
        assert_eq!(
            found(&annika, words).await,
            ["Bescheid druckt nicht"],
            "{words}"
        );
    }
    let page = annika.get("/search?q=zahllauf").await;
    assert!(page.texts("#hits mark").contains(&"Zahllauf".to_owned()));
    page.must_say("1 Treffer.");
    // A whole number goes straight to its ticket.
    let go = annika.get(&format!("/search?q={}", ticket.number)).await;
    assert_eq!(
        go.location().as_deref(),
        Some(format!("/tickets/{}", ticket.number).as_str())
    );
    assert!(found(&annika, "Ferienplan").await.is_empty());
    let nothing = annika.get("/search?q=Ferienplan").await;
    nothing.must_say("Nichts gefunden");
}

#[tokio::test]
async fn what_changes_is_found_as_it_is_now() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let browser = annika.sign_in().await;
    let ticket = desk.ticket("Zahllauf").await;
    indexed(&desk).await;
    assert!(found(&browser, "Überweisung").await.is_empty());
    let permit = Permit::ask(&annika.actor().await, ticket).unwrap();
    let note = WriteNote {
        body: "Die Überweisung fehlt.".to_owned(),
        files: vec![],
        once: None,
    };
    desk.db.change(permit, note).await.unwrap();
    indexed(&desk).await;
    assert_eq!(found(&browser, "ueberweisung").await, ["Zahllauf"]);
    let engine = desk.index.engine().await.unwrap();
    let difference = reindex::compare(&desk.db, &engine).await.unwrap();
    assert!(difference.is_none(), "{difference:?}");
}

#[tokio::test]
async fn nobody_finds_or_counts_what_they_may_not_see() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend").await;
    let pay = desk.team("Zahlung").await;
    desk.ticket("Pseudonym im Bescheid").in_team(youth).await;
    desk.ticket("Pseudonym im Zahllauf").in_team(pay).await;
    let grants = [(Permission::ReadTickets, Scope::Teams(vec![youth]))];
    let paul = desk
        .person_with("Paul Weber", &grants)
        .await
        .sign_in()
        .await;
    indexed(&desk).await;
    let page = paul.get("/search?q=Pseudonym").await;
    assert_eq!(page.texts("#hits .hit h2"), ["Pseudonym im Bescheid"]);
    page.must_say("1 Treffer.");
    assert!(!page.says("Zahllauf"));
    assert!(!page.says("Zahlung"));
    let sabine = desk.vendor_user("Jonas Ehlers").await.sign_in().await;
    let refused = sabine.get("/search?q=Pseudonym").await;
    assert!(refused.status.is_client_error() || refused.status == 303);
}

#[tokio::test]
async fn what_stands_in_a_field_is_found_by_those_alone_who_see_the_field() {
    let desk = TestDesk::new().await;
    let facts = FieldFacts::new(
        "aktenzeichen",
        Kind::Text,
        Words::new("Aktenzeichen", "File"),
    );
    let field = desk.field(facts).await;
    let ticket = desk.ticket("Bescheid").await;
    let console = Actor::System(Rule::Console);
    let value = Value::Text("Zitronenfalter".to_owned());
    let set = vec![(field.row.id, Some(value))];
    desk.set(&console, ticket.id, set).await.unwrap();
    indexed(&desk).await;
    let annika = desk.agent("Annika Brandt").await;
    assert_eq!(
        found(&annika.sign_in().await, "Zitronenfalter").await,
        ["Bescheid"]
    );
    let scopes = permission::passages(&desk.db, &annika.actor().await)
        .await
        .unwrap();
    let engine = desk.index.engine().await.unwrap();
    let hidden = Request {
        scopes: scopes
            .into_iter()
            .filter(|scope| *scope != search::document::Scope::Field(field.row.id))
            .collect(),
        permission: permission::visible_to(&annika.actor().await),
        ..Request::of(Typed::parse("Zitronenfalter", &[]))
    };
    let answer = engine.search(hidden).await.unwrap();
    assert_eq!(answer.total.number(), 0);
}

#[tokio::test]
async fn readers_find_what_is_published_and_authors_what_is_in_work() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let marek = desk.reviewer("Marek Lindner").await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let published = desk
        .published(&mira, &marek, "Geschwisterbonus erfassen")
        .await;
    let draft = Content {
        body: "Noch niemand hat das geprüft.".to_owned(),
        ..content("Geschwisterbonus in Arbeit")
    };
    let filing = desk.filing(&mira).await;
    desk.begin_article(&mira, draft, filing).await.unwrap();
    indexed(&desk).await;
    assert_eq!(
        found(&annika, "geschwisterbonus").await,
        ["Geschwisterbonus erfassen"]
    );
    let all = found(&mira.sign_in().await, "geschwisterbonus").await;
    assert_eq!(all.len(), 2, "{all:?}");
    let permit = Permit::ask(
        &marek.actor().await,
        desk.read_article(published.row.id).await,
    );
    desk.db.change(permit.unwrap(), Retire).await.unwrap();
    indexed(&desk).await;
    assert!(found(&annika, "geschwisterbonus").await.is_empty());
}

#[tokio::test]
async fn hits_are_narrowed_by_operators_and_beside_the_list() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend").await;
    let kita = desk.service("KITA-Netz", team).await;
    let hort = desk.service("HortPlan", team).await;
    desk.ticket("Bescheid der Kita").about(kita).await;
    desk.ticket("Bescheid des Horts").about(hort).await;
    indexed(&desk).await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    assert_eq!(found(&annika, "bescheid").await.len(), 2);
    for narrowed in [
        "bescheid fachverfahren:kita",
        "bescheid -service:hortplan",
        "service:KITA-Netz",
    ] {
        assert_eq!(
            found(&annika, narrowed).await,
            ["Bescheid der Kita"],
            "{narrowed}"
        );
    }
    let page = annika
        .get(&format!("/search?q=bescheid&service={hort}"))
        .await;
    assert_eq!(page.texts("#hits .hit h2"), ["Bescheid des Horts"]);
    // What is chosen narrows the hits, not the numbers of its own question.
    assert!(page.has(&format!("#filter-service-{kita}")));
    assert!(page.has(&format!("#filter-service-{hort}[checked]")));
    let page = annika.get("/search?q=bescheid+fachverfahren:zzz").await;
    page.must_say("„zzz“ ist kein Fachverfahren.");
    let page = annika.get("/search?q=bescheid+nach:morgen").await;
    page.must_say("„morgen“ ist kein Tag.");
    assert!(found(&annika, "bescheid vor:2020").await.is_empty());
    assert_eq!(found(&annika, "bescheid nach:1.1.2020").await.len(), 2);
}

#[tokio::test]
async fn a_search_that_cannot_be_answered_says_so_and_nothing_else_stops() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    desk.ticket("Bescheid").await;
    let page = annika.get("/search?q=bescheid").await;
    assert_eq!(page.status, 200);
    page.must_say("Die Suche antwortet gerade nicht.");
    assert_eq!(annika.get("/tickets").await.status, 200);
    indexed(&desk).await;
    assert_eq!(found(&annika, "bescheid").await, ["Bescheid"]);
}

#[tokio::test]
async fn whatever_is_typed_has_an_answer() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    desk.ticket("Bescheid").await;
    indexed(&desk).await;
    let long = "bescheid ".repeat(1_100);
    for typed in [
        "\"",
        "-",
        "-\"",
        "der die das",
        "service:",
        "a:b:c",
        "((",
        "*",
        "\u{0}\u{7}",
        "🦆",
        "שלום",
        "' OR 1=1 --",
        "team = \"x\" OR \"\"",
        long.as_str(),
    ] {
        let page = annika
            .get(&format!("/search?q={}", form_urlencoded(typed)))
            .await;
        assert_eq!(page.status, 200, "{typed:?}: {}", page.describe());
    }
}

/// The index narrows as the database does, for whoever asks.
#[tokio::test]
async fn the_index_shows_each_role_what_the_database_shows() {
    let desk = TestDesk::new().await;
    let (youth, pay) = (desk.team("Jugend").await, desk.team("Zahlung").await);
    let (kita, hort) = (
        desk.service("KITA-Netz", youth).await,
        desk.service("HortPlan", pay).await,
    );
    let office = desk.district("Jugendamt Pankow", "PA").await;
    let owner = desk.agent("Olga Owner").await;
    let mut all = Vec::new();
    for (number, team) in [Some(youth), Some(pay), None].into_iter().enumerate() {
        for service in [kita, hort] {
            let mut ticket = desk.ticket(&format!("Fall {number}")).about(service);
            if let Some(team) = team {
                ticket = ticket.in_team(team);
            }
            if number == 1 {
                ticket = ticket.of_organisation(office).owned_by(&owner);
            }
            all.push(ticket.await.id);
        }
    }
    indexed(&desk).await;
    let engine = desk.index.engine().await.unwrap();
    let read = Permission::ReadTickets;
    let scopes = [
        vec![],
        vec![(read, Scope::Everything)],
        vec![(read, Scope::OwnTeams)],
        vec![(read, Scope::Teams(vec![pay]))],
        vec![(read, Scope::Services(vec![kita]))],
        vec![(read, Scope::OwnOrganisation)],
        vec![(read, Scope::Services(vec![hort])), (read, Scope::OwnTeams)],
    ];
    for (number, grants) in scopes.into_iter().enumerate() {
        let person = desk.person_with(&format!("Person {number}"), &grants);
        let person = person.in_team(youth).of(office).await;
        let actor = person.actor().await;
        let request = Request {
            permission: permission::visible_to(&actor),
            limit: 100,
            ..Request::of(Typed::default())
        };
        let answer = engine.search(request).await.unwrap();
        let mut indexed: Vec<_> = answer
            .hits
            .iter()
            .filter(|hit| hit.key.kind == Found::Ticket)
            .map(|hit| hit.key.id)
            .collect();
        indexed.sort();
        let mut shown: Vec<_> = entities::ticket::hits::hits(&desk.db, &actor, &all)
            .await
            .unwrap()
            .into_keys()
            .collect();
        shown.sort();
        assert_eq!(indexed, shown, "{grants:?}");
    }
}
