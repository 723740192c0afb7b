//! Work that was given up: where it belongs, and how it is taken up again.

use sea_orm::{FromQueryResult, Statement};
use uuid::Uuid;

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::{self, Permission, Place};

/// A piece of work nobody does any more.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct DeadWork {
    pub id: Uuid,
    /// `send_mail`, `send_receipt` and whatever else events lead to.
    pub effect: String,
    /// The ticket of the message it is about, if it is about one.
    pub number: Option<String>,
    /// Of that ticket, or of the article it is about.
    pub title: Option<String>,
    /// The person whose account it is about, if it is about one.
    pub person: Option<String>,
    pub last_error: Option<String>,
    pub attempts: i32,
    pub created_at: Instant,
}

/// Work given up, the oldest first, at most 200.
///
/// # Errors
/// `Forbidden` without `SettleMail`.
pub async fn list(db: &Db, actor: &Actor) -> Result<Vec<DeadWork>> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    let sql = "SELECT o.id, o.effect, t.number, COALESCE(t.title, a.title) AS title, p.name AS person, o.last_error, o.attempts, o.created_at FROM outbox o \
               LEFT JOIN message m ON m.id = o.subject_id LEFT JOIN ticket t ON t.id = m.ticket_id \
               LEFT JOIN person p ON p.id = o.subject_id LEFT JOIN article a ON a.id = o.subject_id \
               WHERE o.state = 'dead' ORDER BY o.created_at, o.id LIMIT 200";
    let backend = db.reader().get_database_backend();
    Ok(
        DeadWork::find_by_statement(Statement::from_string(backend, sql))
            .all(db.reader())
            .await?,
    )
}

/// Takes a piece of work up again, with all its attempts.
///
/// # Errors
/// `Forbidden` without `SettleMail`; `Hidden` when it is not given up.
pub async fn again(db: &Db, actor: &Actor, id: Uuid) -> Result<()> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    let changed = db
        .write_statement(
            "UPDATE outbox SET state = 'waiting', attempts = 0, not_before = $1, claimed_until = NULL \
             WHERE id = $2 AND state = 'dead'",
            vec![db.clock().now().into(), id.into()],
        )
        .await?;
    match changed.rows_affected() {
        0 => Err(DeskError::Hidden),
        _ => Ok(()),
    }
}
