//! Check lists of clean data: what each selects, that the rule and its SQL agree, and what is kept of a day.

use std::collections::HashSet;

use chrono::{Days, Duration};
use entities::field::lacking::Lacking;
use entities::field::{FieldFacts, Kind, Moment, Right, Value, Words, read};
use entities::policy::Scope;
use entities::ticket::check::{self, Check};
use entities::ticket::facets::by_column_query;
use entities::ticket::filter::Filter;
use entities::ticket::list::{Sort, list, page_query};
use entities::ticket::{Kind as Sort_, SetReminder, Ticket, Wait, WaitingFor};
use entities::{Actor, Permission, Permit, Rule, Uuid};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use support::desk::TestDesk;

use crate::plan::{Plan, backend};

const CONSOLE: Actor = Actor::System(Rule::Console);

fn seeded(seed: u8) -> TestRunner {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    TestRunner::new_with_rng(Config::default(), rng)
}

async fn titles(desk: &TestDesk, actor: &Actor, check: Check) -> Vec<String> {
    let filter = check.filter(&desk.db, actor).await.unwrap();
    let page = list(&desk.db, actor, &filter, Sort::default(), None, 100).await;
    let mut all: Vec<String> = page.unwrap().rows.into_iter().map(|r| r.title).collect();
    all.sort();
    let counted = check::by_team(&desk.db, actor, check).await.unwrap();
    let sum: i64 = counted.iter().map(|team| team.n).sum();
    assert_eq!(sum, all.len() as i64, "{check:?}");
    all
}

async fn wait(desk: &TestDesk, ticket: &Ticket, waiting_for: WaitingFor) {
    let permit = Permit::ask(&CONSOLE, ticket.clone()).unwrap();
    let wait = Wait {
        waiting_for,
        until: None,
    };
    desk.db.change(permit, wait).await.unwrap();
}

#[tokio::test]
async fn each_list_holds_what_should_not_be() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("KITA-Netz", team).await;
    let classified = desk.ticket("Gutschein").about(service).await;
    desk.ticket("Zahllauf").await;
    desk.pass(Duration::hours(1));
    assert!(titles(&desk, &CONSOLE, Check::NoService).await.is_empty());
    desk.pass(Duration::hours(2));
    desk.ticket("Eben angerufen").await;
    assert_eq!(
        titles(&desk, &CONSOLE, Check::NoService).await,
        ["Zahllauf"]
    );

    wait(&desk, &classified, WaitingFor::Requester).await;
    assert_eq!(
        titles(&desk, &CONSOLE, Check::NoReminder).await,
        ["Gutschein"]
    );
    let at = desk.db.clock().now() + Duration::days(1);
    let permit = Permit::ask(&CONSOLE, desk.read(classified.id).await).unwrap();
    let remind = SetReminder { at: Some(at) };
    desk.db.change(permit, remind).await.unwrap();
    assert!(titles(&desk, &CONSOLE, Check::NoReminder).await.is_empty());

    assert!(titles(&desk, &CONSOLE, Check::Silent).await.is_empty());
    desk.pass(Duration::days(90));
    let silent = titles(&desk, &CONSOLE, Check::Silent).await;
    assert_eq!(silent, ["Eben angerufen", "Gutschein", "Zahllauf"]);
}

