//! What one actor sees is decided in SQL, and always as the policy decides for one ticket.

use std::collections::BTreeSet;
use std::sync::Arc;

use entities::actor::PersonActor;
use entities::policy::{Grant, Scope, allows};
use entities::ticket::assign::Assignee;
use entities::ticket::filter::Filter;
use entities::ticket::list::{Sort, list};
use entities::ticket::{Assign, Ticket, counts, show};
use entities::{Actor, DeskError, Permission, Permit, Rule, Uuid};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use support::desk::TestDesk;

/// Tickets at every place: each team or none, and with each owner or none.
async fn everywhere(desk: &TestDesk, teams: &[Uuid], owners: &[Uuid]) -> Vec<Ticket> {
    let mut tickets = Vec::new();
    let teams = teams.iter().copied().map(Some).chain([None]);
    for team in teams {
        for owner in owners.iter().copied().map(Some).chain([None]) {
            let mut ticket = desk.ticket("Zahllauf bricht ab");
            if let Some(team) = team {
                ticket = ticket.in_team(team);
            }
            let ticket = ticket.await;
            tickets.push(match owner {
                None => ticket,
                Some(id) => {
                    let console = Actor::System(Rule::Console);
                    let permit = Permit::ask(&console, ticket).unwrap();
                    let to = Assignee::Person { id };
                    desk.db.change(permit, Assign { to }).await.unwrap().subject
                }
            });
        }
    }
    tickets
}

#[test]
fn sql_and_policy_agree_on_every_ticket_for_every_actor() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _inside = runtime.enter();
    let (desk, teams, owners, tickets) = runtime.block_on(async {
        let desk = TestDesk::new().await;
        let mut teams = Vec::new();
        for name in ["Jugend 1", "Jugend 2", "Zahlstelle"] {
            teams.push(desk.team(name).await);
        }
        let annika = desk.agent("Annika Brandt").await.id;
        let jonas = desk.agent("Jonas Weber").await.id;
        let tickets = everywhere(&desk, &teams, &[annika, jonas]).await;
        (desk, teams, [annika, jonas], tickets)
    });
    let some_teams = || proptest::sample::subsequence(teams.clone(), 0..=teams.len());
    let scope = prop_oneof![
        Just(Scope::Everything),
        Just(Scope::OwnTeams),
        some_teams().prop_map(Scope::Teams),
    ];
    let permission = prop_oneof![
        Just(Permission::ReadTickets),
        Just(Permission::ReadTickets),
        Just(Permission::Reply),
    ];
    let grant = (permission, scope).prop_map(|(permission, scope)| Grant { permission, scope });
    let actor = (
        proptest::sample::select(owners.to_vec()),
        proptest::collection::vec(grant, 0..4),
        some_teams(),
    )
        .prop_map(|(id, grants, teams)| {
            Actor::Person(Arc::new(PersonActor {
                id,
                name: "Annika Brandt".to_owned(),
                grants,
                roles: vec![],
                teams,
            }))
        });
    let mut runner = TestRunner::new(Config::with_cases(120));
    let agree = |actor: Actor| {
        let seen = runtime.block_on(seen(&desk, &actor));
        let expected: BTreeSet<Uuid> = tickets
            .iter()
            .filter(|ticket| allows(&actor, Permission::ReadTickets, ticket.place()))
            .map(|ticket| ticket.id)
            .collect();
        prop_assert_eq!(&seen, &expected);
        let open = runtime.block_on(counts::counts(&desk.db, &actor, desk.db.clock().now()));
        prop_assert_eq!(open.unwrap().all_open as usize, expected.len());
        Ok(())
    };
    runner.run(&actor, agree).unwrap();
}

async fn seen(desk: &TestDesk, actor: &Actor) -> BTreeSet<Uuid> {
    let page = list(
        &desk.db,
        actor,
        &Filter::default(),
        Sort::default(),
        None,
        100,
    )
    .await;
    page.unwrap().rows.iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn what_is_not_visible_is_not_found_by_any_way() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let reader = desk
        .person_with(
            "Annika Brandt",
            &[(Permission::ReadTickets, Scope::OwnTeams)],
        )
        .in_team(own)
        .await;
    let hidden = desk.ticket("Zahllauf bricht ab").in_team(other).await;
    let actor = reader.actor().await;
    let by_id = show::by_id(&desk.db, &actor, hidden.id).await;
    let by_number = show::by_number(&desk.db, &actor, &hidden.number).await;
    for way in [by_id, by_number] {
        assert!(matches!(way, Err(DeskError::Hidden)));
    }
    let numbers = show::numbers_of(&desk.db, &actor, &[hidden.id]).await;
    assert!(numbers.unwrap().is_empty());
    assert!(seen(&desk, &actor).await.is_empty());
    let end = desk.db.clock().now();
    let counts = counts::counts(&desk.db, &actor, end).await.unwrap();
    assert_eq!(counts, counts::Counts::default());
}
