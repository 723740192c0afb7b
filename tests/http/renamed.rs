//! What is called something else is found by its new name, wherever the old one stood.

use entities::field::{self, FieldFacts, Kind, Value, Words};
use entities::finding::queue;
use entities::person::{self, Person};
use entities::service::{self, Service};
use entities::setting::{Setting, Update};
use entities::team::{self, Team};
use entities::{Actor, Rule, Uuid, organisation};
use lotse::jobs::indexing;
use support::desk::{Client, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);

async fn found(desk: &TestDesk, browser: &Client, words: &str) -> Vec<String> {
    indexing::run_due(desk).await.unwrap();
    let page = browser.get(&format!("/search?q={words}")).await;
    let mut titles = page.texts("#hits .hit h2");
    titles.sort();
    titles
}

async fn waiting(desk: &TestDesk) -> u64 {
    queue::length(&desk.db).await.unwrap()
}

async fn rename(desk: &TestDesk, id: Uuid, name: &str, email: &str) {
    let person: Person = person::find(&desk.db, &CONSOLE, id).await.unwrap();
    let mut facts = person.facts();
    facts.name = name.to_owned();
    facts.email = Some(email.to_owned());
    desk.console(person::Update { id, facts }).await;
}

#[tokio::test]
async fn a_person_is_found_by_their_new_name_and_address_alone() {
    let desk = TestDesk::new().await;
    let sabine = desk
        .requester("Sabine Kowalke")
        .writing_from("kowalke@pankow.example")
        .await;
    let olga = desk.agent("Olga Owner").await;
    desk.ticket("Bescheid fehlt").from(&sabine).await;
    desk.ticket("Zahllauf").owned_by(&olga).await;
    let named = desk.ticket("Zugang").await;
    desk.ticket("Drucker").await;
    let words = Words::new("Ansprechpartner", "Contact");
    let field = desk
        .field(FieldFacts::new("contact", Kind::Person, words))
        .await;
    let value = Some(Value::Reference(sabine.id));
    desk.set(&CONSOLE, named.id, vec![(field.row.id, value)])
        .await
        .unwrap();
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let both = ["Bescheid fehlt", "Zugang"];
    assert_eq!(found(&desk, &annika, "kowalke").await, both);

    rename(&desk, sabine.id, "Sabine Hartwig", "hartwig@pankow.example").await;
    assert_eq!(waiting(&desk).await, 2, "those that name her and no others");
    assert_eq!(found(&desk, &annika, "hartwig").await, both);
    assert!(found(&desk, &annika, "kowalke").await.is_empty());

    let email = olga.email.clone();
    rename(&desk, olga.id, "Olga Eigner", &email).await;
    assert_eq!(found(&desk, &annika, "eigner").await, ["Zahllauf"]);
    // What stands in no document changes none.
    let person = person::find(&desk.db, &CONSOLE, olga.id).await.unwrap();
    let mut facts = person.facts();
    facts.phone = Some("030 4711".to_owned());
    desk.console(person::Update { id: olga.id, facts }).await;
    assert_eq!(waiting(&desk).await, 0);
}

#[tokio::test]
async fn an_organisation_takes_all_its_tickets_along() {
    let desk = TestDesk::new().await;
    let office = desk.district("Jugendamt Pankow", "PA").await;
    for number in 0..3 {
        let title = format!("Fall {number}");
        desk.ticket(&title).of_organisation(office).await;
    }
    desk.ticket("Drucker").await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    assert_eq!(found(&desk, &annika, "pankow").await.len(), 3);
    let row = organisation::find(&desk.db, &CONSOLE, office)
        .await
        .unwrap();
    let mut facts = row.facts();
    facts.name = "Jugendamt Weissensee".to_owned();
    desk.console(organisation::Update { id: office, facts })
        .await;
    assert_eq!(waiting(&desk).await, 3);
    assert_eq!(found(&desk, &annika, "weissensee").await.len(), 3);
    assert!(found(&desk, &annika, "pankow").await.is_empty());
}

