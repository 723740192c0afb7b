//! What strangers try at the door, and what keeps a session safe.

use chrono::Duration;
use support::desk::{Client, Page, Persona, TestDesk};

const PASSWORD: &str = "ein langes Kennwort";

async fn annika(desk: &TestDesk) -> Persona {
    desk.agent("Annika Brandt").with_password(PASSWORD).await
}

/// Types into the form as a person does.
async fn attempt(browser: &Client, email: &str, password: &str) -> Page {
    let page = browser.get("/sign-in").await;
    let typed = [("email", email), ("password", password)];
    browser.submit(&page, "#sign-in-form", &typed).await
}

#[tokio::test]
async fn the_right_password_opens_the_page_one_came_for() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    let browser = desk.visitor();
    let asked = browser.get("/tickets/2026-000001-5?x=1").await;
    let form = browser.follow(&asked).await;
    let typed = [
        ("email", " Annika.Brandt@DESK.example "),
        ("password", PASSWORD),
    ];
    let done = browser.submit(&form, "#sign-in-form", &typed).await;
    assert_eq!(done.status, 303);
    assert_eq!(done.location().unwrap(), "/tickets/2026-000001-5?x=1");
    let cookie = done.header("set-cookie");
    for wanted in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
        assert!(cookie.contains(wanted), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "{cookie}");
    assert_eq!(browser.get("/views").await.status, 200);
    assert!(!annika.email.is_empty());
}

#[tokio::test]
async fn behind_https_the_cookie_is_secure() {
    let desk = TestDesk::with(&[("LOTSE_PUBLIC_URL", "https://desk.example")]).await;
    let annika = annika(&desk).await;
    let done = attempt(&desk.visitor(), &annika.email, PASSWORD).await;
    assert!(done.header("set-cookie").contains("Secure"));
    assert!(!done.header("strict-transport-security").is_empty());
}

#[tokio::test]
async fn a_password_is_never_part_of_an_answer() {
    let desk = TestDesk::new().await;
    let page = attempt(&desk.visitor(), "a@desk.example", "Kanarienvogel4711").await;
    assert!(!page.body().contains("Kanarienvogel4711"));
}

#[tokio::test]
async fn many_failures_at_once_are_all_counted() {
    let desk = TestDesk::with(&[("LOTSE_SIGN_IN_ATTEMPTS_PER_ACCOUNT", "3")]).await;
    let annika = annika(&desk).await;
    let browser = desk.visitor();
    let wrong = || attempt(&browser, &annika.email, "ein anderes Kennwort");
    let pages = futures_util::future::join_all((0..8).map(|_| wrong())).await;
    let looked_at = pages.iter().filter(|page| page.status == 422).count();
    assert_eq!(looked_at, 3);
    assert_eq!(attempt(&browser, &annika.email, PASSWORD).await.status, 429);
}

#[tokio::test]
async fn an_address_made_up_by_the_visitor_is_not_believed() {
    let desk = TestDesk::with(&[("LOTSE_SIGN_IN_ATTEMPTS_PER_ADDRESS", "2")]).await;
    let browser = desk.visitor();
    let mut statuses = Vec::new();
    for number in 0..3 {
        let fields = [
            ("email", format!("guess{number}@desk.example")),
            ("password", PASSWORD.to_owned()),
        ];
        let request = browser
            .request(reqwest::Method::POST, "/sign-in")
            .header("X-Forwarded-For", format!("10.0.0.{number}"))
            .form(&fields);
        statuses.push(browser.send(request).await.status.as_u16());
    }
    assert_eq!(statuses, [422, 422, 429]);
}

#[tokio::test]
async fn signing_in_as_somebody_else_ends_the_session_before() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    let jonas = desk.agent("Jonas Weber").await.sign_in().await;
    let before = jonas.cookie("lotse_session").unwrap();
    let typed = [("email", annika.email.as_str()), ("password", PASSWORD)];
    assert_eq!(jonas.post("/sign-in", &typed).await.status, 303);
    let stranger = desk.visitor();
    stranger.set_cookie("lotse_session", &before);
    assert_eq!(stranger.get("/views").await.status, 303);
}

#[tokio::test]
async fn a_form_of_another_site_does_not_sign_in() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    let browser = desk.visitor();
    let foreign = [
        ("Sec-Fetch-Site", "cross-site"),
        ("Origin", "https://evil.example"),
    ];
    for (name, value) in foreign {
        let typed = [("email", annika.email.as_str()), ("password", PASSWORD)];
        let request = browser
            .request(reqwest::Method::POST, "/sign-in")
            .header(name, value)
            .form(&typed);
        assert_eq!(browser.send(request).await.status, 403);
        assert!(browser.cookie("lotse_session").is_none());
    }
}

#[tokio::test]
async fn a_retired_person_does_not_get_in() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    desk.console(entities::person::Retire::of(annika.id)).await;
    let page = attempt(&desk.visitor(), &annika.email, PASSWORD).await;
    assert_eq!(page.status, 422);
}

#[tokio::test]
async fn a_person_without_a_password_does_not_get_in_with_an_empty_one() {
    let desk = TestDesk::new().await;
    let jonas = desk.agent("Jonas Weber").await;
    let page = attempt(&desk.visitor(), &jonas.email, "").await;
    assert_eq!(page.status, 422);
}

#[tokio::test]
async fn a_session_ends_after_its_limits() {
    let desk = TestDesk::with(&[
        ("LOTSE_SESSIONS_IDLE_MINUTES", "30"),
        ("LOTSE_SESSIONS_ABSOLUTE_HOURS", "1"),
    ])
    .await;
    let annika = desk.agent("Annika Brandt").await;
    let idle = annika.sign_in().await;
    let busy = annika.sign_in().await;
    desk.pass(Duration::minutes(25));
    assert_eq!(busy.get("/views").await.status, 200);
    desk.pass(Duration::minutes(10));
    assert_eq!(idle.get("/views").await.status, 303);
    assert_eq!(busy.get("/views").await.status, 200);
    desk.pass(Duration::minutes(26));
    assert_eq!(busy.get("/views").await.status, 303);
}
