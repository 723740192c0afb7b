//! States that came back from a provider: each opens the door once.

use chrono::Duration;
use sha2::{Digest, Sha256};

use crate::db::Db;
use crate::error::Result;

/// How long a way to a provider and back may take.
pub const WITHIN: Duration = Duration::minutes(10);

/// Uses up a state; false when that was done before.
pub async fn use_up(db: &Db, state: &str) -> Result<bool> {
    let hash = Sha256::digest(state.as_bytes()).to_vec();
    let sql =
        "INSERT INTO used_state (hash, used_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";
    let used = db
        .write_statement(sql, vec![hash.into(), db.clock().now().into()])
        .await?;
    Ok(used.rows_affected() == 1)
}

/// Removes states that are too old to come back anyway.
pub async fn sweep(db: &Db) -> Result<()> {
    let before = db.clock().now() - WITHIN * 2;
    db.write_statement(
        "DELETE FROM used_state WHERE used_at < $1",
        vec![before.into()],
    )
    .await?;
    Ok(())
}
