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

#[tokio::test]
async fn an_administrator_names_who_stands_in_and_the_absent_person_sees_who_did() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let annika = desk.agent("Annika Brandt").await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let admin = desk.administrator().await.sign_in().await;
    let person = admin.get(&format!("/settings/people/{}", tobias.id)).await;
    let here = format!("/settings/people/{}/deputy", tobias.id);
    let link = format!("a[href='{here}']");
    assert!(person.has(&link), "{}", person.describe());
    let page = admin.get(&here).await;
    page.must_say("Vertretung: Tobias Reuter");
    let empty = admin
        .submit(&page, "#deputy-form", &[("to", "morgen")])
        .await;
    assert_eq!(empty.status, 422);
    empty.must_say("Bitte wählen Sie, wer die Vertretung übernimmt.");
    assert!(empty.has("#to-fault"), "{}", empty.describe());
    let today = entities::clock::day(desk.db.clock().now());
    let deputy = annika.id.to_string();
    let typed = [("deputy", deputy.as_str()), ("to", &today.to_string())];
    let set = admin.submit(&empty, "#deputy-form", &typed).await;
    admin
        .follow(&set)
        .await
        .must_say("Petra Adler hat diese Vertretung eingetragen.");
    let start = annika.sign_in().await.get("/").await;
    start.must_say("Sie vertreten Tobias Reuter bis");
    let his = tobias.sign_in().await;
    for page in ["/account", "/account/deputy"] {
        his.get(page)
            .await
            .must_say("Petra Adler hat diese Vertretung eingetragen.");
    }
    let page = admin.get(&here).await;
    assert_eq!(
        admin
            .submit(&page, "#deputy-form", &[("end", "1")])
            .await
            .status,
        303
    );
    let start = annika.sign_in().await.get("/").await;
    assert!(!start.says("Sie vertreten"));
    // Whoever works on no tickets has none to stand in for, and who manages no people names nobody.
    let hers = format!("/settings/people/{}/deputy", sabine.id);
    assert_eq!(admin.get(&hers).await.status, 404);
    let own = admin.get(&format!("/settings/people/{}", sabine.id)).await;
    assert!(!own.has(&format!("a[href='{hers}']")));
    assert_eq!(his.get(&here).await.status, 403);
    assert_eq!(his.post(&here, &[("end", "1")]).await.status, 403);
}
