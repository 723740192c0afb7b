//! The way to a provider and back, and what strangers try on it.

use chrono::Duration;
use entities::Uuid;
use entities::provider::Retire;
use support::desk::{Client, TestDesk};
use support::provider::{Does, Provider};

const ANNIKA: Does<'_> = Does::SignIn("annika.brandt@desk.example");

async fn beside(desk: &TestDesk) -> (Provider, Uuid) {
    desk.agent("Annika Brandt").await;
    let provider = Provider::start(&desk.base());
    let id = desk.trust(&provider, "Amt", |_| {}).await;
    (provider, id)
}

async fn is_in(browser: &Client) -> bool {
    browser.get("/views").await.status == 200
}

async fn last(desk: &TestDesk) -> String {
    desk.tries().await.pop().unwrap().outcome
}

#[tokio::test]
async fn the_way_out_hides_what_the_way_back_must_prove() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    let browser = desk.visitor();
    let page = browser.get(&format!("/sign-in/with/{id}")).await;
    let cookie = page.header("set-cookie").to_owned();
    for wanted in [
        "HttpOnly",
        "SameSite=Lax",
        "Path=/sign-in/back",
        "Max-Age=600",
    ] {
        assert!(cookie.contains(wanted), "{cookie}");
    }
    let there = page.location().unwrap();
    assert!(
        there.starts_with(&format!("{}/auth?", provider.issuer())),
        "{there}"
    );
    for wanted in [
        "response_type=code",
        "code_challenge_method=S256",
        "state=",
        "nonce=",
        "scope=openid+email+profile",
    ] {
        assert!(there.contains(wanted), "{there}");
    }
    let challenge = there
        .split("nonce=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    assert!(!cookie.contains(challenge));
}

#[tokio::test]
async fn a_state_belongs_to_one_browser_and_one_time() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    // Somebody is led to bring what another browser began.
    let browser = desk.visitor();
    let back = browser.walk_to(&provider, id, ANNIKA).await;
    let victim = desk.visitor();
    let page = victim.get(&back).await;
    assert_eq!(page.status, 400);
    page.must_say("nicht in diesem Browser begonnen");
    assert!(!is_in(&victim).await);
    // Another state than the one that was given.
    let (start, state) = back.split_once("state=").unwrap();
    let wrong = format!("{start}state=x{state}");
    assert_eq!(browser.get(&wrong).await.status, 400);
    assert!(!is_in(&browser).await);
    // The right one, and then once more, even with the cookie it came with.
    let kept: Vec<_> = (0..4)
        .map(|place| format!("lotse_sign_on_{place}"))
        .filter_map(|name| browser.cookie(&name).map(|value| (name, value)))
        .collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(browser.get(&back).await.status, 303);
    assert!(is_in(&browser).await);
    let thief = desk.visitor();
    thief.set_cookie(&kept[0].0, &kept[0].1);
    let page = thief.get(&back).await;
    assert_eq!(page.status, 400);
    page.must_say("schon benutzt");
    let outcomes: Vec<_> = desk.tries().await.into_iter().map(|t| t.outcome).collect();
    assert_eq!(outcomes, ["state", "state", "started", "used"]);
}

#[tokio::test]
async fn a_code_is_worth_nothing_the_second_time() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    let browser = desk.visitor();
    let first = browser.walk_to(&provider, id, ANNIKA).await;
    assert_eq!(browser.get(&first).await.status, 303);
    let code = |back: &str| {
        back.split("code=")
            .nth(1)
            .unwrap()
            .split('&')
            .next()
            .unwrap()
            .to_owned()
    };
    let thief = desk.visitor();
    let own = thief.walk_to(&provider, id, ANNIKA).await;
    let replayed = own.replace(&code(&own), &code(&first));
    let page = thief.get(&replayed).await;
    assert_eq!(page.status, 403);
    page.must_say("erkennt den Anmeldecode nicht an");
    assert_eq!(last(&desk).await, "code");
    assert!(!is_in(&thief).await);
}

#[tokio::test]
async fn who_takes_too_long_begins_again() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    let browser = desk.visitor();
    let back = browser.walk_to(&provider, id, ANNIKA).await;
    desk.pass(Duration::minutes(11));
    assert_eq!(browser.get(&back).await.status, 400);
    assert_eq!(last(&desk).await, "state");
}

#[tokio::test]
async fn who_leaves_at_the_provider_is_told_how_to_begin_again() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    let page = desk.visitor().sign_in_by(&provider, id, Does::Cancel).await;
    assert_eq!(page.status, 400);
    page.must_say("beim Anbieter abgebrochen");
    assert_eq!(
        page.attribute(".cluster a", "href").as_deref(),
        Some("/sign-in")
    );
    assert_eq!(last(&desk).await, "cancelled");
}

