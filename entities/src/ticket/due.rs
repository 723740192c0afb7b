//! Tickets whose time has come: reminders reached, deadlines to be told of, solved long enough ago.

use chrono::Duration;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::state::{State, WaitingFor};
use super::table;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::mailbox;

/// The most tickets one look brings.
const MOST: u64 = 200;

/// Days after which a solved ticket closes when it has no mailbox.
const CLOSE_AFTER_DAYS: i64 = 10;

/// Tickets that wait for a date that has come.
pub async fn called_back(db: &Db) -> Result<Vec<table::Model>> {
    Ok(table::Entity::find()
        .filter(table::COLUMN.state.eq(State::Waiting))
        .filter(table::COLUMN.waiting_for.eq(WaitingFor::Date))
        .filter(table::Column::ReminderAt.lte(db.clock().now()))
        .order_by_asc(table::Column::ReminderAt)
        .limit(MOST)
        .all(db.reader())
        .await?)
}

/// Tickets of which a deadline is to be told, those that wait longest first.
pub async fn to_tell(db: &Db) -> Result<Vec<table::Model>> {
    Ok(to_tell_query(db.clock().now()).all(db.reader()).await?)
}

/// The query of [`to_tell`].
pub fn to_tell_query(now: Instant) -> Select<table::Entity> {
    table::Entity::find()
        // As the index says it.
        .filter(table::Column::DueAt.is_not_null())
        .filter(table::Column::NoticeAt.lte(now))
        .order_by_asc(table::Column::NoticeAt)
        .limit(MOST)
}

/// Tickets that were solved longer ago than their mailbox allows, without a message since.
pub async fn to_close(db: &Db) -> Result<Vec<table::Model>> {
    let limits: Vec<(Uuid, i32)> = mailbox::Entity::find()
        .select_only()
        .columns([mailbox::Column::Id, mailbox::Column::CloseAfterDays])
        .into_tuple()
        .all(db.reader())
        .await?;
    let now = db.clock().now();
    let rests = |days: i64| {
        let since = now - Duration::days(days);
        Condition::all()
            .add(table::Column::SolvedAt.lte(since))
            .add(table::Column::LastMessageAt.lte(since))
    };
    let mut any =
        Condition::any().add(rests(CLOSE_AFTER_DAYS).add(table::Column::MailboxId.is_null()));
    for (id, days) in limits {
        any = any.add(rests(days.into()).add(table::Column::MailboxId.eq(id)));
    }
    Ok(table::Entity::find()
        .filter(table::COLUMN.state.eq(State::Solved))
        .filter(any)
        .order_by_asc(table::Column::SolvedAt)
        .limit(MOST)
        .all(db.reader())
        .await?)
}
