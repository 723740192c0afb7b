//! Leaving: here and at the provider, by the provider's own word, and because the provider knows somebody no longer.

use chrono::Duration;
use entities::Uuid;
use lotse::jobs;
use serde_json::{Value, json};
use support::desk::{Client, TestDesk};
use support::provider::{Does, Provider};

const ANNIKA: &str = "annika.brandt@desk.example";

async fn beside(desk: &TestDesk) -> (Provider, Uuid) {
    desk.agent("Annika Brandt").await;
    let provider = Provider::start(&desk.base());
    let id = desk.trust(&provider, "Amt", |_| {}).await;
    (provider, id)
}

async fn comes_in(desk: &TestDesk, provider: &Provider, id: Uuid) -> Client {
    let browser = desk.visitor();
    let done = browser.sign_in_by(provider, id, Does::SignIn(ANNIKA)).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    browser
}

async fn is_in(browser: &Client) -> bool {
    browser.get("/views").await.status == 200
}

async fn says(desk: &TestDesk, token: &str) -> u16 {
    let form = [("logout_token", token)];
    let answer = desk.visitor().post("/sign-out/by-provider", &form).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.status.as_u16()
}

#[tokio::test]
async fn signing_out_ends_here_and_leads_to_the_end_at_the_provider() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    let browser = comes_in(&desk, &provider, id).await;
    let page = browser.post("/sign-out", &[]).await;
    assert_eq!(page.status, 200);
    page.must_say("Im Servicedesk sind Sie abgemeldet");
    assert!(!is_in(&browser).await);
    let there = page.attribute("a.kern-btn", "href").unwrap();
    assert!(
        there.starts_with(&format!("{}/session/end?", provider.issuer())),
        "{there}"
    );
    assert!(there.contains("id_token_hint=ey") && there.contains("client_id=lotse"));
    assert_eq!(page.header("refresh"), format!("0; url={there}"));
    // The provider takes the hint and knows the way back.
    assert!(provider.open(&there).await.status().is_success());
    // A provider that is away keeps nobody in.
    let browser = comes_in(&desk, &provider, id).await;
    provider.stop();
    desk.pass(Duration::minutes(20));
    browser.post("/sign-out", &[]).await;
    assert!(!is_in(&browser).await);
}

#[tokio::test]
async fn a_provider_ends_a_persons_sessions_by_a_signed_word_that_counts_once() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    let browser = comes_in(&desk, &provider, id).await;
    let local = desk.agent("Jonas Weber").await.sign_in().await;
    for wrong in [
        json!({ "sub": ANNIKA, "lie": "unsigned" }),
        json!({ "sub": ANNIKA, "lie": "forged" }),
        json!({ "sub": ANNIKA, "lie": "no-event" }),
        json!({ "sub": ANNIKA, "nonce": "n" }),
        json!({ "sub": ANNIKA, "aud": "another-application" }),
        json!({ "sub": ANNIKA, "iss": "https://login.evil.example" }),
        json!({ "sub": ANNIKA, "iat": 1_700_000_000 }),
        json!({ "sub": ANNIKA, "jti": "" }),
        json!({}),
    ] {
        let token = provider.logout_token(wrong.clone()).await;
        assert_eq!(says(&desk, &token).await, 400, "{wrong}");
        assert!(is_in(&browser).await, "{wrong}");
        desk.pass(Duration::seconds(1));
    }
    assert_eq!(says(&desk, "nonsense").await, 400);
    let token = provider.logout_token(json!({ "sub": ANNIKA })).await;
    assert_eq!(says(&desk, &token).await, 200);
    assert!(!is_in(&browser).await && is_in(&local).await);
    assert_eq!(desk.tries().await.pop().unwrap().outcome, "ended");
    let again = comes_in(&desk, &provider, id).await;
    assert_eq!(says(&desk, &token).await, 400);
    assert!(is_in(&again).await);
}

#[tokio::test]
async fn a_provider_ends_one_of_its_sessions_by_its_name() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    let (one, other) = (
        comes_in(&desk, &provider, id).await,
        comes_in(&desk, &provider, id).await,
    );
    let sids = "SELECT count(DISTINCT provider_sid) FROM session";
    assert_eq!(desk.database().number(sids, vec![]).await, 2);
    #[derive(sea_orm::FromQueryResult)]
    struct Sid {
        provider_sid: String,
    }
    let sql = "SELECT provider_sid FROM session ORDER BY created_at";
    let first: Vec<Sid> = desk.database().rows(sql, vec![]).await;
    let said: Value = json!({ "sub": ANNIKA, "sid": first[0].provider_sid });
    let token = provider.logout_token(said).await;
    assert_eq!(says(&desk, &token).await, 200);
    assert!(!is_in(&one).await && is_in(&other).await);
}

#[tokio::test]
async fn who_is_removed_at_the_provider_is_out_within_minutes() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    let browser = comes_in(&desk, &provider, id).await;
    for _ in 0..3 {
        desk.pass(Duration::minutes(4));
        jobs::run_due(&desk).await.unwrap();
        assert!(is_in(&browser).await);
    }
    provider.says(ANNIKA, Value::Null).await;
    desk.pass(Duration::minutes(4));
    jobs::run_due(&desk).await.unwrap();
    assert!(!is_in(&browser).await);
    assert_eq!(desk.tries().await.pop().unwrap().outcome, "ended");
}

#[tokio::test]
async fn a_provider_that_is_away_throws_nobody_out_and_silence_does() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    let asked = comes_in(&desk, &provider, id).await;
    // Nothing to ask with.
    provider.set(json!({ "refresh": false })).await;
    let silent = comes_in(&desk, &provider, id).await;
    provider.stop();
    for _ in 0..8 {
        desk.pass(Duration::minutes(4));
        jobs::run_due(&desk).await.unwrap();
    }
    assert!(is_in(&asked).await && !is_in(&silent).await);
    // No job runs any more.
    desk.pass(Duration::minutes(31));
    assert!(!is_in(&asked).await);
}

#[tokio::test]
async fn a_retired_provider_vouches_for_nobody() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    let browser = comes_in(&desk, &provider, id).await;
    desk.console(entities::provider::Retire::of(id)).await;
    desk.pass(Duration::minutes(4));
    jobs::run_due(&desk).await.unwrap();
    assert!(!is_in(&browser).await);
}

#[tokio::test]
async fn no_token_lies_open_in_the_database() {
    let desk = TestDesk::beside_providers().await;
    let (provider, id) = beside(&desk).await;
    comes_in(&desk, &provider, id).await;
    let sealed = "SELECT count(*) FROM session WHERE provider_tokens IS NOT NULL AND provider_tokens NOT LIKE '%.eyJ%'";
    assert_eq!(desk.database().number(sealed, vec![]).await, 1);
}
