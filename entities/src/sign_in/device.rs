//! Browsers in which a person got in before: failures elsewhere do not keep them out.

use chrono::Duration;
use sea_orm::{ConnectionTrait, Statement, Value};
use uuid::Uuid;

use super::Seat;
use crate::db::Db;
use crate::error::Result;
use crate::random::{self, hash};

/// How long a browser stays known that nobody comes in by.
pub const KEEP: Duration = Duration::days(365);

/// Whether the person got in by this browser before.
pub(super) async fn is_known(db: &Db, person_id: Uuid, seat: &Seat<'_>) -> Result<bool> {
    let Some(word) = seat.device else {
        return Ok(false);
    };
    let sql = "SELECT 1 AS n FROM known_device WHERE hash = $1 AND person_id = $2 AND used_at > $3";
    let since = db.clock().now() - KEEP;
    any(db, sql, [hash(word).into(), person_id.into(), since.into()]).await
}

/// Notes that the person came in by this browser; gives the word it keeps. A word that nobody got from us is not taken over.
pub async fn remember(db: &Db, person_id: Uuid, seat: &Seat<'_>) -> Result<String> {
    let ours = match seat.device {
        Some(word) => {
            let sql = "SELECT 1 AS n FROM known_device WHERE hash = $1 LIMIT 1";
            any(db, sql, [hash(word).into()])
                .await?
                .then(|| word.to_owned())
        }
        None => None,
    };
    let word = match ours {
        Some(word) => word,
        None => random::word()?,
    };
    db.write_statement(
        "INSERT INTO known_device (hash, person_id, used_at) VALUES ($1, $2, $3) \
         ON CONFLICT (hash, person_id) DO UPDATE SET used_at = excluded.used_at",
        vec![
            hash(&word).into(),
            person_id.into(),
            db.clock().now().into(),
        ],
    )
    .await?;
    Ok(word)
}

/// Forgets every browser of a person.
pub async fn forget_all(db: &Db, person_id: Uuid) -> Result<()> {
    db.write_statement(
        "DELETE FROM known_device WHERE person_id = $1",
        vec![person_id.into()],
    )
    .await?;
    Ok(())
}

/// Removes browsers that are known no longer.
pub async fn sweep(db: &Db) -> Result<()> {
    let before = db.clock().now() - KEEP;
    db.write_statement(
        "DELETE FROM known_device WHERE used_at < $1",
        vec![before.into()],
    )
    .await?;
    Ok(())
}

async fn any<const N: usize>(db: &Db, sql: &str, values: [Value; N]) -> Result<bool> {
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    Ok(db.reader().query_one_raw(statement).await?.is_some())
}
