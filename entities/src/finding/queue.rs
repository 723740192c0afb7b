//! Subjects whose index is behind: noted in the transaction that changed them, forgotten once they are indexed.

use chrono::Duration;
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};

use super::Kind;
use crate::clock::Instant;
use crate::db::{Db, places};
use crate::error::Result;
use crate::history;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unindexed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_id: Uuid,
    pub kind: String,
    /// Another one with every change, in the order of time: what changes while it is indexed stays noted.
    pub mark: Uuid,
    pub claimed_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// A subject that waits, claimed by whoever holds this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub subject_id: Uuid,
    pub kind: Kind,
    mark: Uuid,
}

/// The rows that note those of the subjects that can be found.
pub(crate) fn rows<'a>(heads: impl Iterator<Item = &'a history::head::Model>) -> Vec<Model> {
    let kinds = heads.filter_map(|head| {
        let kind = Kind::named(&head.subject_kind)?;
        Some(row(head.subject_id, kind))
    });
    kinds.collect()
}

pub(super) fn row(subject_id: Uuid, kind: Kind) -> Model {
    Model {
        subject_id,
        kind: kind.name().to_owned(),
        mark: crate::new_id(),
        claimed_until: None,
    }
}

/// Notes subjects of a kind whose index is behind, or that it holds and that are gone.
pub async fn note(db: &Db, kind: Kind, ids: &[Uuid]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let tx = db.begin_write().await?;
    let rows = ids.iter().map(|id| row(*id, kind)).collect();
    crate::ledger::upsert::<Entity>(&tx, rows).await?;
    sea_orm::TransactionSession::commit(tx).await?;
    Ok(())
}

/// Claims up to `most` subjects for `hold`, those that wait longest first.
pub async fn claim(db: &Db, most: u32, hold: Duration) -> Result<Vec<Waiting>> {
    #[derive(FromQueryResult)]
    struct Row {
        subject_id: Uuid,
        kind: String,
        mark: Uuid,
    }
    let now = db.clock().now();
    let tx = db.begin_write().await?;
    let statement = claim_statement(tx.get_database_backend(), most, now, hold);
    let rows = Row::find_by_statement(statement).all(&tx).await?;
    sea_orm::TransactionSession::commit(tx).await?;
    let waiting = rows.into_iter().filter_map(|row| {
        Some(Waiting {
            subject_id: row.subject_id,
            kind: Kind::named(&row.kind)?,
            mark: row.mark,
        })
    });
    Ok(waiting.collect())
}

/// The statement of [`claim`].
pub fn claim_statement(backend: DbBackend, most: u32, now: Instant, hold: Duration) -> Statement {
    let lock = match backend {
        DbBackend::Postgres => "FOR UPDATE SKIP LOCKED",
        _ => "",
    };
    let sql = format!(
        "UPDATE unindexed SET claimed_until = $1 WHERE mark IN (SELECT mark FROM unindexed \
         WHERE claimed_until IS NULL OR claimed_until < $2 ORDER BY mark LIMIT {most} {lock}) \
         RETURNING subject_id, kind, mark"
    );
    Statement::from_sql_and_values(backend, sql, [(now + hold).into(), now.into()])
}

/// Whether anything waits that nobody claimed.
pub async fn is_due(db: &Db) -> Result<bool> {
    let sql =
        "SELECT 1 AS n FROM unindexed WHERE claimed_until IS NULL OR claimed_until < $1 LIMIT 1";
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [db.clock().now().into()]);
    Ok(db.reader().query_one_raw(statement).await?.is_some())
}

/// Forgets what is indexed; what changed meanwhile stays.
pub async fn done(db: &Db, done: &[Waiting]) -> Result<()> {
    if done.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "DELETE FROM unindexed WHERE mark IN ({})",
        places(done.len())
    );
    let marks = done.iter().map(|one| one.mark.into());
    db.write_statement(&sql, marks.collect()).await?;
    Ok(())
}

/// Gives back what was not indexed.
pub async fn hand_back(db: &Db, all: &[Waiting]) -> Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "UPDATE unindexed SET claimed_until = NULL WHERE mark IN ({})",
        places(all.len())
    );
    let marks = all.iter().map(|one| one.mark.into());
    db.write_statement(&sql, marks.collect()).await?;
    Ok(())
}

/// Frees what a process claimed that is gone: whoever alone writes an index calls this before it begins.
pub async fn free(db: &Db) -> Result<()> {
    let sql = "UPDATE unindexed SET claimed_until = NULL WHERE claimed_until IS NOT NULL";
    db.write_statement(sql, vec![]).await?;
    Ok(())
}

/// How many subjects wait.
pub async fn length(db: &Db) -> Result<u64> {
    Ok(Entity::find().count(db.reader()).await?)
}
