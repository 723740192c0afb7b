//! Naming who stands in for oneself, and what the deputy sees of it.

use chrono::Days;
use support::desk::TestDesk;

#[tokio::test]
async fn a_deputy_is_named_shown_at_the_side_and_ended() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let tobias = desk.agent("Tobias Reuter").in_team(team).await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    desk.ticket("Bescheid fehlt")
        .in_team(team)
        .owned_by(&tobias)
        .await;
    let browser = tobias.sign_in().await;
    let page = browser.get("/account/deputy").await;
    page.must_say("bekommt dadurch keine Rechte");
    let today = entities::clock::day(desk.db.clock().now());
    let until = today.checked_add_days(Days::new(3)).unwrap().to_string();
    let deputy = annika.id.to_string();
    let wrong = browser
        .post("/account/deputy", &[("deputy", ""), ("from", "gestern")])
        .await;
    assert_eq!(wrong.status, 422);
    wrong.must_say("Bitte wählen Sie, wer Sie vertritt");
    wrong.must_say("Bitte geben Sie einen Tag an");
    let fields = [
        ("deputy", deputy.as_str()),
        ("from", &today.to_string()),
        ("to", &until),
    ];
    let set = browser.post("/account/deputy", &fields).await;
    assert_eq!(set.status, 303);
    let start = annika.sign_in().await.get("/").await;
    start.must_say("Sie vertreten Tobias Reuter bis");
    start.must_say("1 Ticket");
    browser.get("/").await;
    let ended = browser.post("/account/deputy", &[("end", "1")]).await;
    assert_eq!(ended.status, 303);
    let start = annika.sign_in().await.get("/").await;
    assert!(!start.says("Sie vertreten"));
}

#[tokio::test]
async fn whoever_reads_no_tickets_names_no_deputy() {
    let desk = TestDesk::new().await;
    desk.agent("Annika Kanarienvogel").await;
    let browser = desk.requester("Sabine Kowalke").await.sign_in().await;
    let page = browser.get("/account/deputy").await;
    assert_eq!(page.status, 403);
    assert!(!page.says("Kanarienvogel"));
}
