//! Answers that are not what they should be: each is refused with its own sentence and its own entry.

use chrono::Duration;
use serde_json::json;
use support::desk::TestDesk;
use support::provider::{Does, Provider};

const ANNIKA: Does<'_> = Does::SignIn("annika.brandt@desk.example");

/// The lie, how it is noted, and a part of what the person reads.
#[rustfmt::skip]
const LIES: &[(&str, &str, &str)] = &[
    ("unsigned",      "unsigned",  "nicht auf eine Weise unterschrieben"),
    ("shared-secret", "unsigned",  "nicht auf eine Weise unterschrieben"),
    ("audience",      "audience",  "für eine andere Anwendung bestimmt"),
    ("audiences",     "audience",  "für eine andere Anwendung bestimmt"),
    ("party",         "audience",  "für eine andere Anwendung bestimmt"),
    ("issuer",        "issuer",    "nicht von dem Anbieter, der gefragt wurde"),
    ("expired",       "expired",   "abgelaufen"),
    ("future",        "clock",     "Uhr des Anbieters"),
    ("ahead",         "clock",     "Uhr des Anbieters"),
    ("nonce",         "nonce",     "gehört zu einer anderen Anmeldung"),
    ("unknown-key",   "key",       "den der Anbieter nicht veröffentlicht"),
    ("forged",        "signature", "Die Unterschrift der Antwort ist falsch"),
    ("changed",       "signature", "Die Unterschrift der Antwort ist falsch"),
    ("access-token",  "signature", "Die Unterschrift der Antwort ist falsch"),
    ("subject",       "subject",   "zwei verschiedene Personen"),
    ("userinfo",      "subject",   "zwei verschiedene Personen"),
    ("no-token",      "answer",    "nicht zu verstehen"),
    ("nonsense",      "answer",    "nicht zu verstehen"),
    ("mixed-up",      "issuer",    "nicht von dem Anbieter, der gefragt wurde"),
];

#[tokio::test]
async fn every_lie_is_refused_with_a_clear_page_and_an_entry() {
    let desk = TestDesk::beside_providers().await;
    desk.agent("Annika Brandt").await;
    let provider = Provider::start(&desk.base());
    let id = desk.trust(&provider, "Amt", |_| {}).await;
    for (number, (lie, noted, words)) in LIES.iter().enumerate() {
        provider.lie(lie).await;
        let browser = desk.visitor();
        let page = browser.sign_in_by(&provider, id, ANNIKA).await;
        assert_eq!(page.status, 403, "{lie}");
        page.must_say(words);
        assert!(browser.cookie("lotse_session").is_none(), "{lie}");
        let tries = desk.tries().await;
        assert_eq!(tries.len(), number + 1);
        assert_eq!(
            tries[number].outcome, *noted,
            "{lie}: {}",
            tries[number].detail
        );
        assert!(tries[number].person_id.is_none(), "{lie}");
        // A token begins like this, whatever it holds.
        assert!(
            !tries[number].detail.contains("eyJ"),
            "{}",
            tries[number].detail
        );
        // Keys are fetched again at most every ten seconds.
        desk.pass(Duration::seconds(1));
    }
    provider.lie("").await;
    let page = desk.visitor().sign_in_by(&provider, id, ANNIKA).await;
    assert_eq!(page.status, 303);
    let sessions = "SELECT count(*) FROM session";
    assert_eq!(desk.database().number(sessions, vec![]).await, 1);
}

#[tokio::test]
async fn new_keys_are_fetched_when_they_are_needed() {
    let desk = TestDesk::beside_providers().await;
    desk.agent("Annika Brandt").await;
    let provider = Provider::start(&desk.base());
    let id = desk.trust(&provider, "Amt", |_| {}).await;
    for _ in 0..3 {
        let page = desk.visitor().sign_in_by(&provider, id, ANNIKA).await;
        assert_eq!(page.status, 303);
        provider.rotate().await;
        desk.pass(Duration::seconds(20));
    }
    provider.lie("unknown-key").await;
    let page = desk.visitor().sign_in_by(&provider, id, ANNIKA).await;
    assert_eq!(page.status, 403);
    assert_eq!(desk.tries().await.pop().unwrap().outcome, "key");
}

#[tokio::test]
async fn a_token_that_ran_out_is_refused_and_a_small_difference_of_clocks_is_borne() {
    let desk = TestDesk::beside_providers().await;
    desk.agent("Annika Brandt").await;
    let provider = Provider::start(&desk.base());
    let id = desk.trust(&provider, "Amt", |_| {}).await;
    provider.set(json!({ "idTokenSeconds": 60 })).await;
    for (minutes, status) in [(2, 303), (2, 403)] {
        desk.pass(Duration::minutes(minutes));
        let page = desk.visitor().sign_in_by(&provider, id, ANNIKA).await;
        assert_eq!(page.status.as_u16(), status);
    }
    assert_eq!(desk.tries().await.pop().unwrap().outcome, "expired");
    provider.set(json!({ "idTokenSeconds": 7200 })).await;
    desk.pass(Duration::minutes(15));
    let page = desk.visitor().sign_in_by(&provider, id, ANNIKA).await;
    assert_eq!(page.status, 403);
    assert_eq!(desk.tries().await.pop().unwrap().outcome, "clock");
}

#[tokio::test]
async fn what_a_provider_says_of_itself_is_believed_within_bounds() {
    for (lie, noted) in [
        ("other-issuer", "issuer"),
        ("internal", "address"),
        ("leads-elsewhere", "answer"),
        ("large", "answer"),
    ] {
        let desk = TestDesk::beside_providers().await;
        let provider = Provider::start(&desk.base());
        let id = desk.trust(&provider, "Amt", |_| {}).await;
        provider.lie(lie).await;
        let page = desk.visitor().get(&format!("/sign-in/with/{id}")).await;
        assert_eq!(page.status, 403, "{lie}");
        assert_eq!(desk.tries().await[0].outcome, noted, "{lie}");
    }
}

#[tokio::test]
async fn a_private_network_is_entered_only_where_the_owner_of_the_machine_says_so() {
    let desk = TestDesk::new().await;
    let provider = Provider::start(&desk.base());
    let id = desk.trust(&provider, "Amt", |_| {}).await;
    let page = desk.visitor().get(&format!("/sign-in/with/{id}")).await;
    assert_eq!(page.status, 403);
    page.must_say("darf von hier aus nicht abgerufen werden");
    for issuer in [
        "https://127.0.0.1:9",
        "https://localhost:9",
        "https://[::1]:9",
    ] {
        let issuer = issuer.to_owned();
        let id = desk
            .trust(&provider, &issuer.clone(), |facts| facts.issuer = issuer)
            .await;
        desk.visitor().get(&format!("/sign-in/with/{id}")).await;
        let last = desk.tries().await.pop().unwrap();
        assert_eq!(last.outcome, "address", "{}", last.detail);
        assert!(last.detail.contains("private network"), "{}", last.detail);
    }
}
