//! What became of each try to sign in by a provider: whom, when, from where, and why not. No token stands here.

use chrono::Duration;
use sea_orm::{FromQueryResult, Statement};
use uuid::Uuid;

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};

/// How long entries are kept.
const KEEP: Duration = Duration::days(90);
/// The most characters of a detail.
const MOST_CHARS: usize = 300;

/// One try.
#[derive(Clone, Debug, Default)]
pub struct Entry<'a> {
    pub provider_id: Option<Uuid>,
    /// None when it is not known who it was.
    pub person_id: Option<Uuid>,
    /// `started`, or the name of a refusal.
    pub outcome: &'a str,
    /// For those who run the desk: what exactly was wrong. Never a token or a secret.
    pub detail: &'a str,
    pub address: &'a str,
    pub browser: &'a str,
}

/// A line of the list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Row {
    pub id: Uuid,
    pub at: Instant,
    pub person_name: Option<String>,
    pub outcome: String,
    pub detail: String,
    pub address: String,
}

/// Notes a try; the id is what a page names, so that it can be found.
pub async fn note(db: &Db, entry: &Entry<'_>) -> Result<Uuid> {
    let id = crate::new_id();
    let short = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    db.write_statement(
        "INSERT INTO sign_in_entry (id, at, provider_id, person_id, outcome, detail, address, browser) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        vec![
            id.into(),
            db.clock().now().into(),
            entry.provider_id.into(),
            entry.person_id.into(),
            entry.outcome.into(),
            short(entry.detail, MOST_CHARS).into(),
            entry.address.into(),
            short(entry.browser, 200).into(),
        ],
    )
    .await?;
    Ok(id)
}

/// The newest tries by a provider.
///
/// # Errors
/// `Forbidden` for those who may not manage roles.
pub async fn of_provider(db: &Db, actor: &Actor, provider_id: Uuid, most: i64) -> Result<Vec<Row>> {
    policy::require(actor, Permission::ManageRoles, Place::Desk)?;
    let sql = "SELECT e.id, e.at, p.name AS person_name, e.outcome, e.detail, e.address FROM sign_in_entry e \
               LEFT JOIN person p ON p.id = e.person_id WHERE e.provider_id = $1 ORDER BY e.at DESC, e.id DESC LIMIT $2";
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let values = [provider_id.into(), most.into()];
    Ok(
        Row::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
            .all(db.reader())
            .await?,
    )
}

/// Removes entries that are older than they are kept.
pub async fn sweep(db: &Db) -> Result<()> {
    let before = db.clock().now() - KEEP;
    db.write_statement(
        "DELETE FROM sign_in_entry WHERE at < $1",
        vec![before.into()],
    )
    .await?;
    Ok(())
}