#[tokio::test]
async fn a_field_that_becomes_needed_makes_open_tickets_incomplete() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let filled = desk.ticket("Gefüllt").await;
    desk.ticket("Leer").await;
    let mut facts = FieldFacts::new("cause", Kind::Text, Words::new("Ursache", "Cause"));
    let field = desk.field(facts.clone()).await;
    assert!(titles(&desk, &annika, Check::FieldEmpty).await.is_empty());
    facts.settings.required = vec![Moment::Create, Moment::Close];
    facts.version = field.row.version;
    let update = entities::field::Update {
        id: field.row.id,
        facts: facts.clone(),
    };
    let permit = Permit::ask(&CONSOLE, entities::permit::Desk).unwrap();
    let field = desk.db.change(permit, update).await.unwrap().subject;
    let both = titles(&desk, &annika, Check::FieldEmpty).await;
    assert_eq!(both, ["Gefüllt", "Leer"]);
    let value = Some(Value::Text("Stichtag".to_owned()));
    desk.set(&annika, filled.id, vec![(field.row.id, value)])
        .await
        .unwrap();
    assert_eq!(titles(&desk, &annika, Check::FieldEmpty).await, ["Leer"]);
    // Nobody is asked for what they may not fill.
    let Actor::Person(person) = &annika else {
        panic!("a person");
    };
    facts.settings.rights = person.roles.iter().map(|id| (*id, Right::Hidden)).collect();
    facts.version = field.row.version;
    let id = field.row.id;
    let permit = Permit::ask(&CONSOLE, entities::permit::Desk).unwrap();
    let update = entities::field::Update { id, facts };
    desk.db.change(permit, update).await.unwrap();
    assert!(titles(&desk, &annika, Check::FieldEmpty).await.is_empty());
    assert_eq!(titles(&desk, &CONSOLE, Check::FieldEmpty).await, ["Leer"]);
}

/// A definition by chance: when it is needed, and on which tickets it stands.
fn definition(
    number: usize,
    places: &[Uuid],
    teams: &[Uuid],
) -> impl Strategy<Value = FieldFacts> + use<> {
    let key = format!("field-{number}");
    let facts = FieldFacts::new(&key, Kind::YesNo, Words::new(&key, &key));
    let required = prop::sample::subsequence(Moment::ALL.to_vec(), 0..=3);
    let kinds = prop::sample::subsequence(vec![Sort_::Incident, Sort_::Question], 0..=2);
    let services = prop::sample::subsequence(places.to_vec(), 0..=1);
    let teams = prop::sample::subsequence(teams.to_vec(), 0..=1);
    (required, kinds, services, teams).prop_map(move |(required, kinds, services, teams)| {
        let mut facts = facts.clone();
        facts.settings.required = required;
        facts.settings.shown.kinds = kinds;
        facts.settings.shown.services = services;
        facts.settings.shown.teams = teams;
        facts
    })
}

#[tokio::test]
async fn the_rule_of_what_is_missing_and_its_statement_agree_on_any_ticket() {
    let desk = TestDesk::new().await;
    let teams = [desk.team("Jugend 1").await, desk.team("Zahlstelle").await];
    let whole = desk.service("KITA-Netz", teams[0]).await;
    let module = desk.module("Gutschein", whole).await;
    let other = desk.service("Zahllauf", teams[1]).await;
    let mut runner = seeded(7);
    let mut draw = |most: usize| {
        use proptest::strategy::ValueTree as _;
        (0..most).new_tree(&mut runner).unwrap().current()
    };
    let mut tickets = Vec::new();
    for number in 0..40 {
        let mut ticket = desk.ticket(&format!("Fall {number}"));
        if let Some(service) = [None, Some(whole), Some(module), Some(other)][draw(4)] {
            ticket = ticket.about(service);
        }
        if let Some(team) = [None, Some(teams[0]), Some(teams[1])][draw(3)] {
            ticket = ticket.in_team(team);
        }
        let ticket = ticket.await;
        match draw(4) {
            0 => wait(&desk, &ticket, WaitingFor::Vendor).await,
            1 => wait(&desk, &ticket, WaitingFor::Requester).await,
            _ => {}
        }
        tickets.push(ticket.id);
    }
    let mut runner = seeded(8);
    let mut some = 0;
    for round in 0..12 {
        use proptest::strategy::ValueTree as _;
        let strategy = definition(round, &[whole, module, other], &teams);
        let facts = strategy.new_tree(&mut runner).unwrap().current();
        let field = desk.field(facts).await;
        for (at, id) in tickets.iter().enumerate() {
            if (at + round) % 5 == 0 {
                let value = vec![(field.row.id, Some(Value::YesNo(true)))];
                // A ticket that does not show it takes none.
                let _ = desk.set(&CONSOLE, *id, value).await;
            }
        }
        let lacking = Lacking::read(&desk.db, &CONSOLE).await.unwrap();
        let filter = Filter {
            lacking: Some(lacking.clone()),
            ..Filter::default()
        };
        let page = list(&desk.db, &CONSOLE, &filter, Sort::default(), None, 100).await;
        let found: HashSet<Uuid> = page.unwrap().rows.iter().map(|row| row.id).collect();
        let mut expected = HashSet::new();
        for id in &tickets {
            let ticket = desk.read(*id).await;
            let sheet = read::sheet(&desk.db, &CONSOLE, &ticket).await.unwrap();
            if lacking.holds(&ticket, &sheet.case, &sheet.filled(), &CONSOLE) {
                expected.insert(*id);
            }
        }
        assert_eq!(found, expected, "{lacking:#?}");
        some += usize::from(!found.is_empty() && found.len() < tickets.len());
    }
    assert!(some > 5, "the tickets tell nothing apart");
}

