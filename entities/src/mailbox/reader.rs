//! The one process that reads a mailbox: claimed for a short time, renewed while it reads; and what it is doing.

use chrono::Duration;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, Statement};
use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;

/// How long a claim holds; another process takes over after it.
pub const HOLD: Duration = Duration::seconds(40);

/// What the reader of a mailbox is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
pub enum Doing {
    #[sea_orm(string_value = "connecting")]
    Connecting,
    /// Asks the server what is new.
    #[sea_orm(string_value = "looking")]
    Looking,
    /// Takes mails, so many of so many.
    #[sea_orm(string_value = "taking")]
    Taking,
    /// Is connected and waits for news.
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// Failed and tries again later.
    #[sea_orm(string_value = "resting")]
    Resting,
}

/// How far taking has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub taken: u64,
    pub of: u64,
}

/// What is remembered of a folder between two looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// UIDVALIDITY; none before the first look.
    pub validity: Option<u32>,
    /// All mails up to this UID are decided, but for those of the backlog.
    pub last_uid: Option<u32>,
    /// UIDs of the first look that may not be taken yet, as an IMAP sequence.
    pub backlog: Option<String>,
    pub last_success_at: Option<Instant>,
}

/// Claims a mailbox or renews the claim; false while another reader has it. A claim further ahead than
/// any can be was made by a clock that was wrong and binds nobody.
pub async fn claim(db: &Db, mailbox_id: Uuid, reader: Uuid) -> Result<bool> {
    let now = db.clock().now();
    let claimed = db
        .write_statement(
            "INSERT INTO mailbox_state (mailbox_id, reader, claimed_until) VALUES ($1, $2, $3) \
             ON CONFLICT (mailbox_id) DO UPDATE SET reader = excluded.reader, claimed_until = excluded.claimed_until \
             WHERE mailbox_state.reader IS NULL OR mailbox_state.reader = excluded.reader \
             OR mailbox_state.claimed_until < $4 OR mailbox_state.claimed_until > $5",
            vec![
                mailbox_id.into(),
                reader.into(),
                (now + HOLD).into(),
                now.into(),
                (now + HOLD * 2).into(),
            ],
        )
        .await?;
    Ok(claimed.rows_affected() == 1)
}

/// Gives a mailbox back, so that another process need not wait for the claim's end.
pub async fn release(db: &Db, mailbox_id: Uuid, reader: Uuid) -> Result<()> {
    let sql = "UPDATE mailbox_state SET reader = NULL, claimed_until = NULL WHERE mailbox_id = $1 AND reader = $2";
    db.write_statement(sql, vec![mailbox_id.into(), reader.into()])
        .await?;
    Ok(())
}

/// Notes what the reader does now.
pub async fn does(db: &Db, mailbox_id: Uuid, reader: Uuid, doing: Doing) -> Result<()> {
    db.write_statement(
        "UPDATE mailbox_state SET doing = $1, doing_since = $2, taken = 0, to_take = 0 \
         WHERE mailbox_id = $3 AND reader = $4",
        vec![
            doing.to_value().into(),
            db.clock().now().into(),
            mailbox_id.into(),
            reader.into(),
        ],
    )
    .await?;
    Ok(())
}

/// What is remembered of a mailbox's folder.
pub async fn memory(db: &Db, mailbox_id: Uuid) -> Result<Memory> {
    #[derive(FromQueryResult)]
    struct Row {
        uid_validity: Option<i64>,
        last_uid: Option<i64>,
        backlog: Option<String>,
        last_success_at: Option<Instant>,
    }
    let sql = "SELECT uid_validity, last_uid, backlog, last_success_at FROM mailbox_state WHERE mailbox_id = $1";
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [mailbox_id.into()]);
    let row = Row::find_by_statement(statement).one(db.reader()).await?;
    let number = |n: Option<i64>| n.and_then(|n| u32::try_from(n).ok());
    Ok(row.map_or_else(Memory::default, |row| Memory {
        validity: number(row.uid_validity),
        last_uid: number(row.last_uid),
        backlog: row.backlog,
        last_success_at: row.last_success_at,
    }))
}

/// Remembers the mails of a folder that is looked into for the first time, before the first is taken:
/// one that somebody reads meanwhile is still known.
pub async fn begin(
    db: &Db,
    mailbox_id: Uuid,
    validity: u32,
    last_uid: Option<u32>,
    backlog: &str,
) -> Result<()> {
    db.write_statement(
        "UPDATE mailbox_state SET uid_validity = $1, last_uid = $2, backlog = $3 WHERE mailbox_id = $4",
        vec![
            i64::from(validity).into(),
            last_uid.map(i64::from).into(),
            backlog.into(),
            mailbox_id.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Notes how far taking has come; mails up to this UID are decided.
pub async fn takes(
    db: &Db,
    mailbox_id: Uuid,
    reader: Uuid,
    progress: Progress,
    last_uid: Option<u32>,
) -> Result<()> {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    db.write_statement(
        "UPDATE mailbox_state SET doing_since = CASE WHEN doing = 'taking' THEN doing_since ELSE $1 END, \
         doing = 'taking', taken = $2, to_take = $3, last_uid = COALESCE($4, last_uid) \
         WHERE mailbox_id = $5 AND reader = $6",
        vec![
            db.clock().now().into(),
            count(progress.taken).into(),
            count(progress.of).into(),
            last_uid.map(i64::from).into(),
            mailbox_id.into(),
            reader.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Notes how many mails are left alone because they are older than the mailbox's first day.
pub async fn left_old(db: &Db, mailbox_id: Uuid, mails: usize) -> Result<()> {
    let mails = i64::try_from(mails).unwrap_or(i64::MAX);
    let sql = "UPDATE mailbox_state SET left_old = $1 WHERE mailbox_id = $2";
    db.write_statement(sql, vec![mails.into(), mailbox_id.into()])
        .await?;
    Ok(())
}
