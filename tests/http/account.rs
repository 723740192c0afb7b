//! Signing in and out, one's own password, preferences and sessions.

use chrono::Duration;
use support::desk::{Client, Page, Persona, TestDesk};

const PASSWORD: &str = "Zahllauf im November";

async fn sign_in(browser: &Client, email: &str, password: &str, next: &str) -> Page {
    let fields = [("email", email), ("password", password), ("next", next)];
    browser.post("/sign-in", &fields).await
}

async fn annika(desk: &TestDesk) -> Persona {
    desk.agent("Annika Brandt").with_password(PASSWORD).await
}

#[tokio::test]
async fn signing_in_leads_where_one_wanted_to_go() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    let browser = desk.visitor();
    let page = browser.get("/account").await;
    assert_eq!(page.location().as_deref(), Some("/sign-in?next=%2Faccount"));
    let page = browser.get("/sign-in?next=%2Faccount").await;
    let typed = [("email", annika.email.as_str()), ("password", PASSWORD)];
    let page = browser.submit(&page, "#sign-in-form", &typed).await;
    assert_eq!(
        (page.status.as_u16(), page.location().as_deref()),
        (303, Some("/account"))
    );
    browser.get("/account").await.must_say("Annika Brandt");
}

#[tokio::test]
async fn nobody_is_led_out_of_the_desk() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    for next in [
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "/sign-out",
    ] {
        let page = sign_in(&desk.visitor(), &annika.email, PASSWORD, next).await;
        assert_eq!(page.location().as_deref(), Some("/"), "{next}");
    }
}

#[tokio::test]
async fn a_token_planted_before_signing_in_is_worth_nothing_after() {
    let desk = TestDesk::new().await;
    let (annika, derya) = (annika(&desk).await, desk.agent("Derya Aksoy").await);
    let planted = derya.sign_in().await.cookie("lotse_session").unwrap();
    let browser = desk.visitor();
    browser.set_cookie("lotse_session", &planted);
    sign_in(&browser, &annika.email, PASSWORD, "").await;
    assert_ne!(browser.cookie("lotse_session").unwrap(), planted);
    let other = desk.visitor();
    other.set_cookie("lotse_session", &planted);
    assert_eq!(other.get("/account").await.status.as_u16(), 303);
}

#[tokio::test]
async fn a_wrong_password_keeps_the_address_and_tells_nothing_else() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    let known = sign_in(&desk.visitor(), &annika.email, "something else", "").await;
    let unknown = sign_in(&desk.visitor(), "nobody@desk.example", "something else", "").await;
    for (page, email) in [
        (&known, annika.email.as_str()),
        (&unknown, "nobody@desk.example"),
    ] {
        assert_eq!(page.status.as_u16(), 422);
        assert_eq!(page.attribute("#email", "value").as_deref(), Some(email));
        assert!(!page.body().contains("something else"));
    }
    assert_eq!(known.texts(".notice"), unknown.texts(".notice"));
}

#[tokio::test]
async fn an_account_waits_after_too_many_failures_and_others_do_not() {
    let desk = TestDesk::with(&[("LOTSE_SIGN_IN_ATTEMPTS_PER_ACCOUNT", "3")]).await;
    let annika = annika(&desk).await;
    let derya = desk.agent("Derya Aksoy").with_password(PASSWORD).await;
    let browser = desk.visitor();
    for _ in 0..3 {
        let page = sign_in(&browser, &annika.email, "wrong", "").await;
        assert_eq!(page.status.as_u16(), 422);
    }
    let page = sign_in(&browser, &annika.email, PASSWORD, "").await;
    assert_eq!(page.status.as_u16(), 429);
    page.must_say("15 Min.");
    let seconds: u64 = page.header("retry-after").parse().unwrap();
    assert!((880..=900).contains(&seconds), "{seconds}");
    let page = sign_in(&browser, &derya.email, PASSWORD, "").await;
    assert_eq!(page.status.as_u16(), 303);
    desk.pass(Duration::minutes(16));
    let page = sign_in(&desk.visitor(), &annika.email, PASSWORD, "").await;
    assert_eq!(page.status.as_u16(), 303);
}

