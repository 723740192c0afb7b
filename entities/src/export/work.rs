//! Exports as the work behind the pages sees them: claimed for a time, their progress kept, removed when they are old.

use chrono::Duration;
use sea_orm::{ColumnTrait as _, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Format, KEPT, Model, State};
use crate::db::{Db, Queue};
use crate::error::Result;

const QUEUE: Queue = Queue {
    claim: "UPDATE export SET claimed_until = $2",
    waiting: "export WHERE state = 'running' AND format = 'xlsx'",
    oldest: "begun_at",
};

/// Claims the oldest export that waits to be written.
pub async fn claim(db: &Db, hold: Duration) -> Result<Option<Model>> {
    db.claim(&QUEUE, hold).await
}

/// Keeps how many rows are written; false when the export was stopped.
pub async fn keep(db: &Db, id: Uuid, rows: usize, hold: Duration) -> Result<bool> {
    let sql =
        "UPDATE export SET rows_done = $1, claimed_until = $2 WHERE id = $3 AND state = 'running'";
    let rows = i32::try_from(rows).unwrap_or(i32::MAX);
    let until = db.clock().now() + hold;
    let kept = db
        .write_statement(sql, vec![rows.into(), until.into(), id.into()])
        .await?;
    Ok(kept.rows_affected() == 1)
}

/// Ends what its maker may not end any more: nothing left the desk by it.
pub async fn abandon(db: &Db, id: Uuid) -> Result<()> {
    let sql = "UPDATE export SET state = 'failed', failure = 'forbidden', tickets = NULL, ended_at = $1, \
               claimed_until = NULL WHERE id = $2 AND state = 'running'";
    db.write_statement(sql, vec![db.clock().now().into(), id.into()])
        .await?;
    Ok(())
}

/// How long it is told what was exported; the history tells it for ever.
const TOLD: Duration = Duration::days(7);

/// Exports whose files have been there long enough.
pub async fn over(db: &Db) -> Result<Vec<Uuid>> {
    let before = db.clock().now() - KEPT;
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(COLUMN.format.eq(Format::Xlsx))
        .filter(COLUMN.state.eq(State::Done))
        .filter(COLUMN.failure.is_null())
        .filter(COLUMN.ended_at.lt(before))
        .into_tuple()
        .all(db.reader())
        .await?)
}

/// Notes that the file is gone.
pub async fn gone(db: &Db, id: Uuid) -> Result<()> {
    let sql = "UPDATE export SET failure = 'expired' WHERE id = $1";
    db.write_statement(sql, vec![id.into()]).await?;
    Ok(())
}

/// Forgets exports that are long over.
pub async fn sweep(db: &Db) -> Result<()> {
    let sql = "DELETE FROM export WHERE begun_at < $1";
    let before = db.clock().now() - TOLD;
    db.write_statement(sql, vec![before.into()]).await?;
    Ok(())
}
