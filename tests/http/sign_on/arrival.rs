//! Whom a provider's word lets in, and as whom.

use serde_json::json;
use support::desk::TestDesk;
use support::provider::{Does, Provider};

const ANNIKA: &str = "annika.brandt@desk.example";

#[tokio::test]
async fn a_known_person_comes_in_by_a_checked_address_and_stays_that_person() {
    let desk = TestDesk::beside_providers().await;
    let annika = desk.agent("Annika Brandt").await;
    let provider = Provider::start(&desk.base());
    let id = desk.trust(&provider, "Amt", |_| {}).await;
    let browser = desk.visitor();
    let asked = browser.get("/account").await;
    let page = browser.follow(&asked).await;
    page.must_say("Mit Amt anmelden");
    let way = page.attribute("a[href^='/sign-in/with/']", "href").unwrap();
    let there = browser.get(&way).await.location().unwrap();
    let back = provider.walk(&there, Does::SignIn(ANNIKA)).await;
    let done = browser.get(&back).await;
    assert_eq!(
        (done.status.as_u16(), done.location().as_deref()),
        (303, Some("/account"))
    );
    browser.get("/account").await.must_say("Annika Brandt");

    // Names and addresses change; what the provider calls her does not.
    provider
        .says(
            ANNIKA,
            json!({ "email": "brandt.neu@desk.example", "sub": ANNIKA }),
        )
        .await;
    let other = desk.visitor();
    let done = other.sign_in_by(&provider, id, Does::SignIn(ANNIKA)).await;
    assert_eq!(done.status, 303);
    other.get("/account").await.must_say("Annika Brandt");
    let tries = desk.tries().await;
    assert_eq!(tries.len(), 2);
    assert!(
        tries
            .iter()
            .all(|one| one.outcome == "started" && one.person_id == Some(annika.id))
    );
    let linked = "SELECT count(*) FROM event WHERE name = 'identity_linked' AND rule = 'sign_on'";
    assert_eq!(desk.database().number(linked, vec![]).await, 1);
    let told = "SELECT count(*) FROM event WHERE payload LIKE '%annika%'";
    assert_eq!(desk.database().number(told, vec![]).await, 0);
}

#[tokio::test]
async fn an_address_counts_only_when_it_is_checked_and_in_a_domain_of_the_provider() {
    let desk = TestDesk::beside_providers().await;
    desk.agent("Annika Brandt").await;
    let foreign = desk
        .agent("Jonas Weber")
        .writing_from("jonas@pankow.example")
        .await;
    let provider = Provider::start(&desk.base());
    let id = desk.trust(&provider, "Amt", |_| {}).await;
    provider
        .says(ANNIKA, json!({ "email_verified": false }))
        .await;
    for login in [ANNIKA, foreign.email.as_str()] {
        let browser = desk.visitor();
        let page = browser.sign_in_by(&provider, id, Does::SignIn(login)).await;
        assert_eq!(page.status, 403, "{login}");
        page.must_say("Ihr Konto ist hier nicht bekannt");
        assert!(browser.cookie("lotse_session").is_none());
    }
    let outcomes: Vec<_> = desk.tries().await.into_iter().map(|t| t.outcome).collect();
    assert_eq!(outcomes, ["unknown", "unknown"]);
}

#[tokio::test]
async fn without_the_rule_nobody_is_recognised_by_an_address() {
    let desk = TestDesk::beside_providers().await;
    desk.agent("Annika Brandt").await;
    let provider = Provider::start(&desk.base());
    let only = |create| {
        move |facts: &mut entities::provider::ProviderFacts| {
            facts.match_email = false;
            facts.create_people = create;
        }
    };
    for (name, create) in [("Amt", false), ("Land", true)] {
        let id = desk.trust(&provider, name, only(create)).await;
        let browser = desk.visitor();
        let page = browser
            .sign_in_by(&provider, id, Does::SignIn(ANNIKA))
            .await;
        assert_eq!(page.status, 403, "{name}");
        page.must_say("noch nicht mit diesem Anbieter verbunden");
    }
}

#[tokio::test]
async fn who_is_unknown_becomes_a_person_where_that_is_allowed() {
    let desk = TestDesk::beside_providers().await;
    let office = desk.district("Amt für Jugend", "desk").await;
    let provider = Provider::start(&desk.base());
    let id = desk
        .trust(&provider, "Amt", |facts| facts.create_people = true)
        .await;
    let browser = desk.visitor();
    let done = browser
        .sign_in_by(&provider, id, Does::SignIn("derya.aksoy@desk.example"))
        .await;
    assert_eq!(done.status, 303);
    browser.get("/account").await.must_say("Derya Aksoy");
    let person = entities::person::by_email(&desk.db, "derya.aksoy@desk.example").await;
    let person = person.unwrap().unwrap();
    assert!(person.password_hash.is_none());
    let member = "SELECT count(*) FROM membership WHERE person_id = $1 AND organisation_id = $2";
    let values = vec![person.id.into(), office.into()];
    assert_eq!(desk.database().number(member, values).await, 1);
    // Nobody gave them a role, so there is nothing for them to see yet.
    assert_eq!(browser.get("/tickets").await.status, 403);
    // Of other domains nobody is made.
    let stranger = desk.visitor();
    let page = stranger
        .sign_in_by(&provider, id, Does::SignIn("eve@evil.example"))
        .await;
    page.must_say("keine geprüfte E-Mail-Adresse Ihrer Behörde");
    assert_eq!(page.status, 403);
}

#[tokio::test]
async fn two_windows_at_once_make_one_person() {
    let desk = TestDesk::beside_providers().await;
    let provider = Provider::start(&desk.base());
    let id = desk
        .trust(&provider, "Amt", |facts| facts.create_people = true)
        .await;
    let (one, other) = (desk.visitor(), desk.visitor());
    let does = Does::SignIn("derya.aksoy@desk.example");
    let (a, b) = (
        one.walk_to(&provider, id, does).await,
        other.walk_to(&provider, id, does).await,
    );
    let (a, b) = tokio::join!(one.get(&a), other.get(&b));
    assert_eq!((a.status.as_u16(), b.status.as_u16()), (303, 303));
    let people = "SELECT count(*) FROM person";
    assert_eq!(desk.database().number(people, vec![]).await, 1);
}

#[tokio::test]
async fn a_retired_person_stays_outside() {
    let desk = TestDesk::beside_providers().await;
    let annika = desk.agent("Annika Brandt").await;
    let provider = Provider::start(&desk.base());
    let id = desk.trust(&provider, "Amt", |_| {}).await;
    let does = Does::SignIn(ANNIKA);
    assert_eq!(
        desk.visitor().sign_in_by(&provider, id, does).await.status,
        303
    );
    desk.console(entities::person::Retire::of(annika.id)).await;
    let page = desk.visitor().sign_in_by(&provider, id, does).await;
    assert_eq!(page.status, 403);
    page.must_say("Ihr Konto ist hier stillgelegt");
    assert_eq!(desk.tries().await.pop().unwrap().person_id, Some(annika.id));
}
