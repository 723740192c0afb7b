//! Views: who keeps them where, who finds them, and that what they show is always the reader's own.

use chrono::Duration;
use entities::field::filter::{Ask, FieldFilter};
use entities::field::{Choice, FieldFacts, Kind, Value, Words};
use entities::policy::Scope;
use entities::setting::Show;
use entities::ticket::among::Among;
use entities::ticket::filter::{Filter, OwnerIs, Standing};
use entities::ticket::tally;
use entities::view::{self, Grouping, ListColumn, Shelf, View, ViewFacts};
use entities::{Actor, DeskError, Permission, Permit, Rejected, Rule, Uuid, history};
use support::desk::TestDesk;

use crate::plan::{Plan, backend};

const CONSOLE: Actor = Actor::System(Rule::Console);

fn facts(name: &str, shelf: Shelf) -> ViewFacts {
    ViewFacts {
        name: name.to_owned(),
        shelf,
        query: "state=new".to_owned(),
        columns: vec![ListColumn::Number, ListColumn::Title],
        sort: "-priority".to_owned(),
        grouping: Some(Grouping::Service),
        position: 10,
    }
}

async fn save(desk: &TestDesk, actor: &Actor, facts: ViewFacts) -> Result<View, DeskError> {
    let permit = Permit::ask(actor, facts.shelf)?;
    let once = None;
    let done = desk.db.change(permit, view::Create { facts, once }).await?;
    Ok(done.subject)
}

async fn change(
    desk: &TestDesk,
    actor: &Actor,
    facts: ViewFacts,
    id: Uuid,
) -> Result<View, DeskError> {
    let view = view::find(&desk.db, actor, id).await?;
    let permit = Permit::ask(actor, view)?;
    Ok(desk
        .db
        .change(permit, view::Update { facts })
        .await?
        .subject)
}

async fn found(desk: &TestDesk, actor: &Actor) -> Vec<String> {
    let views = view::list(&desk.db, actor, Show::Active).await.unwrap();
    views.into_iter().map(|view| view.name).collect()
}

fn refused(result: Result<View, DeskError>, why: Rejected) {
    assert!(
        matches!(&result, Err(DeskError::Rejected(found)) if *found == why),
        "{result:?}"
    );
}

#[tokio::test]
async fn everybody_who_reads_keeps_views_and_only_a_lead_or_administrator_shares_them() {
    let desk = TestDesk::new().await;
    let (youth, pay) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let jonas = desk.lead("Jonas Weber").in_team(youth).await;
    let tobias = desk.agent("Tobias Reuter").in_team(pay).await;
    let (annika_id, annika) = (annika.id, annika.actor().await);
    let (jonas, tobias) = (jonas.actor().await, tobias.actor().await);
    let admin = desk.administrator().await.actor().await;

    let own = Shelf::Person(annika_id);
    save(&desk, &annika, facts("Meine Eiligen", own))
        .await
        .unwrap();
    for shelf in [Shelf::Team(youth), Shelf::Everybody] {
        let tried = save(&desk, &annika, facts("Geteilt", shelf)).await;
        assert!(matches!(tried, Err(DeskError::Forbidden)), "{tried:?}");
    }
    save(&desk, &jonas, facts("Jugend eilig", Shelf::Team(youth)))
        .await
        .unwrap();
    for shelf in [Shelf::Team(pay), Shelf::Everybody] {
        let tried = save(&desk, &jonas, facts("Geteilt", shelf)).await;
        assert!(matches!(tried, Err(DeskError::Forbidden)), "{tried:?}");
    }
    save(&desk, &admin, facts("Für alle", Shelf::Everybody))
        .await
        .unwrap();
    save(&desk, &admin, facts("Zahlungen", Shelf::Team(pay)))
        .await
        .unwrap();
    // Nobody keeps something among another's own, an administrator included.
    let tried = save(&desk, &admin, facts("Fremd", own)).await;
    assert!(matches!(tried, Err(DeskError::Forbidden)), "{tried:?}");

    assert_eq!(
        found(&desk, &annika).await,
        ["Meine Eiligen", "Jugend eilig", "Für alle"]
    );
    assert_eq!(found(&desk, &tobias).await, ["Zahlungen", "Für alle"]);
    let all = found(&desk, &admin).await;
    assert!(!all.contains(&"Meine Eiligen".to_owned()), "{all:?}");
    assert_eq!(all.len(), 3);
    let stranger = desk.requester("Sabine Kowalke").await.actor().await;
    assert!(found(&desk, &stranger).await.is_empty());
}

#[tokio::test]
async fn a_private_view_is_not_there_for_others() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let own = Shelf::Person(annika.id);
    let annika = annika.actor().await;
    let view = save(&desk, &annika, facts("Meine Eiligen", own))
        .await
        .unwrap();
    for other in [
        desk.agent("Tobias Reuter").await,
        desk.administrator().await,
    ] {
        let other = other.actor().await;
        let found = view::find(&desk.db, &other, view.id).await;
        assert!(matches!(found, Err(DeskError::Hidden)), "{found:?}");
        // Even with the row in hand.
        let permit = Permit::<view::Retire>::ask(&other, view.clone());
        assert!(matches!(permit, Err(DeskError::Forbidden)));
    }
}

