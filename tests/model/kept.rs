//! What is known between changes is what somebody would read who has just come in.

use chrono::Duration;
use entities::db::{self, Db};
use entities::field::{Choice, FieldFacts, Kind, Value, Words};
use entities::ledger::Command;
use entities::ticket::assign::{Assign, Assignee};
use entities::ticket::classify::{Classify, Place};
use entities::ticket::close::{Close, Ending};
use entities::ticket::facets::facets;
use entities::ticket::filter::{DueIs, Filter, OwnerIs, Standing};
use entities::ticket::prioritise::Prioritise;
use entities::ticket::remind::SetReminder;
use entities::ticket::take::takeable_count;
use entities::ticket::wait::Wait;
use entities::ticket::{ClosingReason, Priority, Ticket, WaitingFor, counts, tally};
use entities::{Actor, Permit, Uuid, field};
use support::desk::{TestDesk, an_hour_and_a_day};

async fn who_has_just_come_in(desk: &TestDesk) -> Db {
    let db = Db::open(db::Options {
        url: desk.database().url().to_owned(),
        connections: 4,
        blobs: desk.config.files.clone(),
        key: desk.db.key().clone(),
        heard: None,
    });
    db.await.unwrap()
}

/// All that stands beside a list, in words that can be compared.
async fn beside(db: &Db, actor: &Actor, kind: Uuid) -> String {
    let fields = field::read::every(db).await.unwrap();
    let kind: Vec<&field::Field> = fields.iter().filter(|one| one.row.id == kind).collect();
    let mut all = String::new();
    for filter in filters() {
        let facets = facets(db, actor, &filter, &kind).await.unwrap();
        let mut fields: Vec<_> = facets.fields.values().collect();
        fields.sort_by_key(|of| of.nothing);
        let sorted = |numbers: Vec<(String, i64)>| {
            let mut numbers = numbers;
            numbers.sort();
            numbers
        };
        let by = |numbers: &entities::ticket::facets::Numbers| {
            sorted(
                numbers
                    .iter()
                    .map(|(id, n)| (format!("{id:?}"), *n))
                    .collect(),
            )
        };
        let options = fields.iter().flat_map(|of| &of.options);
        all += &format!(
            "{filter:?}: {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}\n",
            by(&facets.services),
            by(&facets.districts),
            by(&facets.owners),
            by(&facets.teams),
            sorted(
                facets
                    .priorities
                    .iter()
                    .map(|(p, n)| (format!("{p:?}"), *n))
                    .collect()
            ),
            facets.due,
            sorted(options.map(|(id, n)| (id.to_string(), *n)).collect()),
            fields.iter().map(|of| of.nothing).collect::<Vec<_>>(),
            counts::by_standing(db, actor, &filter, 100).await.unwrap(),
        );
    }
    let views = tally::of_filters(db, actor, &filters(), 100).await.unwrap();
    let by_service = counts::by_service(db, actor, 10).await.unwrap();
    let to_take = takeable_count(db, actor).await.unwrap();
    format!("{all}{views:?} {by_service:?} {to_take}")
}

fn filters() -> Vec<Filter> {
    vec![
        Filter::default(),
        Filter {
            owners: vec![OwnerIs::Me],
            ..Filter::default()
        },
        Filter {
            standings: vec![Standing::New],
            owners: vec![OwnerIs::Nobody],
            ..Filter::default()
        },
        Filter {
            priorities: vec![Priority::High],
            ..Filter::default()
        },
        Filter {
            due: vec![DueIs::Today, DueIs::ThisWeek, DueIs::Later],
            ..Filter::default()
        },
        Filter {
            reminder_before: chrono::DateTime::from_timestamp(4_102_444_800, 0),
            ..Filter::default()
        },
        Filter {
            watched: true,
            ..Filter::default()
        },
        Filter {
            text: Some("Bescheid".to_owned()),
            ..Filter::default()
        },
    ]
}

struct Case {
    desk: TestDesk,
    annika: Actor,
    kind: Uuid,
}

