//! Watching: whoever reads may, it is told, it follows a merger, and it moves nothing in any list.

use entities::policy::Scope;
use entities::ticket::assign::Assignee;
use entities::ticket::filter::Filter;
use entities::ticket::list::{Sort, list, page_query};
use entities::ticket::{Assign, Merge, Ticket, Unwatch, Watch, counts, watch};
use entities::{Actor, DeskError, Permission, Permit, Rejected, Rule, history};
use support::desk::TestDesk;

use crate::plan::{Plan, backend};

const CONSOLE: Actor = Actor::System(Rule::Console);

async fn begin(desk: &TestDesk, actor: &Actor, ticket: &Ticket) -> entities::Result<()> {
    let permit = Permit::ask(actor, ticket.clone())?;
    desk.db.change(permit, Watch).await.map(|_| ())
}

async fn end(desk: &TestDesk, actor: &Actor, ticket: &Ticket) -> entities::Result<()> {
    let permit = Permit::ask(actor, ticket.clone())?;
    desk.db.change(permit, Unwatch).await.map(|_| ())
}

async fn names(desk: &TestDesk, ticket: &Ticket) -> Vec<String> {
    let all = watch::of(&desk.db, ticket).await.unwrap();
    all.into_iter().map(|w| w.name).collect()
}

fn watched() -> Filter {
    Filter {
        watched: true,
        ..Filter::default()
    }
}

async fn titles(desk: &TestDesk, actor: &Actor, filter: &Filter) -> Vec<String> {
    let page = list(&desk.db, actor, filter, Sort::default(), None, 50).await;
    let rows = page.unwrap().rows;
    let count = counts::count(&desk.db, actor, filter, 50).await.unwrap();
    assert_eq!(count, rows.len() as i64);
    rows.into_iter().map(|row| row.title).collect()
}

fn is_nothing_to_do(result: &entities::Result<()>) -> bool {
    matches!(
        result,
        Err(DeskError::Rejected(
            Rejected::NothingToDo | Rejected::AlreadyMerged
        ))
    )
}

#[tokio::test]
async fn whoever_watches_finds_it_among_what_they_watch_and_the_history_tells() {
    let desk = TestDesk::new().await;
    let team = desk.team("Zahlstelle").await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let jonas = desk.agent("Jonas Weber").await.actor().await;
    let first = desk.ticket("Zahllauf").in_team(team).await;
    let second = desk.ticket("Kasse").await;
    begin(&desk, &annika, &first).await.unwrap();
    begin(&desk, &jonas, &first).await.unwrap();
    assert_eq!(names(&desk, &first).await, ["Annika Brandt", "Jonas Weber"]);
    assert_eq!(titles(&desk, &annika, &watched()).await, ["Zahllauf"]);
    // Twice is once.
    assert!(is_nothing_to_do(&begin(&desk, &annika, &first).await));
    end(&desk, &annika, &first).await.unwrap();
    assert!(is_nothing_to_do(&end(&desk, &annika, &first).await));
    assert_eq!(names(&desk, &first).await, ["Jonas Weber"]);
    assert!(titles(&desk, &annika, &watched()).await.is_empty());
    let events = history::of(&desk.db, first.id, None, 3).await.unwrap();
    let told: Vec<_> = events.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(told, ["unwatched", "watched", "watched"]);
    let all = titles(&desk, &annika, &Filter::default()).await;
    assert_eq!(all, ["Kasse", "Zahllauf"], "{}", second.number);
    let before = desk.read(first.id).await;
    assert_eq!(
        (before.version, before.changed_at),
        (first.version, first.changed_at)
    );
}

#[tokio::test]
async fn what_one_may_no_longer_see_is_not_watched_any_more() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let rights = [Permission::ReadTickets, Permission::Watch];
    let lead = desk
        .person_with("Mira Kessler", &rights.map(|p| (p, Scope::OwnTeams)))
        .in_team(own)
        .await
        .actor()
        .await;
    let ticket = desk.ticket("Zahllauf").in_team(own).await;
    begin(&desk, &lead, &ticket).await.unwrap();
    assert_eq!(titles(&desk, &lead, &watched()).await, ["Zahllauf"]);
    let chief = desk.administrator().await.actor().await;
    let to = Assignee::Team { id: other };
    let move_it = Permit::ask(&chief, desk.read(ticket.id).await).unwrap();
    desk.db.change(move_it, Assign { to }).await.unwrap();
    assert!(titles(&desk, &lead, &watched()).await.is_empty());
    let moved = desk.read(ticket.id).await;
    let refused = begin(&desk, &lead, &moved).await;
    assert!(matches!(refused, Err(DeskError::Forbidden)));
    // The system has no eyes.
    assert!(is_nothing_to_do(&begin(&desk, &CONSOLE, &moved).await));
}

#[tokio::test]
async fn a_merger_takes_those_who_watch_along() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.actor().await;
    let jonas = desk.agent("Jonas Weber").await.actor().await;
    let (source, target) = (desk.ticket("Doppelt").await, desk.ticket("Zahllauf").await);
    begin(&desk, &annika, &source).await.unwrap();
    begin(&desk, &annika, &target).await.unwrap();
    begin(&desk, &jonas, &source).await.unwrap();
    let ask = |ticket: &Ticket| Permit::ask(&CONSOLE, ticket.clone()).unwrap();
    let merge = Merge {
        fields: entities::field::change::Sets::default(),
        once: None,
    };
    desk.db
        .change_pair(ask(&source), ask(&target), merge)
        .await
        .unwrap();
    assert_eq!(
        names(&desk, &target).await,
        ["Annika Brandt", "Jonas Weber"]
    );
    assert!(names(&desk, &source).await.is_empty());
    let merged = desk.read(source.id).await;
    assert!(is_nothing_to_do(&begin(&desk, &annika, &merged).await));
}

#[tokio::test]
async fn what_one_watches_is_found_by_its_index() {
    let desk = TestDesk::new().await;
    let agent = desk.agent("Annika Brandt").await.actor().await;
    let now = desk.db.clock().now();
    let list = page_query(&agent, &watched(), Sort::default(), None, 50, now);
    let statements = [
        backend(&desk).build(&list),
        watch::of_statement(backend(&desk), entities::new_id()),
    ];
    for statement in statements {
        let plan = Plan::of(&desk, statement).await;
        assert!(plan.scans().is_empty(), "{plan:#?}");
    }
}
