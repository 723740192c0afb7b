//! How a bulk goes on: begun once, claimed for a time, stopped, taken back, forgotten.

use chrono::Duration;
use uuid::Uuid;

use super::{Model, me};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::queue::Queue;

/// How long what was chosen, or what became of it, is kept.
const KEPT: Duration = Duration::days(7);

const QUEUE: Queue = Queue {
    claim: "UPDATE bulk SET claimed_until = $2",
    waiting: "bulk WHERE state IN ('running', 'undoing')",
    oldest: "staged_at",
};

/// Claims the oldest bulk that nobody works on.
pub async fn claim(db: &Db, hold: Duration) -> Result<Option<Model>> {
    db.claim(&QUEUE, hold).await
}

/// Begins what was staged, and claims it for the caller until then, or for nobody; none when it was begun before,
/// or when `seen` is not what it would do.
pub async fn begin(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    seen: &str,
    until: Option<Instant>,
) -> Result<Option<Model>> {
    let sql = "UPDATE bulk SET state = 'running', claimed_until = $1 WHERE id = $2 AND person_id = $3 \
               AND state = 'staged' AND act = $4 RETURNING *";
    let values = vec![until.into(), id.into(), me(actor)?.into(), seen.into()];
    db.write_returning(sql, values).await
}

/// Begins to take back what can still be; none when its time is over.
pub async fn undo(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    until: Option<Instant>,
) -> Result<Option<Model>> {
    let sql = "UPDATE bulk SET state = 'undoing', claimed_until = $1 WHERE id = $2 AND person_id = $3 \
               AND state IN ('done', 'stopped') AND undo_until > $4 RETURNING *";
    let now = db.clock().now();
    let values = vec![until.into(), id.into(), me(actor)?.into(), now.into()];
    db.write_returning(sql, values).await
}

/// Renews a claim; false when it was stopped.
pub async fn hold(db: &Db, bulk: &Model, hold: Duration) -> Result<bool> {
    let sql = "UPDATE bulk SET claimed_until = $1 WHERE id = $2 AND state = $3";
    let state = sea_orm::ActiveEnum::to_value(&bulk.state);
    let until = db.clock().now() + hold;
    let held = db
        .write_statement(sql, vec![until.into(), bulk.id.into(), state.into()])
        .await?;
    Ok(held.rows_affected() == 1)
}

/// Renews a claim while a portion goes on, also when it was stopped meanwhile.
pub async fn renew(db: &Db, bulk: &Model, hold: Duration) -> Result<()> {
    let sql = "UPDATE bulk SET claimed_until = $1 WHERE id = $2 AND claimed_until IS NOT NULL";
    let until = db.clock().now() + hold;
    db.write_statement(sql, vec![until.into(), bulk.id.into()])
        .await?;
    Ok(())
}

/// Lets go of one that was stopped, once its last portion is done.
pub async fn let_go(db: &Db, bulk: &Model) -> Result<()> {
    let sql = "UPDATE bulk SET claimed_until = NULL WHERE id = $1 AND state = 'stopped'";
    db.write_statement(sql, vec![bulk.id.into()]).await?;
    Ok(())
}

/// Ends a bulk; it can be taken back for so long. `failure` says why when it did not come to its end.
pub async fn end(db: &Db, bulk: &Model, failure: Option<&str>, undo: Duration) -> Result<()> {
    let now = db.clock().now();
    let sql = "UPDATE bulk SET state = CASE WHEN state = 'undoing' THEN 'undone' WHEN $1 THEN 'stopped' ELSE 'done' END, \
               failure = $2, ended_at = $3, undo_until = $4, claimed_until = NULL \
               WHERE id = $5 AND state IN ('running', 'undoing')";
    db.write_statement(
        sql,
        vec![
            failure.is_some().into(),
            failure.map(str::to_owned).into(),
            now.into(),
            (now + undo).into(),
            bulk.id.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Forgets what was staged, or stops what runs behind the portion in hand. Whoever has that in hand keeps the claim until
/// it is done.
///
/// # Errors
/// `Hidden` when it is not the actor's.
pub async fn stop(db: &Db, actor: &Actor, id: Uuid, undo: Duration) -> Result<()> {
    let bulk = super::find(db, actor, id).await?;
    if bulk.state == super::State::Staged {
        for sql in [
            "DELETE FROM bulk_item WHERE bulk_id = $1",
            "DELETE FROM bulk WHERE id = $1 AND state = 'staged'",
        ] {
            db.write_statement(sql, vec![id.into()]).await?;
        }
        return Ok(());
    }
    let sql = "UPDATE bulk SET state = 'stopped', ended_at = $1, undo_until = $2 \
               WHERE id = $3 AND state = 'running'";
    let now = db.clock().now();
    let values = vec![now.into(), (now + undo).into(), id.into()];
    let stopped = db.write_statement(sql, values).await?;
    match (stopped.rows_affected(), bulk.state) {
        // It came to its end meanwhile.
        (0, super::State::Running) | (1.., _) => Ok(()),
        _ => Err(DeskError::Conflict),
    }
}

/// Forgets what is over or was never begun.
pub async fn sweep(db: &Db) -> Result<()> {
    let before = db.clock().now() - KEPT;
    let old = "SELECT id FROM bulk WHERE staged_at < $1 AND state NOT IN ('running', 'undoing')";
    let items = format!("DELETE FROM bulk_item WHERE bulk_id IN ({old})");
    db.write_statement(&items, vec![before.into()]).await?;
    let bulks = "DELETE FROM bulk WHERE staged_at < $1 AND state NOT IN ('running', 'undoing')";
    db.write_statement(bulks, vec![before.into()]).await?;
    Ok(())
}
