//! What persons decided about mails: who, when, what, and why in their words.

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, Statement};

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};

/// The content beside an event of a mail; the event holds the digest of the reason.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_decision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub mail_id: Uuid,
    pub decided_at: DateTimeUtc,
    pub person_id: Option<Uuid>,
    /// The event's name: `retried`, `ignored` or `became_ticket`.
    pub decision: String,
    pub reason: Option<String>,
    pub ticket_id: Option<Uuid>,
    pub salt: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

/// A decision as the page of a mail tells it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Told {
    pub decided_at: Instant,
    /// None: the system.
    pub person: Option<String>,
    pub decision: String,
    pub reason: Option<String>,
}

/// All decisions about a mail, the oldest first.
///
/// # Errors
/// `Forbidden` without `SettleMail`.
pub async fn of(db: &Db, actor: &Actor, mail_id: Uuid) -> Result<Vec<Told>> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    let sql = "SELECT d.decided_at, p.name AS person, d.decision, d.reason FROM mail_decision d \
               LEFT JOIN person p ON p.id = d.person_id WHERE d.mail_id = $1 ORDER BY d.decided_at, d.id";
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let statement = Statement::from_sql_and_values(backend, sql, [mail_id.into()]);
    Ok(Told::find_by_statement(statement).all(db.reader()).await?)
}
