//! What one actor sees is decided in SQL, and always as the policy decides for one ticket.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use entities::actor::PersonActor;
use entities::field::{Choice, FieldFacts, Kind, Value, Words};
use entities::policy::{Grant, Place, Scope, Spread, allows, tickets_where};
use entities::ticket::assign::Assignee;
use entities::ticket::filter::Filter;
use entities::ticket::list::{Sort, list};
use entities::ticket::{Assign, Reply, Ticket, counts, show};
use entities::{Actor, DeskError, Permission, Permit, Rule, Uuid};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sea_orm::sea_query::{PostgresQueryBuilder, Query, SqliteQueryBuilder};
use support::desk::{TestDesk, reply};

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

/// What tickets can be about, besides team and owner.
struct Matters {
    services: Vec<Uuid>,
    organisations: Vec<Uuid>,
    field: Uuid,
    options: Vec<Uuid>,
}

async fn matters(desk: &TestDesk, team: Uuid) -> Matters {
    let kita = desk.service("KITA-Netz", team).await;
    let services = vec![
        kita,
        desk.module("Zahlung", kita).await,
        desk.service("HortPlan", team).await,
    ];
    let organisations = vec![
        desk.district("Jugendamt Pankow", "PA").await,
        desk.district("Jugendamt Mitte", "MI").await,
    ];
    let facts = FieldFacts {
        options: ["Wohngeld", "Hort"].map(|n| Choice::new(n, n)).to_vec(),
        ..FieldFacts::new("subject", Kind::Choices, Words::new("Sache", "Matter"))
    };
    let field = desk.field(facts).await;
    Matters {
        services,
        organisations,
        field: field.row.id,
        options: field.options.iter().map(|o| o.id).collect(),
    }
}

/// Tickets about everything, all in one team.
async fn about_everything(desk: &TestDesk, team: Uuid, about: &Matters) -> Vec<Ticket> {
    let or_none = |ids: &[Uuid]| -> Vec<Option<Uuid>> {
        ids.iter().copied().map(Some).chain([None]).collect()
    };
    let mut tickets = Vec::new();
    for service in or_none(&about.services) {
        for organisation in or_none(&about.organisations) {
            for options in [&about.options[..0], &about.options[..1], &about.options[..]] {
                let mut ticket = desk.ticket("Bescheid fehlt").in_team(team);
                if let Some(service) = service {
                    ticket = ticket.about(service);
                }
                if let Some(organisation) = organisation {
                    ticket = ticket.of_organisation(organisation);
                }
                let ticket = ticket.await;
                let value = (!options.is_empty()).then(|| Value::Options(options.to_vec()));
                let console = Actor::System(Rule::Console);
                if value.is_some() {
                    let values = vec![(about.field, value)];
                    desk.set(&console, ticket.id, values).await.unwrap();
                }
                tickets.push(desk.read(ticket.id).await);
            }
        }
    }
    tickets
}

