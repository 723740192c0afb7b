//! Which subjects changed, whichever process changed them: the source of live pages.

use std::time::Duration;

use sea_orm::sqlx::postgres::PgListener;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use uuid::Uuid;

use crate::db::Db;
use crate::error::{DeskError, Result};

/// How often an SQLite file is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Calls `changed` with the id of every subject that gets an event from now on. Returns only with an error;
/// call it again to go on.
///
/// # Errors
/// The database's, when the connection is lost.
pub async fn watch(db: &Db, mut changed: impl FnMut(Uuid) + Send) -> Result<()> {
    if db.is_postgres() {
        let failed = |e: sea_orm::sqlx::Error| DeskError::Blob(format!("listening: {e}"));
        let mut listener = PgListener::connect(db.url()).await.map_err(failed)?;
        listener.listen("lotse_changed").await.map_err(failed)?;
        loop {
            let notice = listener.recv().await.map_err(failed)?;
            notice
                .payload()
                .split(' ')
                .filter_map(|id| Uuid::try_parse(id).ok())
                .for_each(&mut changed);
        }
    }
    let mut last = newest(db).await?;
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let now = newest(db).await?;
        if now != last {
            for id in since(db, last).await? {
                changed(id);
            }
            last = now;
        }
    }
}

/// The place of the newest event in an SQLite file: the end of its b-tree, so looking costs nothing.
async fn newest(db: &Db) -> Result<i64> {
    let sql = Statement::from_string(
        DbBackend::Sqlite,
        "SELECT coalesce(max(rowid), 0) AS n FROM event",
    );
    Ok(match db.reader().query_one_raw(sql).await? {
        Some(row) => row.try_get("", "n")?,
        None => 0,
    })
}

async fn since(db: &Db, place: i64) -> Result<Vec<Uuid>> {
    let sql = Statement::from_sql_and_values(
        DbBackend::Sqlite,
        "SELECT DISTINCT subject_id FROM event WHERE rowid > $1 LIMIT 5000",
        [place.into()],
    );
    db.reader()
        .query_all_raw(sql)
        .await?
        .iter()
        .map(|row| Ok(row.try_get("", "subject_id")?))
        .collect()
}
