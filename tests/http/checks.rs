//! The check lists of clean data as people see them: counts that lead to lists, and how they went.

use chrono::Duration;
use entities::ticket::check;
use entities::{Actor, Rule};
use support::desk::TestDesk;

const CONSOLE: Actor = Actor::System(Rule::Console);

#[tokio::test]
async fn every_count_leads_to_its_list_and_the_trend_has_gaps() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let browser = annika.sign_in().await;
    desk.ticket("Zahllauf bricht ab").in_team(team).await;
    desk.ticket("Umlaute fehlen").await;
    desk.pass(Duration::hours(3));
    let page = browser.get("/checks").await;
    page.must_say("Noch kein Verlauf");
    assert_eq!(page.texts(".checklist__count b"), ["2", "0", "0", "0"]);
    for day in [3, 2, 0] {
        let day = (desk.db.clock().now() - Duration::days(day)).date_naive();
        check::keep(&desk.db, &CONSOLE, day, desk.db.clock().now())
            .await
            .unwrap();
    }
    let page = browser.get("/checks").await;
    assert_eq!(page.count("svg.trend"), 4);
    assert_eq!(page.count("svg.trend polyline"), 4);
    assert_eq!(page.count("svg.trend circle"), 4);
    let days = page.texts(".checklist:first-child tbody tr");
    assert!(
        days.iter()
            .filter(|day| day.ends_with("nicht gezählt"))
            .count()
            == 27
    );

    let links = page.attributes(".checklist h2 a", "href");
    assert_eq!(links.len(), 4);
    for (link, name) in links.iter().zip(page.texts(".checklist h2")) {
        let list = browser.get(link).await;
        assert!(list.text("h1").starts_with(&name), "{}", list.text("h1"));
        // What the list asks can be seen, and taken away.
        assert!(list.has("#list .chip"), "{link}");
    }
    let list = browser.get(&links[0]).await;
    list.must_say("Zahllauf bricht ab");
    list.must_say("älter als 2 Stunden");
    let own = page.attributes(".checklist:first-child td a", "href");
    let own = browser.get(&own[0]).await;
    let found = own.texts("#list a.subject");
    assert_eq!(found.len(), 1, "{found:?}");
    let none = browser.get("/tickets?team=none").await;
    assert_eq!(
        none.texts("#list a.subject"),
        ["Neue Nachricht: Umlaute fehlen"]
    );
    // The filter's form keeps what it has no control for.
    let silent = browser.get("/tickets?silent=90&lacking=fields").await;
    assert!(silent.has("#filter input[name=silent]") && silent.has("#filter input[name=lacking]"));
}

#[tokio::test]
async fn whoever_reads_no_tickets_sees_no_check_lists() {
    let desk = TestDesk::new().await;
    let browser = desk.requester("Sabine Kowalke").await.sign_in().await;
    assert_eq!(browser.get("/checks").await.status, 403);
}
