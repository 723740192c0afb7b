//! Finding: what words find on the search page, for whom, and how soon.

use chrono::{Datelike as _, NaiveDate};
use entities::article::{Content, Retire};
use entities::field::{FieldFacts, Kind, Value, Words};
use entities::policy::Scope;
use entities::ticket::{ClosingReason, Reply, Then, WriteNote};
use entities::{Actor, Permission, Permit, Rule};
use lotse::finding::{permission, reindex};
use lotse::jobs::indexing;
use search::document::Kind as Found;
use search::{Request, Typed};
use support::desk::{Client, TestDesk, content, reply};

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
    let titles = page.texts("title");
    let named = titles
        .iter()
        .any(|one| one.starts_with("zahllauf – Suche – "));
    assert!(named, "{titles:?}");
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
async fn years_and_days_begin_at_midnight_where_the_desk_is() {
    let desk = TestDesk::new().await;
    let now = desk.db.clock().now();
    let year = now.year();
    // Half an hour before the year ends in Greenwich it has begun in Berlin.
    let eve = NaiveDate::from_ymd_opt(year, 12, 31).and_then(|day| day.and_hms_opt(23, 30, 0));
    desk.pass(eve.unwrap().and_utc() - now);
    desk.ticket("Feuerwerk").await;
    indexed(&desk).await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let next = year + 1;
    let page = annika.get("/search?q=feuerwerk").await;
    assert!(page.has(&format!("input[name=year][value='{next}']")));
    assert!(!page.has(&format!("input[name=year][value='{year}']")));
    let since = format!("feuerwerk nach:1.1.{next}");
    assert_eq!(found(&annika, &since).await, ["Feuerwerk"]);
    let before = format!("feuerwerk vor:{next}");
    assert!(found(&annika, &before).await.is_empty());
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

#[tokio::test]
async fn searches_are_remembered_for_oneself_and_kept_or_forgotten() {
    let desk = TestDesk::new().await;
    desk.ticket("Bescheid").await;
    indexed(&desk).await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let jan = desk.agent("Jan Ohm").await.sign_in().await;
    found(&annika, "bescheid").await;
    found(&annika, "zahllauf").await;
    let page = annika.get("/search").await;
    page.must_say("Zuletzt gesucht");
    assert_eq!(page.texts(".ownsearches a"), ["zahllauf", "bescheid"]);
    let form = "section[aria-labelledby=search-last] li form";
    annika.submit(&page, form, &[]).await;
    let page = annika.get("/search").await;
    page.must_say("Gespeicherte Suchen");
    let forget = "form[action='/search/forget']";
    annika.submit(&page, forget, &[]).await;
    let page = annika.get("/search").await;
    assert_eq!(page.texts(".ownsearches a"), ["zahllauf"]);
    assert!(!jan.get("/search").await.has(".ownsearches"));
    // What is looked for while typing is no search yet.
    jan.htmx_get("/search?q=besch").await;
    assert!(!jan.get("/search").await.has(".ownsearches"));
}

#[tokio::test]
async fn authors_see_what_people_looked_for_in_vain() {
    let desk = TestDesk::new().await;
    desk.ticket("Bescheid").await;
    indexed(&desk).await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    for _ in 0..2 {
        found(&annika, "Elterngeldstelle").await;
        found(&annika, "sabine@pankow.example").await;
    }
    found(&annika, "Einmalig").await;
    let admin = desk.administrator().await.sign_in().await;
    let page = admin.get("/knowledge/gaps").await;
    page.must_say("Vergeblich gesucht");
    assert_eq!(
        page.texts("section[aria-labelledby=in-vain] li a span:first-of-type"),
        ["elterngeldstelle"]
    );
}

#[tokio::test]
async fn what_is_like_a_ticket_stands_beside_it_with_what_helped() {
    let desk = TestDesk::new().await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let annika = desk.agent("Annika Brandt").await;
    let browser = annika.sign_in().await;
    let solved = desk
        .ticket("Geschwisterbonus bricht den Bescheid ab")
        .saying("Der Bescheid bricht mit dem Geschwisterbonus ab.")
        .from(&sabine)
        .await;
    let answer = reply(
        "kowalke@pankow.example",
        "Guten Tag Frau Kowalke,\n\nbitte bestätigen Sie das Änderungsdatum.",
    );
    let answer = Reply {
        then: Then::Solve(ClosingReason::UserError),
        ..answer
    };
    let permit = Permit::ask(&annika.actor().await, solved.clone()).unwrap();
    desk.db.change(permit, answer).await.unwrap();
    let open = desk
        .ticket("Bescheid bricht wieder ab")
        .saying("Mit Geschwisterbonus geht es nicht.")
        .await;
    indexed(&desk).await;
    let at = format!("/tickets/{}", open.number);
    browser.get(&at).await.must_say("Ähnliche gelöste Fälle");
    let similar = browser.htmx_get(&format!("{at}/similar")).await;
    similar.must_say("Geschwisterbonus bricht den Bescheid ab");
    assert!(!similar.says("Bescheid bricht wieder ab"));
    let act = similar.attribute("button[name=act]", "value").unwrap();
    let taken = browser.submit(&similar, "form", &[("act", &act)]).await;
    let page = browser.follow(&taken).await;
    let text = page.text("#composer-text");
    assert!(text.contains("bestätigen Sie das Änderungsdatum"), "{text}");
    // Whom it helped then is nobody's matter now.
    assert!(!text.contains("Kowalke"), "{text}");
    let typed = [
        ("title", "Bescheid bricht ab"),
        ("text", "Geschwisterbonus"),
    ];
    let call = browser.htmx_post("/tickets/new/similar", &typed).await;
    call.must_say("Geschwisterbonus bricht den Bescheid ab");
}

#[tokio::test]
async fn the_palette_leads_to_tickets_people_and_pages() {
    let desk = TestDesk::new().await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let ticket = desk.ticket("Zahllauf bricht ab").from(&sabine).await;
    indexed(&desk).await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let page = annika.get("/").await;
    assert!(page.has("dialog#palette input[role=combobox]"));
    let running = ticket.number.split('-').nth(1).unwrap().to_owned();
    for typed in ["zahll", &running, &format!("%23{}", ticket.number)] {
        let list = annika.htmx_get(&format!("/palette?q={typed}")).await;
        let links = list.attributes("a.cmd", "href");
        assert!(
            links.contains(&format!("/tickets/{}", ticket.number)),
            "{typed}: {links:?}"
        );
    }
    let list = annika.htmx_get("/palette?q=@kowal").await;
    assert!(list.has("a.cmd[href*='requester=']"));
    assert!(!list.says("Zahllauf"));
    let list = annika.htmx_get("/palette?q=Rollen").await;
    assert!(!list.says("Verwaltung"), "an agent manages no roles");
    let admin = desk.administrator().await.sign_in().await;
    let list = admin.htmx_get("/palette?q=Rollen").await;
    assert!(
        list.attributes("a.cmd", "href")
            .contains(&"/settings/roles".to_owned())
    );
}
