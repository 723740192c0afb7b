//! Paging by key shows every row once, whatever a list is sorted by.

use chrono::Duration;
use entities::page::Cursor;
use entities::ticket::among::Among;
use entities::ticket::filter::{Filter, OwnerIs, Standing};
use entities::ticket::list::{Direction, Row, Sort, SortBy, list};
use entities::ticket::remind::SetReminder;
use entities::ticket::{Prioritise, Priority, Ticket};
use entities::{Actor, Permit, Rule, ticket};
use support::desk::TestDesk;

const CONSOLE: Actor = Actor::System(Rule::Console);

/// Twenty-three tickets with ties in everything a list can be sorted by, and reminders for some.
async fn fill(desk: &TestDesk) -> Vec<Ticket> {
    let mut tickets = Vec::new();
    for number in 0..23 {
        tickets.push(desk.ticket(&format!("Fall {number}")).await);
    }
    let now = desk.db.clock().now();
    let reminders = tickets.iter().enumerate().filter(|(i, _)| i % 3 != 0);
    let reminders = reminders.map(|(i, ticket)| {
        let at = Some(now + Duration::days(1 + i as i64 % 4));
        let permit = Permit::ask(&CONSOLE, ticket.clone()).unwrap();
        (permit, SetReminder { at })
    });
    // Changed at the same instant, in one transaction.
    desk.db.change_many(reminders.collect()).await.unwrap();
    let urgent = tickets.iter().enumerate().filter(|(i, _)| i % 4 != 0);
    let urgent = urgent.map(|(i, ticket)| {
        let priority = [Priority::Low, Priority::High, Priority::VeryHigh][i % 3];
        let permit = Permit::ask(&CONSOLE, ticket.clone()).unwrap();
        (permit, Prioritise { priority })
    });
    desk.db.change_many(urgent.collect()).await.unwrap();
    tickets
}

async fn all_pages(desk: &TestDesk, filter: &Filter, sort: Sort, size: u64) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let page = list(&desk.db, &CONSOLE, filter, sort, after.as_ref(), size)
            .await
            .unwrap();
        assert!(page.rows.len() as u64 <= size);
        rows.extend(page.rows);
        let Some(next) = page.next else { return rows };
        // As it comes back from an address.
        after = Cursor::decode(&next.encode());
        assert!(after.is_some());
    }
}

#[tokio::test]
async fn every_order_pages_through_every_row_once() {
    let desk = TestDesk::new().await;
    let tickets = fill(&desk).await;
    let mut expected: Vec<_> = tickets.iter().map(|ticket| ticket.id).collect();
    expected.sort();
    for by in [
        SortBy::Changed,
        SortBy::Created,
        SortBy::Priority,
        SortBy::Reminder,
        SortBy::Due,
    ] {
        for direction in [Direction::Ascending, Direction::Descending] {
            let sort = Sort { by, direction };
            let whole = all_pages(&desk, &Filter::default(), sort, 100).await;
            for size in [1, 5, 22, 23] {
                let rows = all_pages(&desk, &Filter::default(), sort, size).await;
                let ids = |rows: &[Row]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
                assert_eq!(ids(&rows), ids(&whole), "{sort:?} by {size}");
                let mut found = ids(&rows);
                found.sort();
                assert_eq!(found, expected, "{sort:?} by {size}");
            }
            assert!(is_sorted(&whole, sort), "{sort:?}");
        }
    }
}

fn is_sorted(rows: &[Row], sort: Sort) -> bool {
    rows.windows(2).all(|pair| {
        let (a, b) = match sort.direction {
            Direction::Ascending => (&pair[0], &pair[1]),
            Direction::Descending => (&pair[1], &pair[0]),
        };
        match sort.by {
            SortBy::Changed => (a.changed_at, a.id) < (b.changed_at, b.id),
            SortBy::Created => (a.created_at, a.id) < (b.created_at, b.id),
            SortBy::Priority => (a.priority, a.id) < (b.priority, b.id),
            SortBy::Reminder => match (pair[0].reminder_at, pair[1].reminder_at) {
                (None, Some(_)) => false,
                (Some(_), None) => true,
                _ => (a.reminder_at, a.id) < (b.reminder_at, b.id),
            },
            // None has a deadline here.
            SortBy::Due => (a.due_at, a.id) < (b.due_at, b.id),
            SortBy::Field(_) => panic!("fields have tests of their own"),
        }
    })
}