#[tokio::test]
async fn what_lies_below_another_service_now_is_found_there() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend").await;
    let kita = desk.service("KITA-Netz", team).await;
    let hort = desk.service("HortPlan", team).await;
    let module = desk.module("Gutschein", kita).await;
    desk.ticket("Bescheid").about(module).await;
    desk.ticket("Drucker").about(hort).await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let of_hort = "service:hortplan";
    assert_eq!(found(&desk, &annika, of_hort).await, ["Drucker"]);
    let row: Service = service::find(&desk.db, &CONSOLE, module).await.unwrap();
    let mut facts = row.facts();
    facts.parent_id = Some(hort);
    desk.console(service::Update { id: module, facts }).await;
    assert_eq!(waiting(&desk).await, 1);
    assert_eq!(
        found(&desk, &annika, of_hort).await,
        ["Bescheid", "Drucker"]
    );
    // A new name of the service above reaches its modules.
    let row = service::find(&desk.db, &CONSOLE, hort).await.unwrap();
    let mut facts = row.facts();
    facts.name = "Ganztag".to_owned();
    desk.console(service::Update { id: hort, facts }).await;
    assert_eq!(waiting(&desk).await, 2);
    assert_eq!(found(&desk, &annika, "service:ganztag").await.len(), 2);
    // An open case stands nowhere by its team's name.
    let row: Team = team::find(&desk.db, &CONSOLE, team).await.unwrap();
    let mut facts = row.facts();
    facts.name = "Ganztag 1".to_owned();
    desk.console(Update::<Team> { id: team, facts }).await;
    assert_eq!(waiting(&desk).await, 0);
}

#[tokio::test]
async fn an_article_is_found_below_the_service_its_own_lies_in_now() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend").await;
    let kita = desk.service("KITA-Netz", team).await;
    let module = desk.service("Gutschein", team).await;
    let mira = desk.author("Mira Kessler").await;
    let filing = entities::article::Filing {
        service_ids: vec![module],
        ..desk.filing(&mira).await
    };
    let content = support::desk::content("Gutschein drucken");
    desk.begin_article(&mira, content, filing).await.unwrap();
    let browser = mira.sign_in().await;
    assert!(found(&desk, &browser, "service:kita-netz").await.is_empty());
    let row = service::find(&desk.db, &CONSOLE, module).await.unwrap();
    let mut facts = row.facts();
    facts.parent_id = Some(kita);
    desk.console(service::Update { id: module, facts }).await;
    assert_eq!(waiting(&desk).await, 1);
    assert_eq!(
        found(&desk, &browser, "service:kita-netz").await,
        ["Gutschein drucken"]
    );
}

#[tokio::test]
async fn an_option_is_found_by_its_new_words() {
    let desk = TestDesk::new().await;
    let mut facts = FieldFacts::new("grund", Kind::Choice, Words::new("Grund", "Reason"));
    facts.options = vec![field::Choice::new("Netzausfall", "Outage")];
    let field = desk.field(facts).await;
    let option = field.options[0].id;
    let ticket = desk.ticket("Bescheid").await;
    let value = Some(Value::Options(vec![option]));
    desk.set(&CONSOLE, ticket.id, vec![(field.row.id, value)])
        .await
        .unwrap();
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    assert_eq!(found(&desk, &annika, "netzausfall").await, ["Bescheid"]);
    let mut facts = field.facts();
    facts.options[0].label = Words::new("Leitungsschaden", "Cable");
    let id = field.row.id;
    desk.console(field::Update { id, facts }).await;
    assert_eq!(waiting(&desk).await, 1);
    assert_eq!(found(&desk, &annika, "leitungsschaden").await, ["Bescheid"]);
    assert!(found(&desk, &annika, "netzausfall").await.is_empty());
}
