//! Mails that were given up and wait for a person.

use sea_orm::{FromQueryResult, Statement};
use uuid::Uuid;

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};

/// A mail that did not leave, with its ticket.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Dead {
    pub message_id: Uuid,
    pub number: String,
    pub title: String,
    /// JSON array of the envelope's recipients.
    pub recipients: String,
    /// The server's words.
    pub last_error: Option<String>,
    pub attempts: i32,
    pub created_at: Instant,
}

/// Mails given up, the oldest first, at most 200.
///
/// # Errors
/// `Forbidden` without `SettleMail`.
pub async fn list(db: &Db, actor: &Actor) -> Result<Vec<Dead>> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    let sql = "SELECT o.message_id, t.number, t.title, o.recipients, o.last_error, o.attempts, o.created_at \
               FROM outbound_mail o JOIN ticket t ON t.id = o.ticket_id WHERE o.state = 'dead' \
               ORDER BY o.created_at, o.message_id LIMIT 200";
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    Ok(
        Dead::find_by_statement(Statement::from_string(backend, sql))
            .all(db.reader())
            .await?,
    )
}