#[test]
fn sql_and_policy_agree_on_every_ticket_for_every_actor() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _inside = runtime.enter();
    let (desk, teams, owners, about, tickets) = runtime.block_on(async {
        let desk = TestDesk::new().await;
        let mut teams = Vec::new();
        for name in ["Jugend 1", "Jugend 2", "Zahlstelle"] {
            teams.push(desk.team(name).await);
        }
        let annika = desk.agent("Annika Brandt").await.id;
        let jonas = desk.agent("Jonas Weber").await.id;
        let mut tickets = everywhere(&desk, &teams, &[annika, jonas]).await;
        let about = matters(&desk, teams[0]).await;
        tickets.extend(about_everything(&desk, teams[2], &about).await);
        (desk, teams, [annika, jonas], about, tickets)
    });
    let some = |ids: &[Uuid]| proptest::sample::subsequence(ids.to_vec(), 0..=ids.len());
    let some_teams = || some(&teams);
    let scope = prop_oneof![
        Just(Scope::Everything),
        Just(Scope::OwnTeams),
        some_teams().prop_map(Scope::Teams),
        some(&about.services).prop_map(Scope::Services),
        Just(Scope::OwnOrganisation),
        some(&about.options).prop_map(move |options| Scope::FieldValues {
            field: about.field,
            options
        }),
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
        some(&about.organisations),
    )
        .prop_map(|(id, grants, teams, organisations)| {
            Actor::Person(Arc::new(PersonActor {
                id,
                name: "Annika Brandt".to_owned(),
                grants,
                roles: vec![],
                teams,
                organisations,
                stands_in_for: vec![],
            }))
        });
    let held = runtime.block_on(held(&desk));
    let mut runner = TestRunner::new(Config::with_cases(120));
    let agree = |actor: Actor| {
        let seen = runtime.block_on(seen(&desk, &actor));
        let expected: BTreeSet<Uuid> = tickets
            .iter()
            .filter(|ticket| allows(&actor, Permission::ReadTickets, standing(ticket, &held)))
            .map(|ticket| ticket.id)
            .collect();
        prop_assert_eq!(&seen, &expected);
        let open = runtime.block_on(counts::counts(&desk.db, &actor, desk.db.clock().now()));
        prop_assert_eq!(open.unwrap().all_open as usize, expected.len());
        Ok(())
    };
    runner.run(&actor, agree).unwrap();
}

/// The options each ticket holds, as they lie in the table.
async fn held(desk: &TestDesk) -> HashMap<Uuid, Vec<(Uuid, Uuid)>> {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        ticket_id: Uuid,
        field_id: Uuid,
        ref_id: Uuid,
    }
    let sql = "SELECT ticket_id, field_id, ref_id FROM field_value";
    let mut held: HashMap<Uuid, Vec<(Uuid, Uuid)>> = HashMap::new();
    for row in desk.database().rows::<Row>(sql, vec![]).await {
        let of_ticket = held.entry(row.ticket_id).or_default();
        of_ticket.push((row.field_id, row.ref_id));
    }
    held
}

