//! Mails nobody but a person can settle: the list, their number, and those that failed too often.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select,
    Statement,
};
use uuid::Uuid;

use super::list::{cursor, place};
use super::{COLUMN, Column, Entity, Fate, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::page::{Cursor, Page};
use crate::policy::{self, Permission, Place};

/// From this try on a mail without success is an alarm.
pub const ALARM_AFTER: i32 = 3;

/// Failed mails, the oldest first.
///
/// # Errors
/// `Forbidden` without `SettleMail`.
pub async fn list(
    db: &Db,
    actor: &Actor,
    after: Option<&Cursor>,
    most: u64,
) -> Result<Page<Model>> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    let rows = page_query(after, most + 1).all(db.reader()).await?;
    Ok(Page::cut(rows, most, cursor))
}

/// The query of [`list`].
pub fn page_query(after: Option<&Cursor>, most: u64) -> Select<Entity> {
    let mut query = Entity::find().filter(Expr::cust("fate = 'failed'"));
    if let Some(last) = after.and_then(place) {
        let here = Expr::tuple([Expr::col(Column::ReceivedAt), Expr::col(Column::Id)]);
        query = query.filter(here.gt(last));
    }
    query
        .order_by_asc(Column::ReceivedAt)
        .order_by_asc(Column::Id)
        .limit(most)
}

/// Mails that are still tried by themselves but failed too often, the oldest first.
///
/// # Errors
/// `Forbidden` without `SettleMail`.
pub async fn still_tried(db: &Db, actor: &Actor, most: u64) -> Result<Vec<Model>> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    Ok(Entity::find()
        .filter(Expr::cust(ALARMING))
        .filter(COLUMN.fate.eq(Fate::Stored))
        .order_by_asc(Column::ReceivedAt)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(db.reader())
        .await?)
}

/// The condition of the index `inbound_alarm`; a bare `fate` would make SQLite prefer the index of fates.
const ALARMING: &str =
    "coalesce(fate, '') IN ('stored', 'failed') AND attempts + earlier_attempts >= 3";

/// How much waits for a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Unsettled {
    /// Failed mails.
    pub failed: i64,
    /// Those of them, and of the mails still tried, that failed [`ALARM_AFTER`] times or more.
    pub alarms: i64,
}

/// How much waits for a person; nothing for those who may not settle mail.
pub async fn unsettled(db: &Db, actor: &Actor) -> Result<Unsettled> {
    if !policy::allows(actor, Permission::SettleMail, Place::Desk) {
        return Ok(Unsettled::default());
    }
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let statement = Statement::from_string(backend, unsettled_sql());
    let row = Unsettled::find_by_statement(statement)
        .one(db.reader())
        .await?;
    Ok(row.unwrap_or_default())
}

/// The statement of [`unsettled`].
pub fn unsettled_sql() -> String {
    format!(
        "SELECT (SELECT count(*) FROM inbound_mail WHERE fate = 'failed') AS failed, \
         (SELECT count(*) FROM inbound_mail WHERE {ALARMING}) AS alarms"
    )
}

/// One stored mail.
///
/// # Errors
/// `Forbidden` without `SettleMail`, `Hidden` when there is none.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    Entity::find_by_id(id)
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)
}
