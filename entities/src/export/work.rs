//! Exports as the work behind the pages sees them: claimed for a time, their progress kept, removed when they are old.

use chrono::Duration;
use sea_orm::{ColumnTrait as _, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Format, KEPT, Model, State};
use crate::db::Db;
use crate::error::Result;
use crate::queue::Queue;

const QUEUE: Queue = Queue {
    claim: "UPDATE export SET claimed_until = $2",
    waiting: "export WHERE state = 'running' AND format = 'xlsx'",
    oldest: "begun_at",
};

/// How long a claim holds; whoever works on an export renews it.
pub const HOLD: Duration = Duration::minutes(5);

/// Claims the oldest export that waits to be written.
pub async fn claim(db: &Db) -> Result<Option<Model>> {
    db.claim(&QUEUE, HOLD).await
}

/// Keeps how many rows are written, and that somebody works on it; false when the export was stopped.
pub async fn keep(db: &Db, id: Uuid, rows: usize) -> Result<bool> {
    let sql =
        "UPDATE export SET rows_done = $1, claimed_until = $2 WHERE id = $3 AND state = 'running'";
    let rows = i32::try_from(rows).unwrap_or(i32::MAX);
    let until = db.clock().now() + HOLD;
    let kept = db
        .write_statement(sql, vec![rows.into(), until.into(), id.into()])
        .await?;
    Ok(kept.rows_affected() == 1)
}

/// Ends what its maker may not end any more: nothing left the desk by it.
pub async fn abandon(db: &Db, id: Uuid) -> Result<()> {
    let sql = "UPDATE export SET state = 'failed', failure = 'forbidden', list_id = NULL, ended_at = $1, \
               claimed_until = NULL WHERE id = $2 AND state = 'running'";
    db.write_statement(sql, vec![db.clock().now().into(), id.into()])
        .await?;
    Ok(())
}

/// How long a file may wait for somebody to write it.
const WRITTEN_WITHIN: Duration = Duration::days(1);

/// Ends what nobody works on any more: what was written while it was fetched died with its process, and a file
/// that nobody has finished in a day finishes no more.
pub async fn end_stuck(db: &Db) -> Result<u64> {
    let now = db.clock().now();
    let sql = "UPDATE export SET state = 'failed', failure = 'stuck', list_id = NULL, ended_at = $1, claimed_until = NULL \
               WHERE state = 'running' AND (claimed_until IS NULL OR claimed_until < $1) \
               AND (format = 'csv' AND begun_at < $2 OR begun_at < $3)";
    let values = vec![
        now.into(),
        (now - HOLD).into(),
        (now - WRITTEN_WITHIN).into(),
    ];
    Ok(db.write_statement(sql, values).await?.rows_affected())
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

/// Forgets exports that are long over, and lists of which nobody writes a file.
pub async fn sweep(db: &Db) -> Result<()> {
    let sql = "DELETE FROM export WHERE begun_at < $1 AND state <> 'running'";
    let now = db.clock().now();
    db.write_statement(sql, vec![(now - TOLD).into()]).await?;
    let lists = "DELETE FROM export_part WHERE taken_at < $1 AND list_id NOT IN \
                 (SELECT list_id FROM export WHERE state = 'running' AND list_id IS NOT NULL)";
    db.write_statement(lists, vec![(now - HOLD).into()]).await?;
    Ok(())
}
