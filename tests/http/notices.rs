//! Notices as people meet them: the bell in the head, their page by days, and reading them.

use chrono::Duration;
use entities::Permission;
use entities::policy::Scope;
use lotse::jobs;
use support::desk::{Client, Page, TestDesk, an_hour_and_a_day};

async fn desk() -> TestDesk {
    let desk = TestDesk::new().await;
    let calendar = desk.always().await;
    desk.general_limit(calendar, an_hour_and_a_day()).await;
    desk
}

async fn pass(desk: &TestDesk, time: Duration) {
    desk.pass(time);
    jobs::run_due(desk).await.unwrap();
}

/// What the bell says aloud.
fn bell(page: &Page) -> String {
    page.attribute("#bell a", "aria-label").unwrap()
}

async fn bell_of(browser: &Client) -> String {
    bell(&browser.get("/").await)
}

#[tokio::test]
async fn the_bell_counts_what_is_unread_and_its_page_tells_what_where_and_when() {
    let desk = desk().await;
    let annika = desk.agent("Annika Brandt").await;
    let first = desk.ticket("Zahllauf").owned_by(&annika).await;
    let browser = annika.sign_in().await;
    assert_eq!(bell_of(&browser).await, "Hinweise");
    let page = browser.get("/notices").await;
    page.must_say("Keine Hinweise.");
    assert!(!page.has("#notices form"));

    pass(&desk, Duration::hours(6)).await;
    assert_eq!(bell_of(&browser).await, "Hinweise, 1 ungelesen");
    let page = browser.get("/notices").await;
    let line = page.text("#notices li");
    for words in [
        "Frist läuft bald ab",
        "Lösung bis",
        "neu",
        &first.number,
        "Zahllauf",
    ] {
        assert!(line.contains(words), "{words}: {line}");
    }
    pass(&desk, Duration::hours(3)).await;
    desk.ticket("Bescheid").owned_by(&annika).await;
    pass(&desk, Duration::hours(9)).await;
    let browser = annika.sign_in().await;
    let page = browser.get("/notices").await;
    assert_eq!(bell(&page), "Hinweise, 3 ungelesen");
    let lines = page.texts("#notices li");
    assert!(lines[0].contains("Frist überschritten") && lines[0].contains("Bescheid"));
    assert!(lines[2].contains("Frist läuft bald ab") && lines[2].contains("Zahllauf"));
    let english = browser.get("/notices?lang=en").await;
    assert_eq!(bell(&english), "Notices, 3 unread");
    assert!(english.texts("#notices li")[0].contains("Deadline passed"));
}

#[tokio::test]
async fn a_line_leads_to_the_place_in_the_thread_and_looking_there_is_reading() {
    let desk = desk().await;
    let annika = desk.agent("Annika Brandt").await;
    desk.ticket("Zahllauf").owned_by(&annika).await;
    desk.ticket("Bescheid").owned_by(&annika).await;
    pass(&desk, Duration::hours(9)).await;
    let browser = annika.sign_in().await;
    let page = browser.get("/notices").await;
    assert_eq!(page.count("#notices .is-unread"), 2);
    let to = page.attributes("#notices li a", "href");
    let (path, anchor) = to[0].split_once('#').unwrap();
    let ticket = browser.get(path).await;
    let told = ticket.text(&format!("#{anchor}"));
    assert!(
        told.starts_with("Frist überschritten: Lösung bis"),
        "{told}"
    );
    assert_eq!(bell(&ticket), "Hinweise, 1 ungelesen");
    let page = browser.get("/notices").await;
    assert_eq!(page.count("#notices li"), 2);
    assert_eq!(page.count("#notices .is-unread"), 1);
    let history = browser.get(&format!("{path}/history")).await;
    history.must_say("Frist überschritten");
    let english = browser.get(&format!("{path}/history?lang=en")).await;
    english.must_say("Deadline passed");
    english.must_say("Solution by");
}

#[tokio::test]
async fn all_are_marked_as_read_with_scripts_and_without() {
    let desk = desk().await;
    let annika = desk.agent("Annika Brandt").await;
    let jonas = desk.agent("Jonas Weber").await;
    for n in 0..3 {
        desk.ticket(&format!("Zahllauf {n}"))
            .owned_by(&annika)
            .await;
    }
    desk.ticket("Bescheid").owned_by(&jonas).await;
    pass(&desk, Duration::hours(9)).await;
    let browser = annika.sign_in().await;
    let page = browser.get("/notices").await;
    let done = browser.submit(&page, "#notices form", &[]).await;
    assert_eq!(done.location().as_deref(), Some("/notices"));
    let page = browser.follow(&done).await;
    assert_eq!(bell(&page), "Hinweise");
    assert_eq!(
        (page.count("#notices li"), page.count(".is-unread")),
        (3, 0)
    );
    assert!(!page.has("#notices form"));
    let browser = jonas.sign_in().await;
    assert_eq!(bell_of(&browser).await, "Hinweise, 1 ungelesen");
    let until = desk.db.clock().now().timestamp_micros().to_string();
    let done = browser
        .htmx_post("/notices/read", &[("until", &until)])
        .await;
    assert_eq!(done.targets(), ["#notices", "#bell"]);
    assert_eq!(bell(&done), "Hinweise");
    let fragment = browser.htmx_get("/notices/bell").await;
    assert!(!fragment.is_whole() && !fragment.has(".tool__dot"));
}

#[tokio::test]
async fn a_ticket_that_goes_out_of_sight_takes_its_notices_along() {
    let desk = desk().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Kita").await);
    let rights = [(Permission::ReadTickets, Scope::OwnTeams)];
    let jonas = desk.person_with("Jonas Weber", &rights).in_team(own).await;
    let ticket = desk.ticket("Geheimer Zahllauf").in_team(own).await;
    pass(&desk, Duration::hours(9)).await;
    let browser = jonas.sign_in().await;
    browser.get("/notices").await.must_say("Geheimer Zahllauf");
    let sql = "UPDATE ticket SET team_id = $1 WHERE id = $2";
    let values = vec![other.into(), ticket.id.into()];
    desk.database().execute(sql, values).await;
    desk.pass(Duration::minutes(1));
    let page = browser.get("/notices").await;
    page.must_say("Keine Hinweise.");
    assert_eq!(bell(&page), "Hinweise");
    assert!(!page.body().contains(&ticket.number) && !page.says("Geheimer"));
}

#[tokio::test]
async fn many_notices_come_page_by_page() {
    let desk = desk().await;
    let annika = desk.agent("Annika Brandt").await;
    for n in 0..52 {
        desk.ticket(&format!("Zahllauf {n}"))
            .owned_by(&annika)
            .await;
    }
    pass(&desk, Duration::hours(6)).await;
    pass(&desk, Duration::hours(3)).await;
    let browser = annika.sign_in().await;
    let page = browser.get("/notices").await;
    assert_eq!(bell(&page), "Hinweise, mehr als 99 ungelesen");
    assert_eq!(page.text("#bell .tool__dot"), "99+");
    let mut count = page.count("#notices li");
    let mut page = page;
    while let Some(next) = page.attribute("#notices a[rel=next]", "href") {
        page = browser.get(&next).await;
        count += page.count("#notices li");
    }
    assert_eq!(count, 104);
    let odd = browser.get("/notices?after=kaputt").await;
    assert_eq!(odd.count("#notices li"), 50);
}