impl Case {
    /// Does something to a ticket, having looked before; what is seen then is what anybody else sees.
    async fn after<C>(&self, ticket: &Ticket, what: &str, command: C)
    where
        C: Command<On = Ticket, Target = Ticket>,
    {
        let before = beside(&self.desk.db, &self.annika, self.kind).await;
        let ticket = self.desk.read(ticket.id).await;
        let permit = Permit::ask(&self.annika, ticket).unwrap();
        self.desk.db.change(permit, command).await.unwrap();
        self.must_be_true(what).await;
        let now = beside(&self.desk.db, &self.annika, self.kind).await;
        assert_ne!(now, before, "{what} changes some number");
    }

    async fn must_be_true(&self, what: &str) {
        let fresh = who_has_just_come_in(&self.desk).await;
        let now = beside(&self.desk.db, &self.annika, self.kind).await;
        assert_eq!(now, beside(&fresh, &self.annika, self.kind).await, "{what}");
        fresh.close().await.unwrap();
    }
}

#[tokio::test]
async fn each_change_is_counted_by_whoever_looks_next() {
    let desk = TestDesk::new().await;
    let always = desk.always().await;
    desk.general_limit(always, an_hour_and_a_day()).await;
    let (team, other_team) = (desk.team("Jugend 1").await, desk.team("Jugend 2").await);
    let service = desk.service("KITA-Netz", team).await;
    let pankow = desk.district("Pankow", "PA").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let facts = FieldFacts {
        options: vec![Choice::new("alle", "everybody")],
        ..FieldFacts::new("impact", Kind::Choice, Words::new("Wirkung", "Impact"))
    };
    let field = desk.field(facts).await;
    let ticket = desk.ticket("Zahllauf bricht ab").in_team(team).await;
    let case = Case {
        annika: annika.actor().await,
        kind: field.row.id,
        desk,
    };
    let to = |to| Assign { to };
    let place = |service_id, team_id| Classify {
        place: Some(Place {
            service_id,
            team_id: Some(team_id),
        }),
        ..Classify::default()
    };
    let remind = SetReminder {
        at: Some(case.desk.db.clock().now() + Duration::days(1)),
    };
    let wait = Wait {
        waiting_for: WaitingFor::Vendor,
        until: None,
    };
    let close = Close {
        to: Ending::Closed,
        reason: Some(ClosingReason::Data),
    };
    let me = Assignee::Person { id: annika.id };
    let (high, in_pankow) = (
        Prioritise {
            priority: Priority::High,
        },
        Classify {
            district_id: Some(Some(pankow)),
            ..Classify::default()
        },
    );
    case.after(&ticket, "a service", place(Some(service), team))
        .await;
    case.after(&ticket, "a priority", high).await;
    case.after(&ticket, "a district", in_pankow).await;
    case.after(&ticket, "an owner", to(me)).await;
    case.after(&ticket, "a reminder", remind).await;
    case.after(&ticket, "watching", entities::ticket::watch::Watch)
        .await;
    let value = Value::Options(vec![field.options[0].id]);
    let set = case
        .desk
        .set(&case.annika, ticket.id, vec![(field.row.id, Some(value))]);
    set.await.unwrap();
    case.must_be_true("a field").await;
    case.after(&ticket, "waiting", wait).await;
    let another = case.desk.ticket("Bescheid fehlt").in_team(team).await;
    case.must_be_true("a new ticket").await;
    case.after(&another, "another team", place(None, other_team))
        .await;
    case.after(&ticket, "an end", close).await;
}

#[tokio::test]
async fn what_another_process_changes_is_counted_once_it_is_heard_of() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let actor = annika.actor().await;
    let ticket = desk.ticket("Zahllauf bricht ab").in_team(team).await;
    let elsewhere = who_has_just_come_in(&desk).await;
    let listening = desk.db.clone();
    let watch = tokio::spawn(async move {
        let mut told = entities::live::Told::default();
        entities::live::watch(&listening, &mut told, |_| {}).await
    });
    let mine = Filter {
        owners: vec![OwnerIs::Me],
        ..Filter::default()
    };
    let count = async || {
        let views = tally::of_filters(&desk.db, &actor, std::slice::from_ref(&mine), 100);
        views.await.unwrap()[0].all
    };
    assert_eq!(count().await, 0);
    // Until it listens, it cannot hear.
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    let permit = Permit::ask(&actor, ticket).unwrap();
    let to = Assignee::Person { id: annika.id };
    elsewhere.change(permit, Assign { to }).await.unwrap();
    for _ in 0..100 {
        if count().await == 1 {
            watch.abort();
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("it was never heard of");
}
