//! What rules give at a sign-in, what they take again, and what they would do to claims that somebody pasted.

use entities::claim_rule::Gives;
use entities::first_start::{ADMINISTRATOR, AGENT};
use entities::person::SetRoles;
use entities::{Uuid, role};
use serde_json::json;
use support::desk::{Persona, TestDesk};
use support::provider::{Does, Provider};

const ANNIKA: &str = "annika.brandt@desk.example";

async fn shipped(desk: &TestDesk, mark: &str) -> Uuid {
    role::shipped(&desk.db, mark).await.unwrap().unwrap().id
}

async fn comes_in(desk: &TestDesk, provider: &Provider, id: Uuid) {
    let done = desk
        .visitor()
        .sign_in_by(provider, id, Does::SignIn(ANNIKA))
        .await;
    assert_eq!(done.status, 303, "{}", done.describe());
}

/// Roles and teams as the policy sees them.
async fn holds(person: &Persona) -> (Vec<Uuid>, Vec<Uuid>) {
    match person.actor().await {
        entities::Actor::Person(actor) => (actor.roles.clone(), actor.teams.clone()),
        entities::Actor::System(_) => panic!("not a person"),
    }
}

async fn organisations(desk: &TestDesk, person: &Persona) -> i64 {
    let sql = "SELECT count(*) FROM membership WHERE person_id = $1 AND to_on IS NULL";
    desk.database().number(sql, vec![person.id.into()]).await
}

#[tokio::test]
async fn rules_give_and_take_again_and_what_hands_gave_stays() {
    let desk = TestDesk::beside_providers().await;
    let annika = desk.requester("Annika Brandt").await;
    let provider = Provider::start(&desk.base());
    let id = desk.trust(&provider, "Amt", |_| {}).await;
    let (youth, office) = (
        desk.team("Jugend").await,
        desk.district("Pankow", "PA").await,
    );
    let (agent, lead) = (shipped(&desk, AGENT).await, shipped(&desk, "lead").await);
    desk.gives(id, "groups", "desk-agents", Gives::Role, agent)
        .await;
    desk.gives(id, "groups", "jugend", Gives::Team, youth).await;
    desk.gives(id, "groups", "pankow", Gives::Organisation, office)
        .await;
    desk.console(SetRoles {
        id: annika.id,
        role_ids: vec![lead],
    })
    .await;

    let groups = |groups: &[&str]| json!({ "groups": groups });
    provider
        .says(ANNIKA, groups(&["desk-agents", "jugend", "pankow"]))
        .await;
    comes_in(&desk, &provider, id).await;
    let (mut roles, teams) = holds(&annika).await;
    roles.sort_unstable();
    let mut both = vec![agent, lead];
    both.sort_unstable();
    assert_eq!((roles, teams), (both, vec![youth]));
    assert_eq!(organisations(&desk, &annika).await, 1);
    // The same again changes nothing.
    let events = "SELECT count(*) FROM event";
    let before = desk.database().number(events, vec![]).await;
    comes_in(&desk, &provider, id).await;
    assert_eq!(desk.database().number(events, vec![]).await, before);

    provider.says(ANNIKA, groups(&["jugend"])).await;
    comes_in(&desk, &provider, id).await;
    assert_eq!(holds(&annika).await, (vec![lead], vec![youth]));
    assert_eq!(organisations(&desk, &annika).await, 0);
    provider.says(ANNIKA, groups(&[])).await;
    comes_in(&desk, &provider, id).await;
    assert_eq!(holds(&annika).await, (vec![lead], vec![]));
    let by_rule = "SELECT count(*) FROM event WHERE name = 'roles_set' AND rule = 'sign_on'";
    assert_eq!(desk.database().number(by_rule, vec![]).await, 2);
}

#[tokio::test]
async fn what_was_there_by_hand_is_not_taken_when_a_rule_for_it_ends() {
    let desk = TestDesk::beside_providers().await;
    let youth = desk.team("Jugend").await;
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let provider = Provider::start(&desk.base());
    let id = desk.trust(&provider, "Amt", |_| {}).await;
    desk.claim_rule(id, "groups", "jugend", youth).await;
    for groups in [json!(["jugend"]), json!([])] {
        provider.says(ANNIKA, json!({ "groups": groups })).await;
        comes_in(&desk, &provider, id).await;
        assert_eq!(holds(&annika).await.1, [youth]);
    }
}

