//! What became of each try to sign in: whom, when, from where, by which way, and why not. No token stands here.

use chrono::Duration;
use sea_orm::{DbBackend, EnumIter, FromQueryResult, Iterable as _, Statement, Value};
use uuid::Uuid;

use super::Seat;

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::page::{Cursor, Page};
use crate::policy::{self, Permission, Place};

/// How long entries are kept.
const KEEP: Duration = Duration::days(90);
/// The most characters of a detail.
const MOST_CHARS: usize = 300;

/// By which way somebody came, or wanted to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter)]
pub enum Way {
    #[default]
    Provider,
    Password,
    /// The password, and a code of an app.
    PasswordAndCode,
    /// The password, and a recovery code.
    PasswordAndRecoveryCode,
    /// A device that proves itself and its holder.
    Passkey,
    /// A link in a mail.
    Link,
}

impl Way {
    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            Way::Provider => "provider",
            Way::Password => "password",
            Way::PasswordAndCode => "password_and_code",
            Way::PasswordAndRecoveryCode => "password_and_recovery_code",
            Way::Passkey => "passkey",
            Way::Link => "link",
        }
    }

    /// Reads what `name` wrote.
    pub fn from_name(name: &str) -> Option<Way> {
        Way::iter().find(|way| way.name() == name)
    }
}

/// One try.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entry<'a> {
    pub way: Way,
    pub provider_id: Option<Uuid>,
    /// None when it is not known who it was.
    pub person_id: Option<Uuid>,
    /// `started`, or the name of a refusal.
    pub outcome: &'a str,
    /// For those who run the desk: what exactly was wrong. Never a token or a secret.
    pub detail: &'a str,
    pub address: &'a str,
    pub browser: &'a str,
    /// Until when nobody gets in from there, for who was told to wait.
    pub locked_until: Option<Instant>,
}

impl<'a> Entry<'a> {
    /// One from this seat.
    pub fn at(seat: &Seat<'a>) -> Entry<'a> {
        Entry {
            address: seat.address,
            browser: seat.browser,
            ..Entry::default()
        }
    }
}

/// A line of a person's list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct OfPerson {
    pub id: Uuid,
    pub at: Instant,
    /// The name of a [`Way`].
    pub way: String,
    pub provider_name: Option<String>,
    pub outcome: String,
    pub address: String,
    pub browser: String,
}

/// A line of a provider's list.
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
        "INSERT INTO sign_in_entry (id, at, provider_id, person_id, outcome, detail, address, browser, way, locked_until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        vec![
            id.into(),
            db.clock().now().into(),
            entry.provider_id.into(),
            entry.person_id.into(),
            entry.outcome.into(),
            short(entry.detail, MOST_CHARS).into(),
            entry.address.into(),
            short(entry.browser, 200).into(),
            entry.way.name().into(),
            entry.locked_until.into(),
        ],
    )
    .await?;
    Ok(id)
}

/// Until when a person `p` has to wait after failures, on `$3`: nothing once they came in by another way.
pub(crate) const LOCKED_UNTIL: &str = "(SELECT max(l.locked_until) FROM sign_in_entry l WHERE l.person_id = p.id \
     AND l.locked_until > $3 AND NOT EXISTS (SELECT 1 FROM sign_in_entry s WHERE s.person_id = p.id \
     AND s.at >= l.at AND s.outcome = 'started'))";

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

/// A person's tries, the newest first; their own, or for those who may manage roles.
///
/// # Errors
/// `Forbidden` for others.
pub async fn of_person(
    db: &Db,
    actor: &Actor,
    person_id: Uuid,
    after: Option<&Cursor>,
    most: u64,
) -> Result<Page<OfPerson>> {
    policy::require(actor, Permission::ManageRoles, Place::Account { person_id })?;
    let from = after.and_then(|c| Some((c.key.parse::<Instant>().ok()?, c.id)));
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let rows = OfPerson::find_by_statement(of_person_statement(backend, person_id, from, most))
        .all(db.reader())
        .await?;
    Ok(Page::cut(rows, most, |row| Cursor {
        key: row.at.to_rfc3339(),
        id: row.id,
    }))
}

/// The statement of [`of_person`].
pub fn of_person_statement(
    backend: DbBackend,
    person_id: Uuid,
    from: Option<(Instant, Uuid)>,
    most: u64,
) -> Statement {
    let mut values: Vec<Value> = vec![person_id.into()];
    let below = match from {
        Some((at, id)) => {
            values.extend([at.into(), id.into()]);
            "AND (e.at, e.id) < ($2, $3)"
        }
        None => "",
    };
    let sql = format!(
        "SELECT e.id, e.at, e.way, v.name AS provider_name, e.outcome, e.address, e.browser FROM sign_in_entry e \
         LEFT JOIN identity_provider v ON v.id = e.provider_id WHERE e.person_id = $1 {below} \
         ORDER BY e.at DESC, e.id DESC LIMIT {}",
        most + 1
    );
    Statement::from_sql_and_values(backend, sql, values)
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
