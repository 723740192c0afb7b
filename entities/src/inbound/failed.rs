//! Mails nobody but a person can settle: the list, trying again, ignoring.

use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Fate, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::policy::{self, Permission, Place};

/// The most rows the list shows.
const MOST: u64 = 200;

/// Failed mails, the oldest first, at most 200.
///
/// # Errors
/// `Forbidden` without `SettleMail`.
pub async fn list(db: &Db, actor: &Actor) -> Result<Vec<Model>> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    Ok(Entity::find()
        .filter(COLUMN.fate.eq(Fate::Failed))
        .order_by_asc(Column::ReceivedAt)
        .order_by_asc(Column::Id)
        .limit(MOST)
        .all(db.reader())
        .await?)
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

/// Queues a failed mail for processing again.
///
/// # Errors
/// `MailAlreadySettled` when it is not failed.
pub async fn try_again(db: &Db, actor: &Actor, id: Uuid) -> Result<()> {
    change(db, actor, id, Fate::Stored, None).await
}

/// Leaves a failed mail alone, for a reason a person gave.
///
/// # Errors
/// `EmptyText` without a reason, `MailAlreadySettled` when it is not failed.
pub async fn ignore(db: &Db, actor: &Actor, id: Uuid, reason: &str) -> Result<()> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Rejected::EmptyText.into());
    }
    change(db, actor, id, Fate::Ignored, Some(reason.to_owned())).await
}

/// Notes the ticket a person made of a failed mail; its message has the mail's id. Twice is no fault.
///
/// # Errors
/// `Forbidden` without `SettleMail`.
pub async fn became_ticket(db: &Db, actor: &Actor, id: Uuid, ticket_id: Uuid) -> Result<()> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    db.write_statement(
        "UPDATE inbound_mail SET fate = 'ticket', reason = 'by_hand', ticket_id = $1, message_id = $2 \
         WHERE id = $2 AND fate = 'failed'",
        vec![ticket_id.into(), id.into()],
    )
    .await?;
    Ok(())
}

async fn change(db: &Db, actor: &Actor, id: Uuid, to: Fate, reason: Option<String>) -> Result<()> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    let changed = db
        .write_statement(
            "UPDATE inbound_mail SET fate = $1, reason = $2, attempts = 0, claimed_until = NULL \
             WHERE id = $3 AND fate = 'failed'",
            vec![to.to_value().into(), reason.into(), id.into()],
        )
        .await?;
    match changed.rows_affected() {
        0 => Err(Rejected::MailAlreadySettled.into()),
        _ => Ok(()),
    }
}
