//! Keys of forms: each changes something once.

use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, Statement};
use uuid::Uuid;

use crate::clock::Instant;
use crate::error::Result;

/// Marks a form's key as used; gives the subject it changed when it was used before.
pub(super) async fn use_key(
    tx: &DatabaseTransaction,
    key: &str,
    subject_id: Uuid,
    now: Instant,
) -> Result<Option<Uuid>> {
    use crate::outbox::once_key;
    // On PostgreSQL this waits for another transaction with the same key, then finds its row.
    let inserted = tx
        .execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "INSERT INTO once_key (key, subject_id, used_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            [key.into(), subject_id.into(), now.into()],
        ))
        .await?;
    if inserted.rows_affected() == 1 {
        return Ok(None);
    }
    let earlier = once_key::Entity::find()
        .filter(once_key::COLUMN.key.eq(key))
        .one(tx)
        .await?;
    Ok(earlier.map(|row| row.subject_id))
}