#[tokio::test]
async fn a_name_is_taken_on_its_own_shelf_while_it_is_in_use() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let admin = desk.administrator().await;
    let own = Shelf::Person(admin.id);
    let admin = admin.actor().await;
    let first = save(&desk, &admin, facts("Eilig", own)).await.unwrap();
    refused(
        save(&desk, &admin, facts(" EILIG ", own)).await,
        Rejected::NameTaken,
    );
    let shared = save(&desk, &admin, facts("Eilig", Shelf::Team(team)))
        .await
        .unwrap();
    refused(
        change(&desk, &admin, facts("Eilig", own), shared.id).await,
        Rejected::NameTaken,
    );
    refused(
        save(&desk, &admin, facts("  ", own)).await,
        Rejected::EmptyName,
    );
    refused(
        save(&desk, &admin, facts(&"x".repeat(81), own)).await,
        Rejected::TooLong,
    );

    let permit = Permit::ask(&admin, first.clone()).unwrap();
    desk.db.change(permit, view::Retire).await.unwrap();
    refused(
        change(&desk, &admin, facts("Anders", own), first.id).await,
        Rejected::Retired,
    );
    let second = save(&desk, &admin, facts("Eilig", own)).await.unwrap();
    let permit = Permit::ask(&admin, first.clone()).unwrap();
    let back = desk.db.change(permit, view::Restore).await;
    refused(back.map(|done| done.subject), Rejected::NameTaken);
    change(&desk, &admin, facts("Sehr eilig", own), second.id)
        .await
        .unwrap();
    let permit = Permit::ask(&admin, first.clone()).unwrap();
    desk.db.change(permit, view::Restore).await.unwrap();

    // Its history says what happened, and neither what it was called nor what it looks for.
    let told = history::of(&desk.db, first.id, None, 10).await.unwrap();
    let names: Vec<&str> = told.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["restored", "retired", "created"]);
    for entry in &told {
        assert!(!entry.payload.contains("Eilig") && !entry.payload.contains("state=new"));
    }
    let seal = history::seal(&desk.db, first.id).await.unwrap();
    assert_eq!(seal.broken_at, None);
}

#[tokio::test]
async fn a_view_is_shared_only_by_who_may_share_there() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let own = Shelf::Person(annika.id);
    let annika = annika.actor().await;
    let view = save(&desk, &annika, facts("Eilig", own)).await.unwrap();
    let shared = facts("Eilig", Shelf::Team(youth));
    refused(
        change(&desk, &annika, shared, view.id).await,
        Rejected::ShelfNotYours,
    );
    let stays = view::find(&desk.db, &annika, view.id).await.unwrap();
    assert_eq!(stays.shelf(), own);
    assert_eq!(stays.facts(), facts("Eilig", own));
}

#[tokio::test]
async fn what_views_count_is_what_their_reader_sees() {
    let desk = TestDesk::new().await;
    let (youth, pay) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let reads = [(Permission::ReadTickets, Scope::OwnTeams)];
    let narrow = desk.person_with("Jonas Weber", &reads).in_team(pay).await;
    let mut way = FieldFacts::new("way", Kind::Choice, Words::new("Weg", "Way"));
    way.options = vec![Choice::new("Fax", "Fax"), Choice::new("Mail", "Mail")];
    let way = desk.field(way).await;
    for (title, team, option) in [("Eins", youth, 0), ("Zwei", pay, 0), ("Drei", pay, 1)] {
        let ticket = desk.ticket(title).in_team(team).await;
        let value = Value::Options(vec![way.options[option].id]);
        desk.set(&CONSOLE, ticket.id, vec![(way.row.id, Some(value))])
            .await
            .unwrap();
    }
    desk.ticket("Vier").in_team(youth).owned_by(&annika).await;
    let ask = async |ask| FieldFilter::of_open(&desk.db, &way, ask).await.unwrap();
    let with = |fields| Filter {
        fields,
        ..Filter::default()
    };
    let fax = Ask::Any(vec![way.options[0].id]);
    let filters = [
        Filter::default(),
        Filter {
            owners: vec![OwnerIs::Me],
            ..Filter::default()
        },
        with(vec![ask(fax).await]),
        with(vec![ask(Ask::Empty).await]),
        Filter {
            standings: vec![Standing::Closed],
            ..Filter::default()
        },
        Filter {
            standings: vec![Standing::New],
            ..Filter::default()
        },
    ];
    let count = async |actor: &Actor| {
        let tallies = tally::of_filters(&desk.db, actor, &filters, 1000).await;
        let tallies = tallies.unwrap().into_iter();
        tallies.map(|tally| tally.all).collect::<Vec<_>>()
    };
    assert_eq!(count(&annika.actor().await).await, [4, 1, 2, 1, 0, 3]);
    assert_eq!(count(&narrow.actor().await).await, [2, 0, 1, 0, 0, 2]);
}

#[tokio::test]
async fn each_of_twenty_views_is_counted_by_an_index() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let way = desk
        .field(FieldFacts::new("way", Kind::Text, Words::new("Weg", "Way")))
        .await;
    let ask = Ask::Begins("fax".to_owned());
    let asked = FieldFilter::of_open(&desk.db, &way, ask).await.unwrap();
    let filters: Vec<Filter> = (0..20)
        .map(|place| Filter {
            owners: (place % 2 == 0)
                .then_some(OwnerIs::Me)
                .into_iter()
                .collect(),
            services: Among {
                ids: (place % 3 == 0).then(Uuid::nil).into_iter().collect(),
                or_none: place % 6 == 0,
            },
            older_than: (place % 5 == 0).then_some(Duration::days(3)),
            fields: if place == 7 {
                vec![asked.clone()]
            } else {
                vec![]
            },
            ..Filter::default()
        })
        .collect();
    let now = desk.db.clock().now() + Duration::days(1);
    for filter in &filters {
        let query = tally::of_open_query(&annika, filter, now);
        let plan = Plan::of(&desk, backend(&desk).build(&query)).await;
        assert!(plan.scans().is_empty(), "{filter:?}: {plan:#?}");
        assert!(!plan.reads_whole("field_value"), "{plan:#?}");
    }
}