fn standing(ticket: &Ticket, held: &HashMap<Uuid, Vec<(Uuid, Uuid)>>) -> Place {
    let ticket = Ticket {
        held: held.get(&ticket.id).cloned().unwrap_or_default(),
        ..ticket.clone()
    };
    ticket.place()
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

/// One ticket within the scope and one beyond it.
async fn one_within_and_one_beyond(
    desk: &TestDesk,
    about: &Matters,
    teams: (Uuid, Uuid),
    scope: &Scope,
) -> (Ticket, Ticket) {
    let within = desk.ticket("Bescheid fehlt").in_team(teams.1);
    let within = match scope {
        Scope::Services(_) => within.about(about.services[1]).await,
        Scope::OwnOrganisation => within.of_organisation(about.organisations[0]).await,
        Scope::Teams(_) | Scope::OwnTeams => desk.ticket("Bescheid fehlt").in_team(teams.0).await,
        Scope::Everything | Scope::FieldValues { .. } => within.await,
    };
    if let Scope::FieldValues { field, options } = scope {
        let console = Actor::System(Rule::Console);
        let value = Value::Options(vec![options[0]]);
        let set = desk.set(&console, within.id, vec![(*field, Some(value))]);
        set.await.unwrap();
    }
    let beyond = desk.ticket("Zahllauf bricht ab").in_team(teams.1).await;
    (within, beyond)
}

#[tokio::test]
async fn every_permission_about_tickets_reaches_as_far_as_its_scope_and_no_further() {
    let desk = TestDesk::new().await;
    let teams = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let about = matters(&desk, teams.1).await;
    let scopes = [
        Scope::OwnTeams,
        Scope::Teams(vec![teams.0]),
        // What is below a named service belongs to it.
        Scope::Services(vec![about.services[0]]),
        Scope::OwnOrganisation,
        Scope::FieldValues {
            field: about.field,
            options: vec![about.options[0]],
        },
    ];
    let of_tickets = || {
        let all = Permission::ALL.iter().copied();
        all.filter(|p| p.spread() == Spread::Tickets)
    };
    for scope in scopes {
        let (within, beyond) = one_within_and_one_beyond(&desk, &about, teams, &scope).await;
        for permission in of_tickets() {
            let reads = (Permission::ReadTickets, Scope::Everything);
            let narrow = (permission, scope.clone());
            let grants = match permission {
                Permission::ReadTickets => vec![narrow],
                _ => vec![reads, narrow],
            };
            let name = format!("Annika {permission:?} {}", scope.to_row().0);
            let who = desk
                .person_with(&name, &grants)
                .in_team(teams.0)
                .of(about.organisations[0]);
            let actor = who.await.actor().await;
            let (sql, values) = sql(&desk, &actor, permission);
            let rows = desk.database().rows::<Id>(&sql, values).await;
            let rows: BTreeSet<Uuid> = rows.into_iter().map(|row| row.id).collect();
            for (ticket, is_within) in [(&within, true), (&beyond, false)] {
                let what = format!("{permission:?} {scope:?} {is_within}");
                assert_eq!(rows.contains(&ticket.id), is_within, "{what}");
                match show::by_id(&desk.db, &actor, ticket.id).await {
                    Ok(read) => {
                        let may = allows(&actor, permission, read.place());
                        assert_eq!(may, is_within, "{what}");
                    }
                    Err(error) => {
                        assert!(matches!(error, DeskError::Hidden), "{what}");
                        assert!(
                            !is_within && permission == Permission::ReadTickets,
                            "{what}"
                        );
                    }
                }
            }
        }
    }
}

#[derive(sea_orm::FromQueryResult)]
struct Id {
    id: Uuid,
}

fn sql(desk: &TestDesk, actor: &Actor, permission: Permission) -> (String, Vec<sea_orm::Value>) {
    let query = Query::select()
        .column("id")
        .from("ticket")
        .cond_where(tickets_where(actor, permission))
        .to_owned();
    let (sql, values) = match desk.database().is_postgres() {
        true => query.build(PostgresQueryBuilder),
        false => query.build(SqliteQueryBuilder),
    };
    (sql, values.0)
}

#[tokio::test]
async fn a_reply_is_permitted_by_what_the_ticket_holds_when_it_is_written() {
    let desk = TestDesk::new().await;
    let team = desk.team("Zahlstelle").await;
    let about = matters(&desk, team).await;
    let scope = Scope::FieldValues {
        field: about.field,
        options: vec![about.options[0]],
    };
    let grants = [
        (Permission::ReadTickets, Scope::Everything),
        (Permission::Reply, scope),
    ];
    let annika = desk.person_with("Annika Brandt", &grants).await;
    let actor = annika.actor().await;
    let ticket = desk.ticket("Wohngeld fehlt").in_team(team).await;
    let console = Actor::System(Rule::Console);
    let set = async |options: &[Uuid]| {
        let value = (!options.is_empty()).then(|| Value::Options(options.to_vec()));
        let set = desk.set(&console, ticket.id, vec![(about.field, value)]);
        set.await.unwrap();
    };
    let seen = async || show::by_id(&desk.db, &actor, ticket.id).await.unwrap();
    assert!(Permit::<Reply>::ask(&actor, seen().await).is_err());
    set(&about.options[..1]).await;
    let permit = async || Permit::<Reply>::ask(&actor, seen().await).unwrap();
    let words = || reply("sabine@pa.example", "Kommt heute.");
    let late = permit().await;
    // Taken away between the page and the reply.
    set(&[]).await;
    let late = desk.db.change(late, words()).await;
    assert!(matches!(late, Err(DeskError::Forbidden)));
    set(&about.options[..1]).await;
    desk.db.change(permit().await, words()).await.unwrap();
}
