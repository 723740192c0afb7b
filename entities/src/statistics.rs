//! What the planner knows of how tables are filled. PostgreSQL gathers that by itself, SQLite when it is asked to.

use sea_orm::ConnectionTrait;

use crate::db::Db;
use crate::error::Result;

/// Looks at tables that were never looked at, have an index nobody looked at, or have grown or shrunk tenfold since. So
/// many rows of an index tell rare from common, and writers wait half a second at most.
const GATHER: [&str; 2] = ["PRAGMA analysis_limit = 20000", "PRAGMA optimize = 0x10002"];

/// Brings it up to date. Connections that are open learn of it when they are made anew, within half an hour.
///
/// # Errors
/// The database's.
pub async fn gather(db: &Db) -> Result<()> {
    if !db.is_postgres() {
        for sql in GATHER {
            db.writer().execute_unprepared(sql).await?;
        }
    }
    Ok(())
}
