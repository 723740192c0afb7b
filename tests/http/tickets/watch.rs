//! The star of a ticket as an agent meets it, with scripts and without.

use support::desk::TestDesk;

#[tokio::test]
async fn the_star_is_turned_on_and_off_and_the_view_counts() {
    let desk = TestDesk::new().await;
    let other = desk.team("Zahlstelle").await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let jonas = desk.agent("Jonas Weber").await.sign_in().await;
    let ticket = desk.ticket("Zahllauf bricht ab").in_team(other).await;
    desk.ticket("Kasse").await;
    let path = format!("/tickets/{}", ticket.number);
    let page = annika.get(&path).await;
    let pressed = |page: &support::desk::Page| page.attribute("#ticket-star", "aria-pressed");
    assert_eq!(pressed(&page).unwrap(), "false");
    assert!(!page.text("#facts").contains("Beobachtet von"));

    let done = annika.submit(&page, "#ticket-watch", &[]).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let page = annika.follow(&done).await;
    assert_eq!(pressed(&page).unwrap(), "true");
    let facts = jonas.get(&path).await;
    assert!(
        facts
            .text("#facts")
            .contains("Beobachtet von Annika Brandt")
    );
    assert_eq!(pressed(&facts).unwrap(), "false");
    let list = annika.get("/tickets?watched=me").await;
    assert!(
        list.text("h1").starts_with("Beobachtet"),
        "{}",
        list.text("h1")
    );
    list.must_say("Zahllauf bricht ab");
    assert!(!list.text("#list").contains("Kasse"));
    // Whatever else is filtered, it stays among what one watches.
    assert!(list.has("#filter input[name=watched][value=me]"));
    let views = annika.get("/views").await;
    let counted = views.text("a[href='/tickets?watched=me']");
    assert_eq!(counted, "Beobachtet gesamt: 1");

    let gone = annika.htmx_post(&format!("{path}/unwatch"), &[]).await;
    assert_eq!(pressed(&gone).unwrap(), "false");
    assert_eq!(
        gone.targets(),
        ["#facts", "#ticket-title", "#ticket-events"]
    );
    let again = annika.htmx_post(&format!("{path}/unwatch"), &[]).await;
    assert_eq!(again.status, 200, "{}", again.describe());
    let history = jonas.get(&format!("{path}/history")).await;
    history.must_say("Beobachtung begonnen");
    history.must_say("Beobachtung beendet");
    let thread = jonas.get(&path).await;
    assert!(!thread.says("Beobachtung begonnen"));
}
