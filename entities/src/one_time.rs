//! Links that open one thing once: a random word in a mail, its hash in the table, for one purpose and one person.
//!
//! [`make`] is called where the mail is written, so that the word stands nowhere else. [`whose`] serves the page behind the
//! link and uses nothing up, because mail scanners open it first. [`use_up`] is called when the person acts.

use chrono::Duration;
use sea_orm::{FromQueryResult, Statement, Value};
use uuid::Uuid;

use crate::db::Db;
use crate::error::Result;
use crate::guest::invitation::LINK_HOLDS;
use crate::random;

/// How long links that hold no more are kept, so that it can be seen that they were used.
const KEEP: Duration = Duration::days(30);

/// What a link opens. It opens nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new password in place of a forgotten one.
    ResetPassword,
    /// The first password of somebody who was invited into the portal.
    Invitation,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Purpose::ResetPassword => "reset_password",
            Purpose::Invitation => "invitation",
        }
    }

    /// What else must hold.
    fn also(self) -> &'static str {
        match self {
            Purpose::ResetPassword => "",
            Purpose::Invitation => LINK_HOLDS,
        }
    }

    /// How long such a link holds.
    pub fn lasts(self) -> Duration {
        match self {
            Purpose::ResetPassword => Duration::hours(1),
            Purpose::Invitation => Duration::days(7),
        }
    }
}

/// Makes a link for a person; gives its word. Those made before hold on, because their mails may still arrive.
pub async fn make(db: &Db, purpose: Purpose, person_id: Uuid) -> Result<String> {
    let word = random::word()?;
    let now = db.clock().now();
    db.write_statement(
        "INSERT INTO one_time_link (hash, purpose, person_id, created_at, valid_until) VALUES ($1, $2, $3, $4, $5)",
        vec![
            random::hash(&word).into(),
            purpose.name().into(),
            person_id.into(),
            now.into(),
            (now + purpose.lasts()).into(),
        ],
    )
    .await?;
    Ok(word)
}

#[derive(FromQueryResult)]
struct Of {
    person_id: Uuid,
}

/// What holds: known for this purpose, not used, not too old, and of somebody who is not retired.
const HOLDS: &str = "hash = $1 AND purpose = $2 AND used_at IS NULL AND valid_until > $3 AND EXISTS \
                     (SELECT 1 FROM person p WHERE p.id = one_time_link.person_id AND p.retired_at IS NULL)";

/// Whom a link is for, as long as it holds.
pub async fn whose(db: &Db, purpose: Purpose, word: &str) -> Result<Option<Uuid>> {
    let sql = format!(
        "SELECT person_id FROM one_time_link WHERE {HOLDS} {}",
        purpose.also()
    );
    let now = db.clock().now();
    let values = vec![random::hash(word).into(), purpose.name().into(), now.into()];
    find(db, sql, values).await
}

/// Whom a link was for, whether it holds or not.
pub async fn once_of(db: &Db, purpose: Purpose, word: &str) -> Result<Option<Uuid>> {
    let sql = "SELECT person_id FROM one_time_link WHERE hash = $1 AND purpose = $2".to_owned();
    let values = vec![random::hash(word).into(), purpose.name().into()];
    find(db, sql, values).await
}

async fn find(db: &Db, sql: String, values: Vec<Value>) -> Result<Option<Uuid>> {
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let found = Of::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
        .one(db.reader())
        .await?;
    Ok(found.map(|of| of.person_id))
}

/// Uses a link up; of several at once one succeeds. Others of the same purpose and person end with it.
pub async fn use_up(db: &Db, purpose: Purpose, word: &str) -> Result<Option<Uuid>> {
    let sql = format!(
        "UPDATE one_time_link SET used_at = $3 WHERE {HOLDS} {} RETURNING person_id",
        purpose.also()
    );
    let values = vec![
        random::hash(word).into(),
        purpose.name().into(),
        db.clock().now().into(),
    ];
    let Some(Of { person_id }) = db.write_returning(&sql, values).await? else {
        return Ok(None);
    };
    withdraw(db, purpose, person_id).await?;
    Ok(Some(person_id))
}

/// Ends all links of a purpose that a person has.
pub async fn withdraw(db: &Db, purpose: Purpose, person_id: Uuid) -> Result<()> {
    let now = db.clock().now();
    db.write_statement(
        "UPDATE one_time_link SET valid_until = $1 WHERE person_id = $2 AND purpose = $3 AND used_at IS NULL \
         AND valid_until > $1",
        vec![now.into(), person_id.into(), purpose.name().into()],
    )
    .await?;
    Ok(())
}

/// Removes links that have long ended.
pub async fn sweep(db: &Db) -> Result<()> {
    let before = db.clock().now() - KEEP;
    db.write_statement(
        "DELETE FROM one_time_link WHERE valid_until < $1",
        vec![before.into()],
    )
    .await?;
    Ok(())
}
