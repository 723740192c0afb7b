//! Exports as the work behind the pages sees them: claimed for a time, their progress kept, removed when they are old.

use chrono::Duration;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

use super::{KEPT, Model};
use crate::db::Db;
use crate::error::Result;

const DUE: &str =
    "state = 'running' AND format = 'xlsx' AND (claimed_until IS NULL OR claimed_until < $1)";

/// Claims the oldest export that waits to be written, for `hold`; the claim ends by itself when the process dies.
pub async fn claim(db: &Db, hold: Duration) -> Result<Option<Model>> {
    let now = db.clock().now();
    let backend = db.reader().get_database_backend();
    let waiting = format!("SELECT 1 AS n FROM export WHERE {DUE} LIMIT 1");
    let waiting = Statement::from_sql_and_values(backend, waiting, [now.into()]);
    if db.reader().query_one_raw(waiting).await?.is_none() {
        return Ok(None);
    }
    let skip = match db.is_postgres() {
        true => "FOR UPDATE SKIP LOCKED",
        false => "",
    };
    let sql = format!(
        "UPDATE export SET claimed_until = $2 WHERE id IN (SELECT id FROM export WHERE {DUE} ORDER BY begun_at LIMIT 1 \
         {skip}) RETURNING *"
    );
    let values = [now.into(), (now + hold).into()];
    let tx = db.begin_write().await?;
    let row = tx
        .query_one_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    tx.commit().await?;
    let export = row.map(|row| Model::from_query_result(&row, ""));
    Ok(export.transpose()?)
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

#[derive(FromQueryResult)]
struct Old {
    id: Uuid,
}

/// Exports whose files have been there long enough.
pub async fn over(db: &Db) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM export WHERE format = 'xlsx' AND state = 'done' AND failure IS NULL AND ended_at < $1";
    let before = db.clock().now() - KEPT;
    let backend = db.reader().get_database_backend();
    let rows = Old::find_by_statement(Statement::from_sql_and_values(
        backend,
        sql,
        [before.into()],
    ));
    let rows = rows.all(db.reader()).await?;
    Ok(rows.iter().map(|row| row.id).collect())
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
