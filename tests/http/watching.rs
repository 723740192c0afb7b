//! Watching views and services: the button above a list, what comes in, and the page of everything one watches.

use entities::ticket::{Prioritise, Priority, Rename, Ticket};
use entities::view::{Create, Shelf, ViewFacts};
use entities::{Permit, notice};
use support::desk::{Persona, TestDesk};

async fn prioritised(desk: &TestDesk, who: &Persona, ticket: &Ticket, to: Priority) {
    let fresh = desk.read(ticket.id).await;
    let permit = Permit::ask(&who.actor().await, fresh).unwrap();
    desk.db
        .change(permit, Prioritise { priority: to })
        .await
        .unwrap();
    desk.run_jobs().await;
}

async fn renamed(desk: &TestDesk, who: &Persona, ticket: &Ticket, title: &str) {
    let fresh = desk.read(ticket.id).await;
    let permit = Permit::ask(&who.actor().await, fresh).unwrap();
    let title = title.to_owned();
    desk.db.change(permit, Rename { title }).await.unwrap();
    desk.run_jobs().await;
}

async fn unread(desk: &TestDesk, who: &Persona) -> i64 {
    let actor = who.actor().await;
    notice::unread(&desk.db, &actor).await.unwrap()
}

#[tokio::test]
async fn a_ticket_that_comes_into_a_watched_view_is_told_once_until_it_left() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let mira = desk.agent("Mira Kessler").await;
    let there = desk
        .ticket("Schon da")
        .in_team(team)
        .urgent(Priority::VeryHigh)
        .await;
    let ticket = desk.ticket("Zahllauf").in_team(team).await;
    let facts = ViewFacts {
        name: "Sehr dringend".to_owned(),
        shelf: Shelf::Person(mira.id),
        query: "priority=very_high".to_owned(),
        columns: vec![],
        sort: String::new(),
        grouping: None,
        position: 0,
    };
    let permit = Permit::ask(&mira.actor().await, facts.shelf).unwrap();
    let view = desk.db.change(permit, Create { facts, once: None }).await;
    let view = view.unwrap().subject.id;
    let browser = mira.sign_in().await;
    let list = browser.get(&format!("/tickets?view={view}")).await;
    assert_eq!(list.text("#list-watch button"), "Ansicht beobachten");
    let done = browser.submit(&list, "#list-watch", &[]).await;
    let list = browser.follow(&done).await;
    assert_eq!(list.text("#list-watch button"), "Nicht mehr beobachten");
    desk.run_jobs().await;
    renamed(&desk, &annika, &there, "Noch da").await;
    assert_eq!(unread(&desk, &mira).await, 0, "what lay there is no news");
    prioritised(&desk, &annika, &ticket, Priority::VeryHigh).await;
    assert_eq!(unread(&desk, &mira).await, 1);
    let page = browser.get("/notices").await;
    page.must_say("In eine Ansicht gekommen");
    page.must_say("weil Sie diese Ansicht beobachten");
    let to = page.attribute("#notices .told__why", "href");
    assert_eq!(to.as_deref(), Some("/account/watched"));
    // It stays there, whatever else happens, and is told again only after it left.
    renamed(&desk, &annika, &ticket, "Zahllauf hängt").await;
    assert_eq!(unread(&desk, &mira).await, 1);
    prioritised(&desk, &annika, &ticket, Priority::Low).await;
    prioritised(&desk, &annika, &ticket, Priority::VeryHigh).await;
    assert_eq!(unread(&desk, &mira).await, 2);
    prioritised(&desk, &annika, &there, Priority::Low).await;
    let watched = browser.get("/account/watched").await;
    watched.must_say("Sehr dringend");
    let ended = browser.submit(&watched, ".watched form", &[]).await;
    let watched = browser.follow(&ended).await;
    assert!(!watched.has(".watched"));
    prioritised(&desk, &annika, &there, Priority::VeryHigh).await;
    assert_eq!(unread(&desk, &mira).await, 2);
    desk.must_be_idle().await;
}

#[tokio::test]
async fn a_service_is_watched_from_its_list_and_from_the_page_and_a_ticket_ends_there_too() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let service = desk.service("KITA-Netz", team).await;
    desk.service("Elterngeld", team).await;
    let ticket = desk.ticket("Zahllauf").in_team(team).about(service).await;
    let browser = annika.sign_in().await;
    let list = browser.get(&format!("/tickets?service={service}")).await;
    assert_eq!(list.text("#list-watch button"), "Fachverfahren beobachten");
    let done = browser.submit(&list, "#list-watch", &[]).await;
    assert_eq!(done.location(), Some(format!("/tickets?service={service}")));
    let page = browser.get(&format!("/tickets/{}", ticket.number)).await;
    browser.submit(&page, "#ticket-watch", &[]).await;
    let watched = browser.get("/account/watched").await;
    let names = watched.texts(".watched__name");
    assert!(
        names[0].contains("KITA-Netz") && names[1].contains("Zahllauf"),
        "{names:?}"
    );
    let others = watched.texts("#watch-service-key option");
    assert_eq!(others, ["Elterngeld"]);
    let number = ticket.number.as_str();
    let form = [("kind", "ticket"), ("key", number)];
    let ended = browser.htmx_post("/account/watched/end", &form).await;
    assert_eq!(ended.targets(), ["#watched"]);
    assert_eq!(ended.count(".watched li"), 1);
    // A filter of one's own stands for nothing that could be watched.
    let list = browser.get("/tickets?priority=high").await;
    assert!(!list.has("#list-watch"));
    for (kind, key) in [
        ("view", "view-gone"),
        ("service", "x"),
        ("ticket", "2026-000000-0"),
    ] {
        let form = [("kind", kind), ("key", key)];
        let page = browser.post("/account/watched", &form).await;
        assert_eq!(page.status, 404, "{kind}");
    }
}
