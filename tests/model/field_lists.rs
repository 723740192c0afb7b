//! Lists filtered and ordered by fields, and values that come back as they went in, whatever the field.

use std::collections::HashMap;

use chrono::DateTime;
use entities::field::filter::{Ask, FieldFilter, FieldOrder, MOST_HITS, hits_query};
use entities::field::{Choice, Field, FieldFacts, Kind, Value, Words, read, value};
use entities::page::Cursor;
use entities::ticket::filter::{Filter, Standing};
use entities::ticket::list::{Direction, Row, Sort, SortBy, held_query, list};
use entities::{Actor, Rule, Uuid};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use support::desk::TestDesk;

use crate::plan::{Plan, backend};

const CONSOLE: Actor = Actor::System(Rule::Console);

fn facts(key: &str, kind: Kind, options: &[&str]) -> FieldFacts {
    FieldFacts {
        options: options
            .iter()
            .map(|name| Choice::new(*name, *name))
            .collect(),
        ..FieldFacts::new(key, kind, Words::new(key, key))
    }
}

async fn pages(desk: &TestDesk, filter: &Filter, sort: Sort, size: u64) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let page = list(&desk.db, &CONSOLE, filter, sort, after.as_ref(), size).await;
        let page = page.unwrap();
        rows.extend(page.rows);
        let Some(next) = page.next else { return rows };
        after = Cursor::decode(&next.encode());
    }
}

#[tokio::test]
async fn a_list_ordered_by_a_field_shows_every_ticket_once_the_empty_ones_last() {
    let desk = TestDesk::new().await;
    let number = desk.field(facts("affected", Kind::Whole, &[])).await;
    let text = desk.field(facts("release", Kind::Text, &[])).await;
    let mut expected = Vec::new();
    for place in 0..13i64 {
        let ticket = desk.ticket(&format!("Fall {place}")).await;
        expected.push(ticket.id);
        if place % 3 != 0 {
            let held = vec![
                (number.row.id, Some(Value::Number(place % 5 - 2))),
                (text.row.id, Some(Value::Text(format!("Ä{}", place % 4)))),
            ];
            desk.set(&CONSOLE, ticket.id, held).await.unwrap();
        }
    }
    expected.sort();
    for field in [&number, &text] {
        for direction in [Direction::Ascending, Direction::Descending] {
            for size in [1, 4, 50] {
                let by = SortBy::Field(FieldOrder::of(field));
                let sort = Sort { by, direction };
                let rows = pages(&desk, &Filter::default(), sort, size).await;
                let mut ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
                let keys: Vec<_> = rows
                    .iter()
                    .filter(|r| r.order_number.is_some() || r.order_folded.is_some())
                    .map(|r| (r.order_number, r.order_folded.clone(), r.id))
                    .collect();
                let is_ordered = keys.windows(2).all(|pair| match direction {
                    Direction::Ascending => pair[0] < pair[1],
                    Direction::Descending => pair[0] > pair[1],
                });
                assert!(is_ordered, "{direction:?} by {size}: {keys:?}");
                let held = rows.iter().take(keys.len());
                assert!(
                    held.clone()
                        .all(|r| r.order_number.is_some() || r.order_folded.is_some())
                );
                ids.sort();
                assert_eq!(ids, expected, "{direction:?} by {size}");
            }
        }
    }
}

async fn found(desk: &TestDesk, field: &Field, ask: Ask) -> Vec<Uuid> {
    let filter = FieldFilter::ask(&desk.db, field, ask, None).await.unwrap();
    let filter = Filter {
        standings: Standing::ALL.to_vec(),
        fields: vec![filter],
        ..Filter::default()
    };
    let rows = pages(desk, &filter, Sort::default(), 50).await;
    let mut ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    ids.sort();
    ids
}

/// A field of some kind, and values it takes.
fn cases() -> impl Strategy<Value = (usize, Vec<Option<i64>>, String)> {
    let numbers = proptest::collection::vec(proptest::option::of(-1_000_000i64..1_000_000), 1..4);
    (0usize..15, numbers, "[a-zA-ZäöüÄÖÜß0-9 .,%_-]{1,30}")
}

/// A value of a field made of a number and a text.
fn value_of(field: &Field, number: i64, text: &str, ticket: Uuid) -> Option<Value> {
    let options = &field.options;
    let place = |n: i64| n.unsigned_abs() as usize % options.len().max(1);
    Some(match field.row.kind {
        Kind::Text | Kind::LongText | Kind::External => Value::Text(text.trim().to_owned()),
        Kind::Choice | Kind::Tree => Value::Options(vec![options[place(number)].id]),
        Kind::Choices => {
            let mut ids = vec![options[place(number)].id, options[place(number / 7)].id];
            ids.dedup();
            Value::Options(ids)
        }
        Kind::YesNo => Value::YesNo(number % 2 == 0),
        Kind::Whole | Kind::Decimal | Kind::Money => Value::Number(number),
        Kind::Date => Value::Date(value::date(number % 40_000)?),
        Kind::Moment => Value::Moment(DateTime::from_timestamp_micros(number * 1_000_003)?),
        Kind::Ticket => Value::Reference(ticket),
        Kind::Person | Kind::Organisation => return None,
    })
}

