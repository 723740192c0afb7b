//! A whole copy of the database while it serves, and a look into one.

use std::path::Path;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DbBackend, Statement};

use crate::error::{DeskError, Result};

/// Copies an SQLite database as it is at this moment into a new file; writers go on meanwhile.
///
/// # Errors
/// When the database cannot be read or the file written; an existing file is refused.
pub async fn copy_sqlite(url: &str, file: &Path) -> Result<()> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    // A connection of its own: the desk's one writer stays free.
    options.map_sqlx_sqlite_opts(|o| {
        o.create_if_missing(false)
            .busy_timeout(std::time::Duration::from_secs(60))
    });
    let source = Database::connect(options).await?;
    let target = file
        .to_str()
        .ok_or_else(|| DeskError::Blob(format!("{}: is no readable path", file.display())))?;
    source
        .execute_raw(Statement::from_sql_and_values(
            DbBackend::Sqlite,
            "VACUUM INTO $1",
            [target.into()],
        ))
        .await?;
    source.close().await?;
    Ok(())
}

/// Whether a database holds anything of ours, so that a restore would write over it.
///
/// # Errors
/// When it cannot be reached.
pub async fn is_empty(url: &str) -> Result<bool> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await?;
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT count(*) AS n FROM information_schema.tables WHERE table_schema = current_schema()"
        }
        _ => "SELECT count(*) AS n FROM sqlite_master",
    };
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    let tables: i64 = match row {
        Some(row) => row.try_get("", "n")?,
        None => 0,
    };
    db.close().await?;
    Ok(tables == 0)
}