#[tokio::test]
async fn an_address_waits_after_too_many_failures_on_any_accounts() {
    let desk = TestDesk::with(&[("LOTSE_SIGN_IN_ATTEMPTS_PER_ADDRESS", "3")]).await;
    let browser = desk.visitor();
    for (email, status) in [("a@x", 422), ("b@x", 422), ("c@x", 422), ("d@x", 429)] {
        let page = sign_in(&browser, email, "wrong", "").await;
        assert_eq!(page.status.as_u16(), status, "{email}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_itself() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await.sign_in().await;
    let token = browser.cookie("lotse_session").unwrap();
    let page = browser.post("/sign-out", &[]).await;
    assert_eq!(page.location().as_deref(), Some("/sign-in"));
    let thief = desk.visitor();
    thief.set_cookie("lotse_session", &token);
    assert_eq!(thief.get("/account").await.status.as_u16(), 303);
}

#[tokio::test]
async fn a_visitor_chooses_the_language() {
    let desk = TestDesk::new().await;
    let browser = desk.visitor();
    browser.get("/sign-in?lang=en").await.must_say("Sign in");
    browser.get("/sign-in").await.must_say("Password");
    browser.get("/sign-in?lang=de").await.must_say("Kennwort");
    let page = browser.get("/help/accessibility").await;
    page.must_say("Barriere melden");
    page.must_say("BITV 2.0");
}

#[tokio::test]
async fn preferences_take_effect_on_the_next_page() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await.sign_in().await;
    let page = browser.get("/account").await;
    let typed = [
        ("locale", "en"),
        ("theme", "dark"),
        ("density", "compact"),
        ("undo_seconds", "60"),
    ];
    let page = browser.submit(&page, "#preferences-form", &typed).await;
    let page = browser.follow(&page).await;
    page.must_say("Your preferences are saved.");
    assert_eq!(page.attribute("html", "lang").as_deref(), Some("en"));
    assert_eq!(
        page.attribute("html", "data-kern-theme").as_deref(),
        Some("dark")
    );
    assert_eq!(
        page.attribute("html", "data-density").as_deref(),
        Some("compact")
    );
    let chosen = page.attributes("#preferences-form input[type=radio][checked]", "value");
    assert_eq!(chosen, ["en", "dark", "compact", "60"]);
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_other_sessions() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    let (browser, other) = (annika.sign_in().await, annika.sign_in().await);
    let new = "Vorschuss im Dezember";
    let change = async |old: &str, new: &str, again: &str| {
        let fields = [
            ("old_password", old),
            ("new_password", new),
            ("again", again),
        ];
        browser.post("/account/password", &fields).await
    };
    for (old, new, again, fault) in [
        ("wrong", new, new, "#old_password-fault"),
        (PASSWORD, "short", "short", "#new_password-fault"),
        (PASSWORD, new, "differs", "#again-fault"),
    ] {
        let page = change(old, new, again).await;
        assert_eq!(page.status.as_u16(), 422);
        assert!(page.has(fault), "{fault}");
    }
    assert_eq!(change(PASSWORD, new, new).await.status.as_u16(), 303);
    assert_eq!(browser.get("/account").await.status.as_u16(), 200);
    assert_eq!(other.get("/account").await.status.as_u16(), 303);
    let page = sign_in(&desk.visitor(), &annika.email, PASSWORD, "").await;
    assert_eq!(page.status.as_u16(), 422);
    let page = sign_in(&desk.visitor(), &annika.email, new, "").await;
    assert_eq!(page.status.as_u16(), 303);
}

#[tokio::test]
async fn one_ends_ones_own_sessions_and_nobody_elses() {
    let desk = TestDesk::new().await;
    let (annika, derya) = (annika(&desk).await, desk.agent("Derya Aksoy").await);
    let (browser, other) = (annika.sign_in().await, annika.sign_in().await);
    let hers = derya.sign_in().await;
    let page = browser.get("/account").await;
    let ends = page.attributes("#session-list button", "value");
    assert_eq!(ends.len(), 2, "the other session, and all others");
    let foreign = hers.get("/account").await;
    assert!(!foreign.has("#session-list button"));
    hers.post("/account/sessions/end", &[("session", &ends[0])])
        .await;
    assert_eq!(other.get("/account").await.status.as_u16(), 200);
    browser
        .post("/account/sessions/end", &[("session", &ends[0])])
        .await;
    assert_eq!(other.get("/account").await.status.as_u16(), 303);
    assert_eq!(browser.get("/account").await.status.as_u16(), 200);
}
