//! What goes wrong is told in words, in the reader's language, with the number to ask for.

use reqwest::Method;
use support::desk::TestDesk;

#[tokio::test]
async fn a_page_that_is_not_there_says_so() {
    let desk = TestDesk::new().await;
    let signed_in = desk.agent("Annika Brandt").await.sign_in().await;
    for browser in [&desk.visitor(), &signed_in] {
        let page = browser.get("/nowhere").await;
        assert_eq!(page.status, 404);
        assert_eq!(page.text("h1"), "Nicht gefunden.");
        assert_eq!(page.text("code"), page.header("x-request-id"));
        assert!(page.has("a[href='/']"));
    }
}

#[tokio::test]
async fn a_browser_that_prefers_english_is_answered_in_english() {
    let desk = TestDesk::new().await;
    let browser = desk.visitor();
    let request = browser
        .request(Method::GET, "/nowhere")
        .header("Accept-Language", "fr, en;q=0.8, de;q=0.5");
    let page = browser.send(request).await;
    assert_eq!(page.attribute("html", "lang").as_deref(), Some("en"));
    assert_eq!(page.text("h1"), "Not found.");
}

#[tokio::test]
async fn a_wrong_method_is_refused() {
    let desk = TestDesk::new().await;
    let signed_in = desk.agent("Annika Brandt").await.sign_in().await;
    assert_eq!(signed_in.post("/views", &[]).await.status, 405);
    assert_eq!(signed_in.get("/sign-out").await.status, 405);
}

#[tokio::test]
async fn a_fragment_that_fails_becomes_a_notice_and_no_page() {
    let desk = TestDesk::new().await;
    let signed_in = desk.agent("Annika Brandt").await.sign_in().await;
    let page = signed_in.htmx_get("/tickets/2026-999999-0").await;
    assert_eq!(page.status, 404);
    assert!(!page.is_whole());
    assert_eq!(page.targets(), ["#toasts"]);
    page.must_say("Nicht gefunden.");
}

#[tokio::test]
async fn a_fragment_asked_for_without_a_session_leads_to_signing_in() {
    let desk = TestDesk::new().await;
    let page = desk.visitor().htmx_get("/views").await;
    assert_eq!(page.status, 401);
    assert_eq!(page.location().unwrap(), "/sign-in?next=%2Fviews");
}

#[tokio::test]
async fn an_ended_session_says_why_a_form_is_refused() {
    let desk = TestDesk::new().await;
    let signed_in = desk.agent("Annika Brandt").await.sign_in().await;
    let forged = signed_in
        .request(Method::POST, "/sign-out")
        .form(&[("csrf", "forged")]);
    let page = signed_in.send(forged).await;
    assert_eq!(page.status, 403);
    assert_eq!(signed_in.get("/views").await.status, 200);
}

#[tokio::test]
async fn a_database_that_went_away_is_told_without_its_own_words() {
    let desk = TestDesk::new().await;
    let signed_in = desk.agent("Annika Brandt").await.sign_in().await;
    desk.database()
        .execute("ALTER TABLE ticket RENAME TO ticket_gone", vec![])
        .await;
    let page = signed_in.get("/views").await;
    assert_eq!(page.status, 503);
    for word in ["ticket", "SELECT", "no such table", "relation"] {
        assert!(!page.text("main").contains(word), "{}", page.text("main"));
    }
    assert_eq!(page.text("code"), page.header("x-request-id"));
}

#[tokio::test]
async fn whoever_cannot_be_recognised_because_the_database_is_away_is_told_so() {
    let desk = TestDesk::new().await;
    let signed_in = desk.agent("Annika Brandt").await.sign_in().await;
    let style = signed_in.get("/").await;
    let style = style.attribute("link[rel=stylesheet]", "href").unwrap();
    desk.database()
        .execute("ALTER TABLE session RENAME TO session_gone", vec![])
        .await;
    let page = signed_in.get("/tickets").await;
    assert_eq!(page.status, 503);
    assert_eq!(page.text("h1"), "Die Datenbank antwortet nicht.");
    assert_eq!(page.text("code"), page.header("x-request-id"));
    for word in ["session", "SELECT", "no such table", "relation"] {
        assert!(!page.body().contains(word), "{}", page.body());
    }
    assert_eq!(signed_in.get(&style).await.status, 200, "it has its style");
    let fragment = signed_in.htmx_get("/views").await;
    assert_eq!(fragment.status, 503);
    assert_eq!(fragment.targets(), ["#toasts"]);
}
