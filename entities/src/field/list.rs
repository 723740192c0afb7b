//! Fields as the settings show them, with how often they are used.

use std::collections::HashMap;

use sea_orm::{EntityTrait, FromQueryResult, Statement};
use uuid::Uuid;

use super::facts::Field;
use super::{Column, Entity, read};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::{self, Permission, Place};
use crate::setting::{Show, position};

/// Up to here the tickets that hold a field are counted.
pub const MOST_COUNTED: i64 = 10_000;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub field: Field,
    /// Tickets that hold something in it, counted up to [`MOST_COUNTED`].
    pub used: i64,
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

/// All fields in their order.
///
/// # Errors
/// `Forbidden` for those who may not manage fields.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Row>> {
    policy::require(actor, Permission::ManageFields, Place::Desk)?;
    let mut rows = Vec::new();
    for field in read::definitions(db).await? {
        if show == Show::Active && field.row.retired_at.is_some() {
            continue;
        }
        let used = used(db, &field).await?;
        rows.push(Row { field, used });
    }
    Ok(rows)
}

/// One field with its options.
///
/// # Errors
/// `Hidden` when there is none, or for those who may not manage fields.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Field> {
    if !actor.may_somewhere(Permission::ManageFields) {
        return Err(DeskError::Hidden);
    }
    read::with_options(db, &[id])
        .await?
        .pop()
        .ok_or(DeskError::Hidden)
}

/// A field in use by its key, as far as the actor may know it, without options.
pub async fn by_key(db: &Db, actor: &Actor, key: &str) -> Result<Field> {
    read::definitions(db)
        .await?
        .into_iter()
        .find(|field| field.row.key == key && field.is_visible(actor))
        .ok_or(DeskError::Hidden)
}

/// The place behind all others.
pub async fn next_position(db: &Db) -> Result<i32> {
    position::behind(db, Entity::find(), Column::Position).await
}

/// How many tickets hold something in a field, counted up to [`MOST_COUNTED`].
pub async fn used(db: &Db, field: &Field) -> Result<i64> {
    let column = column(field);
    let sql = format!(
        "SELECT count(*) AS n FROM (SELECT 1 FROM field_value WHERE field_id = $1 AND active IN (true, false) \
         AND {column} IS NOT NULL AND part = 0 LIMIT {MOST_COUNTED}) counted"
    );
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [field.row.id.into()]);
    let row = Count::find_by_statement(statement).one(db.reader()).await?;
    Ok(row.map_or(0, |r| r.n))
}

/// The column that every value of a field of this kind has, and that an index begins with.
pub(super) fn column(field: &Field) -> &'static str {
    let kind = field.row.kind;
    if kind.is_text() || kind.is_reference() {
        "folded"
    } else {
        "number"
    }
}

#[derive(FromQueryResult)]
struct OptionCount {
    ref_id: Uuid,
    n: i64,
}

/// How many tickets hold each option of a field.
pub async fn used_options(db: &Db, field_id: Uuid) -> Result<HashMap<Uuid, i64>> {
    let backend = db.reader().get_database_backend();
    let sql = "SELECT ref_id, count(*) AS n FROM field_value WHERE field_id = $1 AND active IN (true, false) \
               AND ref_id IS NOT NULL \
               GROUP BY ref_id";
    let statement = Statement::from_sql_and_values(backend, sql, [field_id.into()]);
    let rows = OptionCount::find_by_statement(statement)
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|row| (row.ref_id, row.n)).collect())
}
