//! A list taken out of the desk: every ticket once, in its order, and an end of every export.

use chrono::Duration;
use entities::export::{self, Begin, End, Ending, Format, Model, State, Taken, part};
use entities::permit::Reach;
use entities::ticket::choose::{self, List, Take};
use entities::ticket::filter::Filter;
use entities::ticket::list::{Direction, Sort, SortBy};
use entities::ticket::{Prioritise, Priority};
use entities::view::Grouping;
use entities::{Actor, Permission, Permit, Uuid};
use support::desk::TestDesk;

fn oldest_change_first(filter: &Filter) -> List<'_> {
    List {
        filter,
        sort: Sort {
            by: SortBy::Changed,
            direction: Direction::Ascending,
        },
        grouping: None,
    }
}

/// Changes a ticket of the list each time it is handed some.
struct Meddling<'a> {
    desk: &'a TestDesk,
    actor: &'a Actor,
    taken: Vec<Uuid>,
}

impl Take for Meddling<'_> {
    async fn take(&mut self, ids: Vec<Uuid>) -> entities::Result<()> {
        self.taken.extend(ids);
        let ticket = self.desk.read(self.taken[0]).await;
        let priority = match ticket.priority {
            Priority::High => Priority::Low,
            _ => Priority::High,
        };
        self.desk.pass(Duration::seconds(1));
        let permit = Permit::ask(self.actor, ticket)?;
        self.desk.db.change(permit, Prioritise { priority }).await?;
        Ok(())
    }
}

#[tokio::test]
async fn every_ticket_of_a_list_is_taken_once_whatever_changes_meanwhile() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await.actor().await;
    let mut expected = Vec::new();
    for n in 0..25 {
        expected.push(desk.ticket(&format!("Fall {n}")).await.id);
        desk.pass(Duration::seconds(1));
    }
    let mut taken = Meddling {
        desk: &desk,
        actor: &admin,
        taken: vec![],
    };
    let filter = Filter::default();
    let list = oldest_change_first(&filter);
    let may = Permission::ExportTickets;
    choose::each(&desk.db, &admin, &list, may, (1_000, 2), &mut taken)
        .await
        .unwrap();
    assert_eq!(taken.taken, expected);
    let first = choose::all(&desk.db, &admin, &list, may, 7).await.unwrap();
    assert_eq!(first.len(), 7);
}

#[tokio::test]
async fn a_list_in_groups_is_taken_group_by_group() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await.actor().await;
    let (mitte, pankow) = (
        desk.district("Mitte", "MI").await,
        desk.district("Pankow", "PA").await,
    );
    let mut of = [vec![], vec![], vec![]];
    for n in 0..9 {
        let ticket = desk.ticket(&format!("Fall {n}"));
        let ticket = match n % 3 {
            0 => ticket.await,
            1 => ticket.of_district(pankow).await,
            _ => ticket.of_district(mitte).await,
        };
        of[n % 3].push(ticket.id);
        desk.pass(Duration::seconds(1));
    }
    let [none, pankow, mitte] = of;
    let filter = Filter::default();
    let list = List {
        grouping: Some(Grouping::District),
        ..oldest_change_first(&filter)
    };
    let may = Permission::ExportTickets;
    let all = choose::all(&desk.db, &admin, &list, may, 1_000).await;
    assert_eq!(all.unwrap(), [mitte, pankow, none].concat());
}

/// A list is begun to be taken out.
async fn begun(desk: &TestDesk, actor: &Actor, format: Format) -> Model {
    let filter = Filter::default();
    let list = oldest_change_first(&filter);
    let taken = part::take(&desk.db, actor, &list, 1_000).await.unwrap();
    let begin = Begin {
        format,
        name: "Alle offenen".to_owned(),
        list: "all".to_owned(),
        about: String::new(),
        locale: "de".to_owned(),
        columns: vec![],
        taken,
    };
    let permit = Permit::ask(actor, Reach).unwrap();
    desk.db.change(permit, begin).await.unwrap().subject
}

async fn sweep(desk: &TestDesk) -> u64 {
    let ended = export::end_stuck(&desk.db).await.unwrap();
    export::sweep(&desk.db).await.unwrap();
    ended
}

#[tokio::test]
async fn what_nobody_works_on_any_more_is_ended_and_what_is_worked_on_is_left_alone() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await.actor().await;
    let ticket = desk.ticket("Zahllauf").await;
    let fetched = begun(&desk, &admin, Format::Csv).await;
    let slow = begun(&desk, &admin, Format::Csv).await;
    let waiting = begun(&desk, &admin, Format::Xlsx).await;
    assert_eq!(sweep(&desk).await, 0);
    let state = async |export: &Model| {
        let found = export::find(&desk.db, &admin, export.id).await;
        found.map(|found| (found.state, found.failure))
    };
    let stuck = (State::Failed, Some("stuck".to_owned()));
    // One process died, the other still writes as slowly as the line is.
    desk.pass(Duration::minutes(6));
    assert!(export::keep(&desk.db, slow.id, 1).await.unwrap());
    assert_eq!(sweep(&desk).await, 1);
    assert_eq!(state(&fetched).await.unwrap(), stuck);
    assert_eq!(state(&slow).await.unwrap().0, State::Running);
    assert_eq!(state(&waiting).await.unwrap().0, State::Running);
    let list_id = slow.list_id.unwrap();
    let left = part::tickets(&desk.db, list_id, 0).await.unwrap();
    assert_eq!(left, Some(vec![ticket.id]));
    let gone = part::tickets(&desk.db, fetched.list_id.unwrap(), 0).await;
    assert_eq!(gone.unwrap(), None);
    // A week later a file that is still written is there, and one that nobody wrote is told as what it is.
    desk.pass(Duration::days(8));
    assert!(export::keep(&desk.db, slow.id, 1).await.unwrap());
    assert_eq!(sweep(&desk).await, 1);
    assert_eq!(state(&slow).await.unwrap().0, State::Running);
    assert!(state(&fetched).await.is_err() && state(&waiting).await.is_err());
    let left = part::tickets(&desk.db, list_id, 0).await.unwrap();
    assert_eq!(left, Some(vec![ticket.id]));
    let end = End {
        id: slow.id,
        ending: Ending::Done,
        rows: 1,
    };
    let permit = Permit::ask(&admin, Reach).unwrap();
    desk.db.change(permit, end).await.unwrap();
    assert_eq!(sweep(&desk).await, 0);
    let kept = "SELECT count(*) FROM export_part";
    assert_eq!(desk.database().number(kept, vec![]).await, 0);
}

#[tokio::test]
async fn nobody_takes_what_they_may_not_export() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let annika = desk.agent("Annika Brandt").in_team(own).await.actor().await;
    desk.ticket("Zahllauf").in_team(other).await;
    let mine = desk.ticket("Bescheid").in_team(own).await;
    let filter = Filter::default();
    let list = oldest_change_first(&filter);
    let Taken { list_id, rows } = part::take(&desk.db, &annika, &list, 1_000).await.unwrap();
    assert_eq!(rows, 1);
    let ids = part::tickets(&desk.db, list_id, 0).await.unwrap();
    assert_eq!(ids, Some(vec![mine.id]));
}
