//! Mailboxes as the intake and the sender see them, and how the last looks went.

use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Model};
use crate::db::Db;
use crate::error::Result;

/// A mailbox by the name it has on the command line, retired ones not among them.
pub async fn by_name(db: &Db, name: &str) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.name.eq(name))
        .filter(COLUMN.retired_at.is_null())
        .one(db.reader())
        .await?)
}

/// A mailbox by its id, retired or not.
pub async fn by_id(db: &Db, id: Uuid) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(db.reader()).await?)
}

/// The mailbox whose address is among these, else none.
pub async fn by_address(db: &Db, addresses: Vec<String>) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.address.is_in(addresses))
        .filter(COLUMN.retired_at.is_null())
        .order_by_asc(Column::Name)
        .one(db.reader())
        .await?)
}

/// The mailbox that speaks for the desk when a ticket names none: the oldest in use.
pub async fn first(db: &Db) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.retired_at.is_null())
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .one(db.reader())
        .await?)
}

/// Mailboxes that are fetched over IMAP.
pub async fn fetched(db: &Db) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.retired_at.is_null())
        .filter(COLUMN.imap_host.is_not_null())
        .order_by_asc(Column::Name)
        .all(db.reader())
        .await?)
}

/// All mailboxes by name, retired ones too.
pub async fn every(db: &Db) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .order_by_asc(Column::Name)
        .all(db.reader())
        .await?)
}

/// The question that [`own_addresses`] answers.
#[derive(PartialEq, Eq, Hash)]
struct OwnAddresses;

/// The addresses of all mailboxes, in lower case, retired ones too: none of them is a stranger's.
pub async fn own_addresses(db: &Db) -> Result<Vec<String>> {
    db.kept_setting(OwnAddresses, async || {
        Ok(Entity::find()
            .select_only()
            .column(Column::Address)
            .into_tuple()
            .all(db.reader())
            .await?)
    })
    .await
}

/// Notes that all of a folder was looked at, up to this UID.
pub async fn looked(db: &Db, mailbox_id: Uuid, validity: u32, last_uid: Option<u32>) -> Result<()> {
    db.write_statement(
        "INSERT INTO mailbox_state (mailbox_id, uid_validity, last_uid, last_success_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (mailbox_id) DO UPDATE SET uid_validity = excluded.uid_validity, \
         last_uid = excluded.last_uid, last_success_at = excluded.last_success_at, backlog = NULL",
        vec![
            mailbox_id.into(),
            i64::from(validity).into(),
            last_uid.map(i64::from).into(),
            db.clock().now().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Notes that looking failed: of which kind, and in the words of the server or the library.
pub async fn look_failed(db: &Db, mailbox_id: Uuid, kind: &str, why: &str) -> Result<()> {
    db.write_statement(
        "INSERT INTO mailbox_state (mailbox_id, last_failure_at, last_failure_kind, last_failure) \
         VALUES ($1, $2, $3, $4) ON CONFLICT (mailbox_id) DO UPDATE SET \
         last_failure_at = excluded.last_failure_at, last_failure_kind = excluded.last_failure_kind, \
         last_failure = excluded.last_failure",
        vec![
            mailbox_id.into(),
            db.clock().now().into(),
            kind.into(),
            why.into(),
        ],
    )
    .await?;
    Ok(())
}
