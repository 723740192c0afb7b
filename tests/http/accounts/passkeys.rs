//! Passkeys as strangers try them: what no device has proven opens nothing.

use support::desk::{Page, TestDesk};

use super::{PASSWORD, annika, is_in};

async fn desk() -> TestDesk {
    TestDesk::with(&[
        ("LOTSE_PUBLIC_URL", "http://localhost"),
        ("LOTSE_SIGN_IN_ATTEMPTS_PER_ADDRESS", "3"),
    ])
    .await
}

fn state(page: &Page) -> String {
    page.attribute("#passkey-form [name=state]", "value")
        .unwrap()
}

#[tokio::test]
async fn an_answer_that_proves_nothing_is_refused_and_counted() {
    let desk = desk().await;
    let browser = desk.visitor();
    let page = browser.get("/sign-in").await;
    assert!(page.has("#passkey-form[hidden]"), "a script shows it");
    for (answer, status) in [("", 422), ("{}", 422), ("no json", 422), ("x", 429)] {
        let typed = [("state", state(&page)), ("answer", answer.to_owned())];
        let typed = [
            ("state", typed[0].1.as_str()),
            ("answer", typed[1].1.as_str()),
        ];
        let page = browser.post("/sign-in/passkey", &typed).await;
        assert_eq!(page.status, status, "{answer}");
        assert!(!is_in(&browser).await);
    }
}

#[tokio::test]
async fn adding_one_needs_the_password_and_a_device() {
    let desk = desk().await;
    let browser = annika(&desk).await.sign_in().await;
    let page = browser.get("/account/passkeys").await;
    let typed = [
        ("name", "Telefon"),
        ("password", "falsch"),
        ("answer", "{}"),
    ];
    let refused = browser.submit(&page, "#passkey-form", &typed).await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("#password-fault"));
    assert_eq!(
        refused.attribute("#name", "value").as_deref(),
        Some("Telefon")
    );
    let typed = [
        ("name", "Telefon"),
        ("password", PASSWORD),
        ("answer", "{}"),
    ];
    let refused = browser.submit(&page, "#passkey-form", &typed).await;
    assert_eq!(refused.status, 422);
    let rows = "SELECT count(*) FROM passkey";
    assert_eq!(desk.database().number(rows, vec![]).await, 0);
}

#[tokio::test]
async fn where_the_desk_has_no_name_there_are_none() {
    let desk = TestDesk::new().await;
    assert!(!desk.visitor().get("/sign-in").await.has("#passkey-form"));
    let browser = annika(&desk).await.sign_in().await;
    browser
        .get("/account/passkeys")
        .await
        .must_say("Passkeys gehen hier nicht");
}
