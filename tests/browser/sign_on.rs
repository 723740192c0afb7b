//! The whole way to a real provider and back, in a real browser: by keyboard alone, by one's address, and with a lie on it.

use support::browser::{Browser, JavaScript, Scheme, Size};
use support::desk::TestDesk;
use support::provider::Provider;
use thirtyfour::Key;

const ANNIKA: &str = "annika.brandt@desk.example";

/// On the provider's own pages.
async fn sign_in_there(browser: &Browser) {
    browser.element("input[name=login]").await;
    browser.press(ANNIKA).await;
    browser.press(Key::Tab + "any" + Key::Enter).await;
    browser.element("input[name=prompt][value=consent]").await;
    browser.click("button[type=submit]").await;
}

#[tokio::test]
async fn an_agent_signs_in_by_the_provider_with_the_keyboard_alone() {
    let desk = TestDesk::beside_providers().await;
    desk.agent("Annika Brandt").await;
    let provider = Provider::start(&desk.base());
    desk.trust(&provider, "Bezirksamt", |_| {}).await;
    let browser = Browser::start(Size::WIDE, Scheme::Light, JavaScript::On).await;
    browser.open(&desk.base(), "/account").await;
    browser.element("a[href^='/sign-in/with/']:focus").await;
    browser.must_be_accessible().await;
    browser.press(Key::Enter).await;
    sign_in_there(&browser).await;
    browser.element("#account-title").await;
    assert!(browser.text().await.contains("Annika Brandt"));

    // A state that somebody else was given.
    browser
        .open(&desk.base(), "/sign-in/back?state=of-somebody&code=else")
        .await;
    let text = browser.text().await;
    assert!(text.contains("nicht in diesem Browser begonnen"), "{text}");
    browser.must_be_accessible().await;
    browser.close().await;
}

#[tokio::test]
async fn an_address_leads_to_its_provider_without_scripts_too() {
    let desk = TestDesk::beside_providers().await;
    desk.agent("Annika Brandt").await;
    let provider = Provider::start(&desk.base());
    desk.trust(&provider, "Bezirksamt", |_| {}).await;
    desk.trust_nobody("Land", "lotse").await;
    let browser = Browser::start(Size::PHONE, Scheme::Dark, JavaScript::Off).await;
    browser.open(&desk.base(), "/account").await;
    browser.type_into("#provider_email", ANNIKA).await;
    browser.click("#find-form button").await;
    // The address is filled in there already.
    let login = browser.element("input[name=login]").await;
    assert_eq!(login.value().await.unwrap().as_deref(), Some(ANNIKA));
    browser.type_into("input[name=password]", "any").await;
    browser.click(".login-submit").await;
    browser.element("input[name=prompt][value=consent]").await;
    browser.click("button[type=submit]").await;
    browser.element("#account-title").await;
    browser.close().await;
}

#[tokio::test]
async fn a_bent_answer_is_told_in_the_browser() {
    let desk = TestDesk::beside_providers().await;
    desk.agent("Annika Brandt").await;
    let provider = Provider::start(&desk.base());
    desk.trust(&provider, "Bezirksamt", |_| {}).await;
    provider.lie("unsigned").await;
    let browser = Browser::start(Size::WIDE, Scheme::Dark, JavaScript::On).await;
    browser.open(&desk.base(), "/").await;
    browser.press(Key::Enter).await;
    sign_in_there(&browser).await;
    browser.element(".notice[data-state=error]").await;
    let text = browser.text().await;
    assert!(
        text.contains("nicht auf eine Weise unterschrieben"),
        "{text}"
    );
    browser.must_be_accessible().await;
    browser.close().await;
}