#[tokio::test]
async fn a_provider_that_is_retired_meanwhile_opens_nothing() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    let browser = desk.visitor();
    let back = browser.walk_to(&provider, id, ANNIKA).await;
    desk.console(Retire::of(id)).await;
    assert_eq!(browser.get(&back).await.status, 403);
    assert_eq!(last(&desk).await, "gone");
    let page = browser.get(&format!("/sign-in/with/{id}")).await;
    assert_eq!(page.status, 404);
    assert!(
        browser
            .get("/sign-in")
            .await
            .texts("a[href^='/sign-in/with/']")
            .is_empty()
    );
}

#[tokio::test]
async fn a_provider_that_is_away_is_named_and_passwords_still_open() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    desk.agent("Jonas Weber")
        .with_password("ein langes Kennwort")
        .await;
    let browser = desk.visitor();
    let back = browser.walk_to(&provider, id, ANNIKA).await;
    provider.stop();
    let page = browser.get(&back).await;
    assert_eq!(page.status, 503);
    page.must_say("Der Anbieter antwortet gerade nicht");
    desk.pass(Duration::hours(2));
    let page = desk.visitor().get(&format!("/sign-in/with/{id}")).await;
    assert_eq!(page.status, 503);
    assert_eq!(last(&desk).await, "away");
    let page = browser.get("/sign-in").await;
    let typed = [
        ("email", "jonas.weber@desk.example"),
        ("password", "ein langes Kennwort"),
    ];
    assert_eq!(
        browser.submit(&page, "#sign-in-form", &typed).await.status,
        303
    );
}

#[tokio::test]
async fn an_address_leads_to_the_provider_that_speaks_for_it() {
    let desk = TestDesk::beside_providers().await;
    let (provider, _) = beside(&desk).await;
    let other = Provider::start(&desk.base());
    desk.trust(&other, "Land", |facts| {
        facts.domains = vec!["land.example".to_owned()]
    })
    .await;
    let browser = desk.visitor();
    let page = browser.get("/sign-in?next=%2Faccount").await;
    assert_eq!(page.texts("a[href^='/sign-in/with/']").len(), 2);
    let find = |email| {
        let typed = [("provider_email", email)];
        let (browser, page) = (&browser, &page);
        async move { browser.submit(page, "#find-form", &typed).await }
    };
    let found = find(" Derya.Aksoy@LAND.example ").await;
    assert_eq!(found.status, 200);
    let there = found.attribute("a.kern-btn", "href").unwrap();
    assert!(
        there.starts_with(&format!("{}/auth?", other.issuer())),
        "{there}"
    );
    assert!(
        there.contains("login_hint=Derya.Aksoy%40LAND.example"),
        "{there}"
    );
    assert_eq!(found.header("refresh"), format!("0; url={there}"));
    let found = find("annika.brandt@desk.example").await;
    let there = found.attribute("a.kern-btn", "href").unwrap();
    let back = provider.walk(&there, ANNIKA).await;
    assert_eq!(
        browser.get(&back).await.location().as_deref(),
        Some("/account")
    );
    let lost = desk.visitor();
    let typed = [("provider_email", "eve@evil.example")];
    let lost = lost.submit(&page, "#find-form", &typed).await;
    assert_eq!(lost.status, 422);
    lost.must_say("kein Anbieter hinterlegt");
    assert_eq!(
        lost.attribute("#provider_email", "value").as_deref(),
        Some("eve@evil.example")
    );
}

#[tokio::test]
async fn many_refusals_from_one_place_are_noted_up_to_a_bound() {
    let limit = ("LOTSE_SIGN_IN_ATTEMPTS_PER_ADDRESS", "3");
    let desk = TestDesk::with(&[limit]).await;
    let browser = desk.visitor();
    for status in [400, 400, 400, 429, 429] {
        let page = browser
            .get("/sign-in/back?state=made-up&code=made-up")
            .await;
        assert_eq!(page.status.as_u16(), status);
    }
    assert_eq!(desk.tries().await.len(), 3);
}

#[tokio::test]
async fn who_was_somebody_else_before_is_not_any_more() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    let browser = desk.visitor();
    let back = browser.walk_to(&provider, id, ANNIKA).await;
    let jonas = desk.agent("Jonas Weber").await.sign_in().await;
    let before = jonas.cookie("lotse_session").unwrap();
    browser.set_cookie("lotse_session", &before);
    assert_eq!(browser.get(&back).await.status, 303);
    browser.get("/account").await.must_say("Annika Brandt");
    assert!(!is_in(&jonas).await);
}
