//! Mails that do not get out: given up and waiting for a person, or waiting for the next try.

use sea_orm::{FromQueryResult, Statement};
use uuid::Uuid;

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};

/// A mail that did not leave, with its ticket.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Stuck {
    pub message_id: Uuid,
    pub number: String,
    pub title: String,
    /// JSON array of the envelope's recipients.
    recipients: String,
    /// The server's words.
    pub last_error: Option<String>,
    pub attempts: i32,
    pub created_at: Instant,
    state: String,
    not_before: Instant,
    limited_until: Option<Instant>,
}

impl Stuck {
    /// The envelope's recipients.
    pub fn recipients(&self) -> Vec<String> {
        serde_json::from_str(&self.recipients).unwrap_or_default()
    }

    /// When it is tried again; none when it was given up.
    pub fn waits_until(&self) -> Option<Instant> {
        (self.state != "dead").then_some(self.not_before)
    }

    /// Whether it waits because its mailbox has sent enough for the hour.
    pub fn is_limited(&self) -> bool {
        self.state != "dead" && self.limited_until.is_some()
    }
}

/// Mails given up, the oldest first, at most 200.
///
/// # Errors
/// `Forbidden` without `SettleMail`.
pub async fn list(db: &Db, actor: &Actor) -> Result<Vec<Stuck>> {
    read(db, actor, "o.state = 'dead'").await
}

/// Mails that failed and are tried again, and those that wait for the hour; the oldest first, at most 200.
///
/// # Errors
/// `Forbidden` without `SettleMail`.
pub async fn waiting(db: &Db, actor: &Actor) -> Result<Vec<Stuck>> {
    let stuck = "o.state = 'queued' AND (o.last_error IS NOT NULL OR o.limited_until IS NOT NULL)";
    read(db, actor, stuck).await
}

async fn read(db: &Db, actor: &Actor, which: &str) -> Result<Vec<Stuck>> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    let sql = format!(
        "SELECT o.message_id, t.number, t.title, o.recipients, o.last_error, o.attempts, o.created_at, o.state, \
         o.not_before, o.limited_until FROM outbound_mail o JOIN ticket t ON t.id = o.ticket_id WHERE {which} \
         ORDER BY o.created_at, o.message_id LIMIT 200"
    );
    let backend = db.reader().get_database_backend();
    Ok(
        Stuck::find_by_statement(Statement::from_string(backend, sql))
            .all(db.reader())
            .await?,
    )
}
