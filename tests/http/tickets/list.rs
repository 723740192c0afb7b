//! The list of tickets: filters, pages, chosen rows.

use entities::ticket::Priority;
use support::desk::TestDesk;

#[tokio::test]
async fn a_filter_has_an_address_and_a_chip_that_lifts_it() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    desk.ticket("Eilig")
        .in_team(youth)
        .urgent(Priority::VeryHigh)
        .await;
    desk.ticket("Ruhig").in_team(youth).owned_by(&annika).await;
    let browser = annika.sign_in().await;
    let page = browser.get("/tickets?priority=very_high").await;
    assert_eq!(
        page.texts("#list-table a.subject"),
        ["Neue Nachricht: Eilig"]
    );
    let lift = page.attribute(".chip a", "href").unwrap();
    assert_eq!(browser.get(&lift).await.count("#list-table tbody tr"), 2);
    let mine = browser.get("/tickets?owner=me").await;
    assert!(mine.text("#list-title").starts_with("Meine offenen"));
    assert_eq!(mine.count("#list-table tbody tr"), 1);
    let none = browser.get("/tickets?q=gibtesnicht").await;
    none.must_say("Kein Ticket gefunden");
}

#[tokio::test]
async fn a_number_in_the_search_leads_to_its_ticket() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let ticket = desk.ticket("Zahllauf").await;
    let browser = annika.sign_in().await;
    let page = browser
        .get(&format!("/tickets?q=%23{}", ticket.number))
        .await;
    assert_eq!(
        page.location().unwrap(),
        format!("/tickets/{}", ticket.number)
    );
    assert_eq!(
        browser
            .get("/tickets?q=zahl")
            .await
            .count("#list-table tbody tr"),
        1
    );
}

#[tokio::test]
async fn pages_follow_one_another_there_and_back() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    for number in 0..55 {
        desk.ticket(&format!("Fall {number}")).await;
    }
    let browser = annika.sign_in().await;
    let first = browser.get("/tickets?sort=created").await;
    assert_eq!(first.count("#list-table tbody tr"), 50);
    let next = first.attribute("a[rel=next]", "href").unwrap();
    let second = browser.get(&next).await;
    assert_eq!(second.count("#list-table tbody tr"), 5);
    assert!(second.texts("#list-table tbody tr")[0].contains("Fall 50"));
    assert!(!second.has("a[rel=next]"));
    let back = second.attribute(".pager a", "href").unwrap();
    assert_eq!(browser.get(&back).await.count("#list-table tbody tr"), 50);
}

#[tokio::test]
async fn chosen_rows_are_not_moved_by_news() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let one = desk.ticket("Eins").await;
    let browser = annika.sign_in().await;
    let page = browser.get("/tickets").await;
    let news = page.attribute("#list-live", "hx-get").unwrap();
    assert_eq!(browser.htmx_get(&news).await.status, 204, "nothing is new");
    desk.ticket("Zwei").await;
    let fresh = browser.htmx_get(&news).await;
    assert!(fresh.body().contains("Zwei"));
    let next = fresh.attribute("#list-live", "hx-get").unwrap();
    assert_eq!(browser.htmx_get(&next).await.status, 204);
    let hint = browser.htmx_get(&format!("{news}&id={}", one.id)).await;
    assert!(hint.body().contains("1 neues zeigen") && !hint.body().contains("Zwei"));
}
