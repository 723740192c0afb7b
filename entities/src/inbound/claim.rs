//! Claiming stored mail, so that no two processes work on the same one.

use chrono::Duration;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};
use uuid::Uuid;

use super::Model;
use crate::db::Db;
use crate::error::Result;

/// Claims up to `most` stored mails for `hold`, the oldest first; each claim counts as an attempt.
/// Unclaimed again by itself when the process dies. One that was tried before is claimed alone, after the new ones:
/// a process that dies of it again must not count that against mails it never began.
pub async fn claim(db: &Db, most: u32, hold: Duration) -> Result<Vec<Model>> {
    let skip = match db.is_postgres() {
        true => "FOR UPDATE SKIP LOCKED",
        false => "",
    };
    let which = |attempts: &str, most: u32| {
        format!(
            "id IN (SELECT id FROM inbound_mail WHERE fate = 'stored' AND attempts {attempts} \
             AND (claimed_until IS NULL OR claimed_until < $2) ORDER BY received_at, id LIMIT {most} {skip})"
        )
    };
    let new = claim_where(db, &which("= 0", most), vec![], hold).await?;
    if !new.is_empty() {
        return Ok(new);
    }
    claim_where(db, &which("> 0", 1), vec![], hold).await
}

/// Claims one stored mail, none when somebody else has it or it is settled.
pub async fn claim_one(db: &Db, id: Uuid, hold: Duration) -> Result<Option<Model>> {
    let which = "id = $3 AND fate = 'stored' AND (claimed_until IS NULL OR claimed_until < $2)";
    Ok(claim_where(db, which, vec![id.into()], hold).await?.pop())
}

async fn claim_where(db: &Db, which: &str, more: Vec<Value>, hold: Duration) -> Result<Vec<Model>> {
    let now = db.clock().now();
    let backend = match db.is_postgres() {
        true => DbBackend::Postgres,
        false => DbBackend::Sqlite,
    };
    let sql = format!(
        "UPDATE inbound_mail SET claimed_until = $1, attempts = attempts + 1 WHERE {which} RETURNING *"
    );
    let mut values = vec![(now + hold).into(), now.into()];
    values.extend(more);
    let tx = db.begin_note().await?;
    let rows = tx
        .query_all_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    tx.commit().await?;
    let mut mails = rows
        .iter()
        .map(|row| Model::from_query_result(row, ""))
        .collect::<Result<Vec<_>, _>>()?;
    mails.sort_by_key(|mail| (mail.received_at, mail.id));
    Ok(mails)
}

/// Leaves a mail alone until later: processing failed in a way that may pass.
pub async fn postpone(db: &Db, id: Uuid, by: Duration) -> Result<()> {
    let until = db.clock().now() + by;
    let sql = "UPDATE inbound_mail SET claimed_until = $1 WHERE id = $2 AND fate = 'stored'";
    db.write_statement(sql, vec![until.into(), id.into()])
        .await?;
    Ok(())
}

/// Leaves a mail alone until later without counting the attempt: what it needs was away.
pub async fn postpone_uncounted(db: &Db, id: Uuid, by: Duration) -> Result<()> {
    let until = db.clock().now() + by;
    let sql = "UPDATE inbound_mail SET claimed_until = $1, attempts = attempts - 1 \
               WHERE id = $2 AND fate = 'stored'";
    db.write_statement(sql, vec![until.into(), id.into()])
        .await?;
    Ok(())
}

/// Gives back a claim that was not begun, so that another process need not wait for its end.
pub async fn hand_back(db: &Db, id: Uuid) -> Result<()> {
    let sql = "UPDATE inbound_mail SET claimed_until = NULL, attempts = attempts - 1 \
               WHERE id = $1 AND fate = 'stored'";
    db.write_statement(sql, vec![id.into()]).await?;
    Ok(())
}

/// Frees mails that a wrong clock claimed too far ahead.
pub async fn free_far(db: &Db, hold: Duration) -> Result<u64> {
    let far = db.clock().now() + hold * 2;
    let sql =
        "UPDATE inbound_mail SET claimed_until = NULL WHERE fate = 'stored' AND claimed_until > $1";
    Ok(db
        .write_statement(sql, vec![far.into()])
        .await?
        .rows_affected())
}

/// Whether `claim` would find something.
pub async fn is_waiting(db: &Db) -> Result<bool> {
    let now = db.clock().now();
    let sql = "SELECT 1 AS n FROM inbound_mail WHERE fate = 'stored' \
               AND (claimed_until IS NULL OR claimed_until < $1) LIMIT 1";
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [now.into()]);
    Ok(db.reader().query_one_raw(statement).await?.is_some())
}
