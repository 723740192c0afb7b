//! How administrators set up a provider, and what its check tells them.

use support::desk::{Client, Page, TestDesk};
use support::provider::{CLIENT, Does, Provider, SECRET};

async fn typed(browser: &Client, issuer: &str, more: &[(&str, &str)]) -> Page {
    let page = browser.get("/settings/providers/new").await;
    let mut fields = vec![("name", "Amt"), ("issuer", issuer), ("client_id", CLIENT)];
    fields.extend_from_slice(more);
    browser.submit(&page, "form.sheet", &fields).await
}

fn id_of(page: &Page) -> String {
    let to = page.location().unwrap();
    let to = to.split('?').next().unwrap();
    to.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_administrator_sets_up_a_provider_and_an_agent_signs_in_by_it() {
    let desk = TestDesk::beside_providers().await;
    let provider = Provider::start(&desk.base());
    let annika = desk.agent("Annika Brandt").await;
    let browser = desk.administrator().await.sign_in().await;
    let more = [
        ("client_secret", SECRET),
        ("domains", "desk.example, @Amt.example"),
        ("match_email", "1"),
    ];
    let page = typed(&browser, &provider.issuer(), &more).await;
    let id = id_of(&page);
    let page = browser.follow(&page).await;
    assert_eq!(
        page.attribute("#domains", "value").as_deref(),
        Some("amt.example, desk.example")
    );
    page.must_say(&format!("{}/sign-in/back", desk.base()));
    assert!(!page.body().contains(SECRET));
    let kept = "SELECT count(*) FROM event WHERE payload LIKE '%geheim%'";
    assert_eq!(desk.database().number(kept, vec![]).await, 0);

    let visitor = desk.visitor();
    let does = Does::SignIn(&annika.email);
    let done = visitor
        .sign_in_by(&provider, id.parse().unwrap(), does)
        .await;
    assert_eq!(done.status, 303);
    let page = browser.get(&format!("/settings/providers/{id}")).await;
    page.must_say("Angemeldet");
    page.must_say("Annika Brandt");
    let refused = desk.visitor();
    refused
        .sign_in_by(&provider, id.parse().unwrap(), Does::Cancel)
        .await;
    let page = browser.get(&format!("/settings/providers/{id}")).await;
    page.must_say("Die Anmeldung wurde beim Anbieter abgebrochen");
}

#[tokio::test]
async fn a_secret_is_not_sent_to_a_provider_it_was_not_typed_for() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    let page = typed(
        &browser,
        "https://login.example.org",
        &[("client_secret", SECRET)],
    )
    .await;
    let address = format!("/settings/providers/{}", id_of(&page));
    let has = |page: &Page| {
        page.attribute("[name=has_secret]", "value")
            .unwrap_or_default()
    };
    let page = browser.get(&address).await;
    assert_eq!(has(&page), "1");
    browser
        .submit(&page, "form.sheet", &[("name", "Amt Mitte")])
        .await;
    let page = browser.get(&address).await;
    assert_eq!(has(&page), "1");
    browser
        .submit(&page, "form.sheet", &[("issuer", "https://evil.example")])
        .await;
    assert_eq!(has(&browser.get(&address).await), "");
}

#[tokio::test]
async fn what_cannot_be_is_said_at_its_field() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    for (issuer, more, field) in [
        ("login.example.org", ("scopes", "email"), "issuer"),
        ("ftp://login.example.org", ("scopes", "email"), "issuer"),
        (
            "https://login.example.org/?a=b",
            ("scopes", "email"),
            "issuer",
        ),
        (
            "https://login.example.org",
            ("domains", "kein Bereich!"),
            "domains",
        ),
        ("https://login.example.org", ("match_email", "1"), "domains"),
    ] {
        let page = typed(&browser, issuer, &[more]).await;
        assert_eq!(page.status, 422, "{issuer} {more:?}");
        assert!(
            !page.texts(&format!("#{field}-fault")).is_empty(),
            "{issuer} {more:?}"
        );
        assert_eq!(page.attribute("#issuer", "value").as_deref(), Some(issuer));
    }
}

#[tokio::test]
async fn the_check_says_what_fits_and_what_does_not() {
    let desk = TestDesk::beside_providers().await;
    let provider = Provider::start(&desk.base());
    let browser = desk.administrator().await.sign_in().await;
    let right = desk.trust(&provider, "Amt", |_| {}).await;
    let check = |id| {
        let browser = &browser;
        async move {
            let address = format!("/settings/providers/{id}/check");
            let page = browser.get(&address).await;
            page.must_say("Die Prüfung liest");
            browser.post(&address, &[]).await
        }
    };
    let page = check(right).await;
    page.must_say("Kennung und Geheimnis werden anerkannt");
    page.must_say("PKCE");
    // A test desk speaks http.
    page.must_say("Anmelden ist möglich");
    let wrong = |facts: &mut entities::provider::ProviderFacts| {
        facts.sealed_secret = Some(entities::secret::seal(desk.db.key(), "falsch"));
        facts.scopes = "email groups".to_owned();
        facts.match_email = false;
    };
    let page = check(desk.trust(&provider, "Falsch", wrong).await).await;
    page.must_say("Der Anbieter erkennt Kennung oder Geheimnis nicht an");
    page.must_say("So kann sich niemand anmelden");
    page.must_say("groups");
    page.must_say("kommt nicht herein");
    for (lie, words) in [
        ("other-issuer", "Der Anbieter nennt sich anders"),
        ("leads-elsewhere", "beschreibt sich kein Anbieter"),
        ("internal", "Diese Adresse darf nicht abgerufen werden"),
    ] {
        provider.lie(lie).await;
        check(right).await.must_say(words);
    }
    provider.stop();
    check(right).await.must_say("Der Anbieter antwortet nicht");
    let tries = desk.tries().await;
    assert!(tries.is_empty(), "{tries:?}");
}

#[tokio::test]
async fn only_who_manages_roles_manages_providers() {
    let desk = TestDesk::new().await;
    let everything_else: Vec<_> = entities::Permission::ALL
        .iter()
        .filter(|p| **p != entities::Permission::ManageRoles)
        .map(|p| (*p, entities::policy::Scope::Everything))
        .collect();
    let almost = desk.person_with("Jonas Weber", &everything_else).await;
    let browser = almost.sign_in().await;
    assert_eq!(browser.get("/settings/providers").await.status, 403);
    assert_eq!(typed_status(&browser).await, 403);
}

async fn typed_status(browser: &Client) -> u16 {
    let fields = [
        ("name", "Amt"),
        ("issuer", "https://login.example.org"),
        ("client_id", CLIENT),
    ];
    let page = browser.post("/settings/providers/new", &fields).await;
    page.status.as_u16()
}
