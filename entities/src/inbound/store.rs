//! Keeping a mail before anything is done with it.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Statement};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, seen};
use crate::clock;
use crate::db::Db;
use crate::error::{DeskError, Result};

/// Names a mail on an IMAP server for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uid {
    /// UIDVALIDITY of the folder.
    pub validity: u32,
    pub uid: u32,
}

/// A mail that is safe now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It waits for processing under this id.
    New(Uuid),
    /// The same mail of the server was stored before, under this id.
    Before(Uuid),
}

impl Stored {
    /// The id of its row.
    pub fn id(self) -> Uuid {
        match self {
            Stored::New(id) | Stored::Before(id) => id,
        }
    }
}

/// Stores the bytes, then the row, and commits; only after that may the server be told.
///
/// # Errors
/// The file store's or the database's; then nothing counts as stored.
pub async fn store(db: &Db, mailbox_id: Uuid, uid: Option<Uid>, raw: Vec<u8>) -> Result<Stored> {
    let blob = db.put_blob(raw).await?;
    let id = crate::new_id();
    let (validity, number) = match uid {
        Some(uid) => (Some(i64::from(uid.validity)), Some(i64::from(uid.uid))),
        None => (None, None),
    };
    let now = db.clock().now();
    let tx = db.begin_write().await?;
    let seen = seen::begin(&tx, mailbox_id, uid, clock::day(now)).await?;
    let inserted = tx
        .execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "INSERT INTO inbound_mail (id, mailbox_id, uid_validity, uid, sha256, size_bytes, received_at, fate, attempts, seen_on) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'stored', 0, $8) ON CONFLICT DO NOTHING",
            [
                id.into(),
                mailbox_id.into(),
                validity.into(),
                number.into(),
                blob.sha256.into(),
                blob.size_bytes.into(),
                now.into(),
                seen.on.into(),
            ],
        ))
        .await?;
    if inserted.rows_affected() == 1 {
        seen.end(&tx, mailbox_id, uid).await?;
        tx.commit().await?;
        return Ok(Stored::New(id));
    }
    tx.rollback().await?;
    let before = Entity::find()
        .filter(COLUMN.mailbox_id.eq(mailbox_id))
        .filter(COLUMN.uid_validity.eq(validity))
        .filter(COLUMN.uid.eq(number))
        .one(db.reader())
        .await?
        .ok_or(DeskError::Conflict)?;
    Ok(Stored::Before(before.id))
}

/// Which of these mails of a folder were stored before.
pub async fn stored_before(
    db: &Db,
    mailbox_id: Uuid,
    validity: u32,
    uids: &[u32],
) -> Result<Vec<u32>> {
    let mut found = Vec::new();
    for some in uids.chunks(500) {
        let rows: Vec<Option<i64>> = Entity::find()
            .select_only()
            .column(Column::Uid)
            .filter(COLUMN.mailbox_id.eq(mailbox_id))
            .filter(COLUMN.uid_validity.eq(i64::from(validity)))
            .filter(Column::Uid.is_in(some.iter().copied().map(i64::from)))
            .into_tuple()
            .all(db.reader())
            .await?;
        found.extend(
            rows.into_iter()
                .flatten()
                .filter_map(|uid| u32::try_from(uid).ok()),
        );
    }
    Ok(found)
}