#[tokio::test]
async fn a_day_is_counted_once_and_shown_to_each_as_far_as_they_read() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let read = [(Permission::ReadTickets, Scope::OwnTeams)];
    let lead = desk.person_with("Mira Kessler", &read).in_team(own).await;
    let lead = lead.actor().await;
    desk.ticket("Zahllauf").in_team(own).await;
    desk.ticket("Kasse").in_team(other).await;
    desk.ticket("Ohne Team").await;
    desk.pass(Duration::hours(3));
    let day = desk.db.clock().now().date_naive();
    check::keep(&desk.db, &CONSOLE, day, desk.db.clock().now())
        .await
        .unwrap();
    desk.ticket("Später").in_team(own).await;
    desk.pass(Duration::hours(3));
    // A process that starts again the same day counts nothing anew.
    check::keep(&desk.db, &CONSOLE, day, desk.db.clock().now())
        .await
        .unwrap();
    let trend = async |actor: &Actor, from| {
        let all = check::trend(&desk.db, actor, from).await.unwrap();
        let own = all.into_iter().filter(|k| k.list == "no_service");
        own.map(|k| (k.day, k.n)).collect::<Vec<_>>()
    };
    assert_eq!(trend(&CONSOLE, day).await, [(day, 3)]);
    assert_eq!(trend(&lead, day).await, [(day, 2)]);
    let next = day.checked_add_days(Days::new(1)).unwrap();
    assert_eq!(trend(&CONSOLE, next).await, []);
    // A day without faults was counted all the same.
    let all = check::trend(&desk.db, &CONSOLE, day).await.unwrap();
    assert!(all.iter().any(|k| k.list == "silent" && k.n == 0));
    assert_eq!(all.len(), Check::ALL.len());
}

#[tokio::test]
async fn check_lists_read_open_work_by_an_index() {
    let desk = TestDesk::new().await;
    for number in 0..3 {
        let key = format!("field-{number}");
        let mut facts = FieldFacts::new(&key, Kind::YesNo, Words::new(&key, &key));
        facts.settings.required = vec![Moment::Create];
        desk.field(facts).await;
    }
    let now = desk.db.clock().now();
    for check in Check::ALL {
        let filter = check.filter(&desk.db, &CONSOLE).await.unwrap();
        let page = page_query(&CONSOLE, &filter, Sort::default(), None, 50, now);
        let counts = by_column_query(&CONSOLE, &filter, "team_id", now);
        for query in [page, counts] {
            let plan = Plan::of(&desk, backend(&desk).build(&query)).await;
            assert!(plan.scans().is_empty(), "{check:?}: {plan:#?}");
        }
    }
}