fn question(value: &Value) -> Ask {
    let at = |n: i64| Ask::Within {
        from: Some(n),
        to: Some(n),
    };
    match value {
        Value::Text(text) => Ask::Begins(text.clone()),
        Value::Options(ids) => Ask::Any(vec![ids[0]]),
        Value::YesNo(yes) => at(i64::from(*yes)),
        Value::Number(n) => at(*n),
        Value::Date(date) => at(value::days(*date)),
        Value::Moment(moment) => at(moment.timestamp_micros()),
        Value::Reference(id) => Ask::Any(vec![*id]),
    }
}

#[test]
fn what_is_stored_is_read_found_and_read_again_the_same() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let desk = runtime.block_on(TestDesk::new());
    let mut made = 0;
    let run = |(kind, numbers, text): (usize, Vec<Option<i64>>, String)| {
        made += 1;
        let key = format!("field-{made}");
        runtime.block_on(async {
            let options = ["Eins", "Zwei", "Drei"];
            let field = desk.field(facts(&key, Kind::ALL[kind], &options)).await;
            let other = desk.ticket("Ziel").await;
            let mut expected: HashMap<Uuid, Option<Value>> = HashMap::new();
            for number in &numbers {
                let ticket = desk.ticket("Fall").await;
                let value = number.and_then(|n| value_of(&field, n, &text, other.id));
                let value = value.filter(|v| *v != Value::Text(String::new()));
                if value.is_some() {
                    let set = vec![(field.row.id, value.clone())];
                    desk.set(&CONSOLE, ticket.id, set).await.unwrap();
                }
                expected.insert(ticket.id, value);
            }
            for _ in 0..2 {
                let ids: Vec<Uuid> = expected.keys().copied().collect();
                let held = read::of_tickets(&desk.db, &ids, &[&field]).await.unwrap();
                for (id, value) in &expected {
                    let read = held.get(id).and_then(|v| v.get(&field.row.id));
                    prop_assert_eq!(read, value.as_ref());
                }
                for value in expected.values().flatten() {
                    let found = found(&desk, &field, question(value)).await;
                    let is_found = expected
                        .iter()
                        .filter(|(_, v)| v.as_ref() == Some(value))
                        .all(|(id, _)| found.contains(id));
                    prop_assert!(is_found, "{:?} among {:?}", value, found);
                }
                let empty = found(&desk, &field, Ask::Empty).await;
                for (id, value) in &expected {
                    prop_assert_eq!(empty.contains(id), value.is_none());
                }
            }
            Ok(())
        })
    };
    let cell = std::cell::RefCell::new(run);
    TestRunner::new(Config::with_cases(30))
        .run(&cases(), |case| (cell.borrow_mut())(case))
        .unwrap();
}

#[tokio::test]
async fn questions_and_orders_read_an_index() {
    let desk = TestDesk::new().await;
    let backend = backend(&desk);
    let field = desk.field(facts("affected", Kind::Whole, &[])).await;
    let id = field.row.id;
    let within = Ask::Within {
        from: Some(1),
        to: Some(5),
    };
    let questions = [
        (Ask::Any(vec![id]), "field_value_ref"),
        (Ask::Begins("7.4".to_owned()), "field_value_folded"),
        (within, "field_value_number"),
    ];
    for (ask, index) in questions {
        let query = hits_query(id, &ask, Some(true));
        let plan = Plan::of(&desk, backend.build(&query)).await;
        assert!(plan.scans().is_empty(), "{ask:?}: {plan:#?}");
        assert!(plan.uses(index) && plan.is_covered(), "{ask:?}: {plan:#?}");
    }
    let now = desk.db.clock().now();
    for direction in [Direction::Ascending, Direction::Descending] {
        let order = (FieldOrder::of(&field), direction);
        let query = held_query(&CONSOLE, &Filter::default(), order, None, 50, now);
        let plan = Plan::of(&desk, backend.build(&query)).await;
        assert!(plan.scans().is_empty(), "{plan:#?}");
        assert!(
            !plan.sorts() && plan.uses("field_value_number"),
            "{plan:#?}"
        );
    }
    assert_eq!(MOST_HITS, 2_000);
}
