//! Reading the history of a subject the actor already sees.

use sea_orm::{DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement};
use uuid::Uuid;

use super::{Key, event, head};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;

/// One line of history with the names of those who acted.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Entry {
    pub number: i32,
    pub at: Instant,
    pub actor_name: Option<String>,
    pub on_behalf_of_name: Option<String>,
    /// The system's rule, when no person acted.
    pub rule: Option<String>,
    /// The event's stored name.
    pub name: String,
    /// The event's record as JSON text.
    pub payload: String,
    pub hash: Vec<u8>,
}

/// Whether a subject's chain holds, computed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Events in the chain.
    pub count: i32,
    /// Hash of the last one.
    pub hash: Vec<u8>,
    /// Whether an anchor covers it already.
    pub anchored: bool,
    /// The number of the first event that does not hold, when one does not.
    pub broken_at: Option<i32>,
}

/// The events of a subject, newest first, before a number. The caller has loaded the subject through `visible_to`.
pub async fn of(db: &Db, subject_id: Uuid, before: Option<i32>, most: u64) -> Result<Vec<Entry>> {
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    Ok(
        Entry::find_by_statement(page_statement(backend, subject_id, before, most))
            .all(db.reader())
            .await?,
    )
}

/// Those events of a subject that have one of these names, newest first, before a number. The caller has loaded the subject
/// through `visible_to`.
pub async fn of_named(
    db: &Db,
    subject_id: Uuid,
    names: &[&str],
    before: Option<i32>,
    most: u64,
) -> Result<Vec<Entry>> {
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let places: Vec<String> = (3..3 + names.len()).map(|n| format!("${n}")).collect();
    let only = format!("AND e.name IN ({})", places.join(", "));
    let mut values = vec![subject_id.into(), before.unwrap_or(i32::MAX).into()];
    values.extend(names.iter().map(|name| sea_orm::Value::from(*name)));
    let statement = Statement::from_sql_and_values(backend, page(&only, most), values);
    Ok(Entry::find_by_statement(statement).all(db.reader()).await?)
}

fn page(only: &str, most: u64) -> String {
    format!(
        "SELECT e.number, e.at, a.name AS actor_name, b.name AS on_behalf_of_name, e.rule, e.name, e.payload, e.hash \
         FROM event e LEFT JOIN person a ON a.id = e.actor_id LEFT JOIN person b ON b.id = e.on_behalf_of_id \
         WHERE e.subject_id = $1 AND e.number < $2 {only} ORDER BY e.number DESC LIMIT {most}"
    )
}

/// The statement of [`of`].
pub fn page_statement(
    backend: DbBackend,
    subject_id: Uuid,
    before: Option<i32>,
    most: u64,
) -> Statement {
    let values = [subject_id.into(), before.unwrap_or(i32::MAX).into()];
    Statement::from_sql_and_values(backend, page("", most), values)
}

/// Checks the chain of one subject.
pub async fn seal(db: &Db, subject_id: Uuid) -> Result<Seal> {
    let events = event::Entity::find()
        .filter(event::COLUMN.subject_id.eq(subject_id))
        .order_by_asc(event::Column::Number)
        .all(db.reader())
        .await?;
    let head = head::Entity::find_by_id(subject_id)
        .one(db.reader())
        .await?;
    let broken_at = first_break(db.key(), &events, head.as_ref());
    Ok(Seal {
        count: events.len() as i32,
        hash: events.last().map(|e| e.hash.clone()).unwrap_or_default(),
        anchored: head.is_some_and(|h| h.anchored),
        broken_at,
    })
}

fn first_break(key: &Key, events: &[event::Model], head: Option<&head::Model>) -> Option<i32> {
    let mut previous: &[u8] = &[];
    for (i, e) in events.iter().enumerate() {
        let expected = i as i32 + 1;
        if e.number != expected || e.previous_hash != previous || key.event_hash(e) != e.hash {
            return Some(expected);
        }
        previous = &e.hash;
    }
    let end = events.len() as i32;
    match head {
        Some(h)
            if h.number == end
                && h.hash == previous
                && h.mac == key.head_mac(&h.subject_kind, h.subject_id, h.number, &h.hash) =>
        {
            None
        }
        _ => Some(end + 1),
    }
}
