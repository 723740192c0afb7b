//! Passkeys with a device that Chromium plays: added, used without password and code, and removed.

use serde_json::json;
use support::browser::{Browser, JavaScript, Scheme, Size};
use support::desk::TestDesk;

const PASSWORD: &str = "Zahllauf im November";

/// Devices want a name and not an address.
fn base(desk: &TestDesk) -> String {
    desk.base().replace("127.0.0.1", "localhost")
}

/// Plugs a device in that knows its holder.
async fn plug_in(browser: &Browser) {
    let tools = browser.cdp();
    tools.send_raw("WebAuthn.enable", json!({})).await.unwrap();
    let device = json!({ "options": {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": true,
        "hasUserVerification": true,
        "isUserVerified": true,
        "automaticPresenceSimulation": true,
    }});
    let added = tools.send_raw("WebAuthn.addVirtualAuthenticator", device);
    added.await.unwrap();
}

#[tokio::test]
async fn a_device_signs_in_without_password_and_code() {
    let desk = TestDesk::with(&[("LOTSE_PUBLIC_URL", "http://localhost")]).await;
    desk.agent("Annika Brandt").with_password(PASSWORD).await;
    let browser = Browser::start(Size::WIDE, Scheme::Light, JavaScript::On).await;
    plug_in(&browser).await;
    browser
        .open(&base(&desk), "/sign-in?next=%2Faccount%2Fpasskeys")
        .await;
    browser.must_be_accessible().await;
    browser
        .type_into("#email", "annika.brandt@desk.example")
        .await;
    browser.type_into("#password", PASSWORD).await;
    browser.click("#sign-in-form button[type=submit]").await;
    browser.element("#passkeys-title").await;
    browser.must_be_accessible().await;
    browser.type_into("#name", "Diensttelefon").await;
    browser.type_into("#password", PASSWORD).await;
    browser.click("#passkey-form button[type=submit]").await;
    browser.element("button[name=passkey]").await;
    assert!(browser.text().await.contains("Der Passkey ist angelegt"));

    browser.delete_all_cookies().await.unwrap();
    browser
        .open(&base(&desk), "/sign-in?next=%2Faccount%2Fsign-ins")
        .await;
    browser.click("#passkey-form button[type=submit]").await;
    browser.element("#sign-ins-title").await;
    assert!(browser.text().await.contains("Passkey"));

    browser.open(&base(&desk), "/account/passkeys").await;
    browser.click("button[name=passkey]").await;
    browser.element("#passkey-form").await;
    browser.delete_all_cookies().await.unwrap();
    browser.open(&base(&desk), "/sign-in").await;
    browser.click("#passkey-form button[type=submit]").await;
    browser.element(".notice[data-state=error]").await;
    assert!(
        browser
            .text()
            .await
            .contains("sein Passkey gilt hier nicht")
    );
    browser.must_be_accessible().await;
    browser.close().await;
}