#[tokio::test]
async fn the_last_administrator_is_not_lost_by_a_rule() {
    let desk = TestDesk::beside_providers().await;
    let admin = shipped(&desk, ADMINISTRATOR).await;
    let annika = desk
        .requester("Annika Brandt")
        .with_password("ein langes Kennwort")
        .await;
    let provider = Provider::start(&desk.base());
    let id = desk.trust(&provider, "Amt", |_| {}).await;
    desk.gives(id, "groups", "admins", Gives::Role, admin).await;
    provider.says(ANNIKA, json!({ "groups": ["admins"] })).await;
    comes_in(&desk, &provider, id).await;
    provider.says(ANNIKA, json!({ "groups": [] })).await;
    comes_in(&desk, &provider, id).await;
    assert_eq!(holds(&annika).await.0, [admin]);
    let last = desk.tries().await.pop().unwrap();
    assert_eq!(last.detail, "the last administrator keeps their roles");
    // Once there is another one, the role goes.
    desk.administrator()
        .with_password("noch ein langes Kennwort")
        .await;
    comes_in(&desk, &provider, id).await;
    assert!(holds(&annika).await.0.is_empty());
}

#[tokio::test]
async fn a_trial_says_what_would_be_given_and_taken_and_why_and_changes_nothing() {
    let desk = TestDesk::beside_providers().await;
    let annika = desk.requester("Annika Brandt").await;
    let provider = Provider::start(&desk.base());
    let id = desk.trust(&provider, "Amt", |_| {}).await;
    let (agent, youth) = (shipped(&desk, AGENT).await, desk.team("Jugend").await);
    desk.gives(id, "realm_access.roles", "desk-agents", Gives::Role, agent)
        .await;
    desk.claim_rule(id, "groups", "jugend", youth).await;
    provider.says(ANNIKA, json!({ "groups": ["jugend"] })).await;
    comes_in(&desk, &provider, id).await;
    let before = holds(&annika).await;

    let browser = desk.administrator().await.sign_in().await;
    let page = browser.get("/settings/claim-rules/new/try").await;
    let try_it = |claims: String| {
        let (browser, page) = (&browser, &page);
        async move {
            browser
                .submit(page, ".form form", &[("claims", claims.as_str())])
                .await
        }
    };
    let claims = json!({ "sub": ANNIKA, "realm_access": { "roles": ["desk-agents"] } });
    let said = try_it(claims.to_string()).await;
    assert_eq!(said.status, 200);
    said.must_say("Gemeint ist Annika Brandt");
    said.must_say("Erhält: Rolle: Agent");
    said.must_say("Verliert: Team: Jugend");
    said.must_say("Gilt nicht");
    assert_eq!(holds(&annika).await, before);
    // eyJzdWIiOiJuZXcifQ is {"sub":"new"}.
    try_it("eyJhbGciOiJub25lIn0.eyJzdWIiOiJuZXcifQ.".to_owned())
        .await
        .must_say("gehören noch zu keiner Person");
    let said = try_it("groups = jugend".to_owned()).await;
    assert_eq!(said.status, 422);
    said.must_say("weder ein JSON-Objekt noch ein Token");
    said.must_say("groups = jugend");
}

#[tokio::test]
async fn an_administrator_sets_a_rule_by_its_form() {
    let desk = TestDesk::beside_providers().await;
    let youth = desk.team("Jugend").await;
    let provider = desk.trust_nobody("Amt", "lotse").await;
    let browser = desk.administrator().await.sign_in().await;
    let page = browser.get("/settings/claim-rules/new").await;
    assert_eq!(
        page.attribute("#provider option[selected]", "value"),
        Some(provider.to_string())
    );
    let gift = format!("team:{youth}");
    let typed = [
        ("name", "Jugend"),
        ("path", "groups"),
        ("operator", "begins"),
        ("gift", gift.as_str()),
    ];
    let said = browser.submit(&page, "form.sheet", &typed).await;
    assert_eq!(said.status, 422);
    assert!(!said.texts("#value-fault").is_empty());
    let mut typed = typed.to_vec();
    typed.push(("value", "jug"));
    let done = browser.submit(&page, "form.sheet", &typed).await;
    assert_eq!(done.status, 303);
    let page = browser.get("/settings/claim-rules").await;
    page.must_say("beginnt mit");
    page.must_say("Team: Jugend");
}