#[tokio::test]
async fn a_row_that_changes_between_two_pages_is_shown_again_and_none_is_lost() {
    let desk = TestDesk::new().await;
    let tickets = fill(&desk).await;
    let sort = Sort {
        by: SortBy::Created,
        direction: Direction::Descending,
    };
    let filter = Filter::default();
    let first = list(&desk.db, &CONSOLE, &filter, sort, None, 5)
        .await
        .unwrap();
    desk.ticket("Eben angerufen").await;
    let rest = list(&desk.db, &CONSOLE, &filter, sort, first.next.as_ref(), 100).await;
    assert_eq!(first.rows.len() + rest.unwrap().rows.len(), tickets.len());
}

#[tokio::test]
async fn a_filter_selects_what_it_says() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend 1").await;
    let vouchers = desk.service("Gutscheine", youth).await;
    let payment = desk.module("Zahlung", vouchers).await;
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let mine = desk.ticket("Zahllauf bricht ab").owned_by(&annika).await;
    let deep = desk
        .ticket("100 % Rabatt_neu")
        .about(payment)
        .in_team(youth)
        .from(&sabine)
        .await;
    let high = desk.ticket("Maske leer").urgent(Priority::High).await;
    let actor = annika.actor().await;
    let select = async |filter: Filter| {
        let sort = Sort::default();
        let page = list(&desk.db, &actor, &filter, sort, None, 50).await;
        let mut ids: Vec<_> = page.unwrap().rows.iter().map(|row| row.id).collect();
        ids.sort();
        let count = ticket::counts::count(&desk.db, &actor, &filter, 50).await;
        assert_eq!(count.unwrap(), ids.len() as i64);
        ids
    };
    let empty = Filter::default;
    let text = |text: &str| Filter {
        text: Some(text.to_owned()),
        ..empty()
    };
    assert_eq!(select(empty()).await, [mine.id, deep.id, high.id]);
    let owner = |owner| Filter {
        owners: vec![owner],
        ..empty()
    };
    assert_eq!(select(owner(OwnerIs::Me)).await, [mine.id]);
    assert_eq!(select(owner(OwnerIs::Person(annika.id))).await, [mine.id]);
    assert_eq!(select(owner(OwnerIs::Nobody)).await, [deep.id, high.id]);
    assert_eq!(
        select(Filter {
            owners: vec![OwnerIs::Me, OwnerIs::Nobody],
            ..empty()
        })
        .await,
        [mine.id, deep.id, high.id]
    );
    let about = |services| Filter {
        services,
        ..empty()
    };
    assert_eq!(select(about(Among::one(vouchers))).await, [deep.id]);
    let either = Among {
        ids: vec![vouchers],
        or_none: true,
    };
    assert_eq!(select(about(either)).await, [mine.id, deep.id, high.id]);
    let requester_id = Some(sabine.id);
    assert_eq!(
        select(Filter {
            requester_id,
            ..empty()
        })
        .await,
        [deep.id]
    );
    let priorities = vec![Priority::High, Priority::VeryHigh];
    assert_eq!(
        select(Filter {
            priorities,
            ..empty()
        })
        .await,
        [high.id]
    );
    let standings = vec![Standing::Open, Standing::Closed];
    assert_eq!(
        select(Filter {
            standings,
            ..empty()
        })
        .await,
        [mine.id]
    );
    assert_eq!(select(text(&deep.number)).await, [deep.id]);
    assert_eq!(select(text("zahlLAUF ab")).await, [mine.id]);
    // What means something to LIKE means itself to a person.
    assert_eq!(select(text("0 % rabatt_")).await, [deep.id]);
    assert!(select(text("rabatt%neu")).await.is_empty());
    assert!(select(text("l_uf")).await.is_empty());
    desk.pass(Duration::days(8));
    let older = |days| Filter {
        older_than: Some(Duration::days(days)),
        ..empty()
    };
    assert_eq!(select(older(8)).await.len(), 3);
    assert!(select(older(9)).await.is_empty());
}
