//! Sessions: a random token in the browser, its hash in the table, and what the person likes.

mod actors;
pub mod preference;
pub mod table;
pub mod told;
pub mod vouched;

use std::sync::Arc;

use chrono::Duration;
use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement};
use uuid::Uuid;

use crate::actor::{Actor, PersonActor};
use crate::clock::{Instant, day};
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::random::{self, hash};
pub(crate) use actors::{actors, actors_among, actors_if, widen};
use preference::Preference;

/// How long sessions last.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Without a request.
    pub idle: Duration,
    /// In all.
    pub absolute: Duration,
}

/// A new session: the token goes into the cookie and is stored nowhere.
#[derive(Clone, Debug)]
pub struct Started {
    pub token: String,
}

/// A session found by its token.
#[derive(Clone, Debug)]
pub struct Session {
    pub actor: Actor,
    pub person_id: Uuid,
    pub name: String,
    pub salutation: Option<crate::person::Salutation>,
    pub email: Option<String>,
    /// The token every unsafe request must carry.
    pub csrf: String,
    pub token_hash: Vec<u8>,
    pub preference: Preference,
    /// What [`told::tell`] kept for the next page.
    pub told: Option<told::Told>,
}

/// Begins a session for a person who has proven who they are.
pub async fn start(db: &Db, person_id: Uuid, browser: &str, address: &str) -> Result<Started> {
    let (token, csrf) = (random::word()?, random::word()?);
    let now = db.clock().now();
    db.write_statement(
        "INSERT INTO session (token_hash, person_id, csrf, browser, address, created_at, used_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
        vec![
            hash(&token).into(),
            person_id.into(),
            csrf.into(),
            browser.chars().take(200).collect::<String>().into(),
            address.into(),
            now.into(),
        ],
    )
    .await?;
    Ok(Started { token })
}

#[derive(FromQueryResult)]
struct Found {
    person_id: Uuid,
    csrf: String,
    used_at: Instant,
    name: String,
    email: Option<String>,
    salutation: Option<crate::person::Salutation>,
    locale: Option<String>,
    theme: Option<String>,
    density: Option<String>,
    undo_seconds: Option<i32>,
    single_keys: Option<bool>,
    own_keys: Option<String>,
    told: Option<String>,
    told_at: Option<Instant>,
}

/// The question of what somebody may do; a change of a person, team or role asks it again.
#[derive(PartialEq, Eq, Hash)]
struct Acts(Uuid);

/// The session of a token, none when it is unknown, too old, or its person retired.
pub async fn find(db: &Db, token: &str, limits: Limits) -> Result<Option<Session>> {
    let now = db.clock().now();
    let token_hash = hash(token);
    let sql = "SELECT s.person_id, s.csrf, s.used_at, p.name, p.email, p.salutation, f.locale, f.theme, f.density, \
               f.undo_seconds, f.single_keys, f.keys AS own_keys, s.told, s.told_at FROM session s JOIN person p ON p.id = s.person_id \
               LEFT JOIN preference f ON f.person_id = p.id \
               WHERE s.token_hash = $1 AND s.used_at > $2 AND s.created_at > $3 AND p.retired_at IS NULL \
               AND (s.provider_id IS NULL OR s.vouched_at > $4)";
    let values = [
        token_hash.clone().into(),
        (now - limits.idle).into(),
        (now - limits.absolute).into(),
        (now - vouched::WITHOUT_WORD).into(),
    ];
    let backend = db.reader().get_database_backend();
    let found = Found::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
        .one(db.reader())
        .await?;
    let Some(found) = found else { return Ok(None) };
    if found.used_at < now - Duration::minutes(1) {
        db.write_note(
            "UPDATE session SET used_at = $1 WHERE token_hash = $2",
            vec![now.into(), token_hash.clone().into()],
        )
        .await?;
    }
    let acts = Acts(found.person_id);
    let actor = async || Ok(Arc::new(actor(db, found.person_id, &found.name).await?));
    let actor = db.kept_setting(acts, actor).await?;
    let likes = Preference::default();
    Ok(Some(Session {
        actor: Actor::Person(actor),
        person_id: found.person_id,
        name: found.name,
        salutation: found.salutation,
        email: found.email,
        csrf: found.csrf,
        token_hash,
        told: told::news(found.told, found.told_at, now),
        preference: Preference {
            locale: found.locale,
            theme: found.theme,
            density: found.density.unwrap_or(likes.density),
            undo_seconds: found.undo_seconds.unwrap_or(likes.undo_seconds),
            single_keys: found.single_keys.unwrap_or(likes.single_keys),
            own_keys: found.own_keys,
        },
    }))
}

/// A person as an actor, with grants and teams, whether signed in or not.
///
/// # Errors
/// `Hidden` when there is no such person or they are retired.
pub async fn actor_of(db: &Db, person_id: Uuid) -> Result<Actor> {
    let person = crate::person::Entity::find_by_id(person_id)
        .filter(crate::person::COLUMN.retired_at.is_null())
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)?;
    Ok(Actor::Person(Arc::new(
        actor(db, person.id, &person.name).await?,
    )))
}

async fn actor(db: &Db, person_id: Uuid, name: &str) -> Result<PersonActor> {
    let today = day(db.clock().now());
    let mut one = actors(db.reader(), vec![(person_id, name.to_owned())], today).await?;
    one.pop().ok_or(DeskError::Hidden)
}

/// Ends the session of a token.
pub async fn end(db: &Db, token: &str) -> Result<()> {
    db.write_statement(
        "DELETE FROM session WHERE token_hash = $1",
        vec![hash(token).into()],
    )
    .await?;
    Ok(())
}

/// Ends one session of a person, named by its hash.
pub async fn end_one(db: &Db, person_id: Uuid, token_hash: &[u8]) -> Result<()> {
    db.write_statement(
        "DELETE FROM session WHERE person_id = $1 AND token_hash = $2",
        vec![person_id.into(), token_hash.into()],
    )
    .await?;
    Ok(())
}

/// Ends all sessions of a person, for a new password or a retirement.
pub async fn end_all(db: &Db, person_id: Uuid) -> Result<()> {
    db.write_statement(
        "DELETE FROM session WHERE person_id = $1",
        vec![person_id.into()],
    )
    .await?;
    Ok(())
}

/// Ends all sessions of a person but one.
pub async fn end_others(db: &Db, person_id: Uuid, keep: &[u8]) -> Result<()> {
    db.write_statement(
        "DELETE FROM session WHERE person_id = $1 AND token_hash <> $2",
        vec![person_id.into(), keep.into()],
    )
    .await?;
    Ok(())
}

/// The sessions of a person, the last used first.
pub async fn of(db: &Db, person_id: Uuid) -> Result<Vec<table::Model>> {
    Ok(table::Entity::find()
        .filter(table::COLUMN.person_id.eq(person_id))
        .order_by_desc(table::Column::UsedAt)
        .all(db.reader())
        .await?)
}

/// Removes sessions past their limits, and what nobody came to read.
pub async fn sweep(db: &Db, limits: Limits) -> Result<()> {
    let now = db.clock().now();
    db.write_statement(
        "DELETE FROM session WHERE used_at < $1 OR created_at < $2",
        vec![(now - limits.idle).into(), (now - limits.absolute).into()],
    )
    .await?;
    told::sweep(db).await
}
