//! Keeping a mail before anything is done with it.

use std::collections::HashMap;

use sea_orm::{
    ActiveEnum, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Statement,
};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Facts, Fate, Model, seen};
use crate::blob;
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

/// What is known of a mail that stays on the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub bytes: Vec<u8>,
    /// Of the whole mail, as the server says.
    pub of_size_bytes: i64,
}

/// How much of a mail of the server is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Whole,
    /// Its header alone; a work item says why.
    Header,
}

/// Stores the bytes, then the row, and commits; only after that may the server be told.
///
/// # Errors
/// The file store's or the database's; then nothing counts as stored.
pub async fn store(db: &Db, mailbox_id: Uuid, uid: Option<Uid>, raw: Vec<u8>) -> Result<Stored> {
    let blob = db.put_blob(raw).await?;
    keep(db, mailbox_id, uid, &blob).await
}

/// Writes the row of a mail whose bytes are stored. A mail that was left on the server before is whole now.
///
/// # Errors
/// The database's; then the mail does not count as stored.
pub async fn keep(
    db: &Db,
    mailbox_id: Uuid,
    uid: Option<Uid>,
    blob: &blob::Stored,
) -> Result<Stored> {
    let row = NewRow {
        mailbox_id,
        uid,
        blob,
        size_bytes: blob.size_bytes,
        fate: Fate::Stored,
        reason: None,
        facts: &Facts::default(),
    };
    if let Some(id) = insert(db, row).await? {
        return Ok(Stored::New(id));
    }
    let before = before(db, mailbox_id, uid).await?;
    if !before.on_server {
        return Ok(Stored::Before(before.id));
    }
    let now_whole = db
        .write_statement(
            "UPDATE inbound_mail SET sha256 = $1, size_bytes = $2, fate = 'stored', reason = NULL, attempts = 0, \
             claimed_until = NULL, on_server = $3 WHERE id = $4 AND on_server = $5 AND fate IN ('failed', 'stored')",
            vec![
                blob.sha256.clone().into(),
                blob.size_bytes.into(),
                false.into(),
                before.id.into(),
                true.into(),
            ],
        )
        .await?;
    Ok(match now_whole.rows_affected() {
        1 => Stored::New(before.id),
        // A person settled it by its header.
        _ => Stored::Before(before.id),
    })
}

/// Records a mail that stays on the server for a reason, as a work item with its header.
///
/// # Errors
/// The file store's or the database's; then nothing counts as recorded.
pub async fn leave(
    db: &Db,
    mailbox_id: Uuid,
    uid: Uid,
    header: Header,
    facts: &Facts,
    reason: &str,
) -> Result<Stored> {
    let blob = db.put_blob(header.bytes).await?;
    let row = NewRow {
        mailbox_id,
        uid: Some(uid),
        blob: &blob,
        size_bytes: header.of_size_bytes,
        fate: Fate::Failed,
        reason: Some(reason),
        facts,
    };
    if let Some(id) = insert(db, row).await? {
        return Ok(Stored::New(id));
    }
    let before = before(db, mailbox_id, Some(uid)).await?;
    Ok(Stored::Before(before.id))
}

struct NewRow<'a> {
    mailbox_id: Uuid,
    uid: Option<Uid>,
    blob: &'a blob::Stored,
    size_bytes: i64,
    fate: Fate,
    reason: Option<&'a str>,
    facts: &'a Facts,
}

/// None when this mail of the server has a row.
async fn insert(db: &Db, row: NewRow<'_>) -> Result<Option<Uuid>> {
    let id = crate::new_id();
    let (validity, number) = numbers(row.uid);
    let now = db.clock().now();
    let tx = db.begin_write().await?;
    let seen = seen::begin(&tx, row.mailbox_id, row.uid, clock::day(now)).await?;
    let inserted = tx
        .execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "INSERT INTO inbound_mail (id, mailbox_id, uid_validity, uid, sha256, size_bytes, received_at, fate, \
             reason, on_server, subject, sender, mail_id, seen_on, attempts) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0) ON CONFLICT DO NOTHING",
            [
                id.into(),
                row.mailbox_id.into(),
                validity.into(),
                number.into(),
                row.blob.sha256.clone().into(),
                row.size_bytes.into(),
                now.into(),
                row.fate.to_value().into(),
                row.reason.into(),
                (row.fate == Fate::Failed).into(),
                row.facts.subject.clone().into(),
                row.facts.sender.clone().into(),
                row.facts.mail_id.clone().into(),
                seen.on.into(),
            ],
        ))
        .await?;
    if inserted.rows_affected() == 0 {
        tx.rollback().await?;
        return Ok(None);
    }
    seen.end(&tx, row.mailbox_id, row.uid).await?;
    tx.commit().await?;
    Ok(Some(id))
}

async fn before(db: &Db, mailbox_id: Uuid, uid: Option<Uid>) -> Result<Model> {
    let (validity, number) = numbers(uid);
    Entity::find()
        .filter(COLUMN.mailbox_id.eq(mailbox_id))
        .filter(COLUMN.uid_validity.eq(validity))
        .filter(COLUMN.uid.eq(number))
        .one(db.reader())
        .await?
        .ok_or(DeskError::Conflict)
}

fn numbers(uid: Option<Uid>) -> (Option<i64>, Option<i64>) {
    (
        uid.map(|uid| i64::from(uid.validity)),
        uid.map(|uid| i64::from(uid.uid)),
    )
}

/// Which of these mails of a folder were stored before, and how much of them.
pub async fn stored_before(
    db: &Db,
    mailbox_id: Uuid,
    validity: u32,
    uids: &[u32],
) -> Result<HashMap<u32, Kept>> {
    let mut found = HashMap::with_capacity(uids.len());
    for some in uids.chunks(500) {
        let rows: Vec<(Option<i64>, bool)> = Entity::find()
            .select_only()
            .columns([Column::Uid, Column::OnServer])
            .filter(COLUMN.mailbox_id.eq(mailbox_id))
            .filter(COLUMN.uid_validity.eq(i64::from(validity)))
            .filter(Column::Uid.is_in(some.iter().copied().map(i64::from)))
            .into_tuple()
            .all(db.reader())
            .await?;
        for (uid, on_server) in rows {
            let kept = match on_server {
                true => Kept::Header,
                false => Kept::Whole,
            };
            if let Some(uid) = uid.and_then(|uid| u32::try_from(uid).ok()) {
                found.insert(uid, kept);
            }
        }
    }
    Ok(found)
}

/// Mails of a folder that were left on the server and are not settled, up to this size.
pub async fn left_on_server(
    db: &Db,
    mailbox_id: Uuid,
    validity: u32,
    most_bytes: i64,
) -> Result<Vec<u32>> {
    let uids: Vec<Option<i64>> = Entity::find()
        .select_only()
        .column(Column::Uid)
        .filter(COLUMN.mailbox_id.eq(mailbox_id))
        .filter(COLUMN.fate.eq(Fate::Failed))
        .filter(COLUMN.on_server.eq(true))
        .filter(COLUMN.uid_validity.eq(i64::from(validity)))
        .filter(COLUMN.size_bytes.lte(most_bytes))
        .into_tuple()
        .all(db.reader())
        .await?;
    let uid = |uid: Option<i64>| u32::try_from(uid?).ok();
    Ok(uids.into_iter().filter_map(uid).collect())
}
