//! Signing in by a password, and what every way in has in common: tries that are counted, browsers that are known, entries.

pub mod device;
pub mod entry;
pub mod used;

mod forgotten;
mod tries;

use chrono::Duration;
use sea_orm::{EntityTrait, FromQueryResult, Statement};
use uuid::Uuid;

use crate::actor::{Actor, Rule};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::person::password;
use crate::person::password_rules::MOST_CHARS;
use crate::session::{self, Started};
use crate::text;
use entry::{Entry, Way};
pub use forgotten::forgotten;
use tries::{Begun, Tries, count, over};
pub(crate) use tries::{count_stranger, count_up_to};

/// Who acts when a provider vouches for somebody.
pub(crate) const SIGN_ON: Actor = Actor::System(Rule::SignOn);

/// Who acts for people that have not signed in yet and bring a link.
pub const OWN_ACCOUNT: Actor = Actor::System(Rule::OwnAccount);

/// How many failures are borne within the window.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub per_account: u32,
    pub per_address: u32,
    pub window: Duration,
}

/// Where somebody sits who wants in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seat<'a> {
    /// The browser's own name.
    pub browser: &'a str,
    /// The network address.
    pub address: &'a str,
    /// What the browser keeps since somebody got in by it.
    pub device: Option<&'a str>,
}

/// What was typed, as it was typed.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    pub email: &'a str,
    pub password: &'a str,
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is this person's password.
    Right(Uuid),
    /// No such account, no password, or a wrong one: which of them is not told.
    Wrong,
    /// Too many failures; the password was not looked at.
    WaitUntil(Instant),
}

/// An open door: both words go into cookies and are stored nowhere.
#[derive(Clone, Debug)]
pub struct Opened {
    pub started: Started,
    pub device: String,
}

#[derive(FromQueryResult)]
struct Account {
    id: Uuid,
    password_hash: Option<String>,
}

/// Compares the password. An unknown account costs the same time as a known one.
///
/// # Errors
/// Only the database's own.
pub async fn sign_in(
    db: &Db,
    attempt: Attempt<'_>,
    seat: Seat<'_>,
    limits: Limits,
) -> Result<Outcome> {
    let email = text::address(attempt.email);
    let account = account(db, &email).await?;
    let person_id = account.as_ref().map(|a| a.id);
    let entry = Entry {
        way: Way::Password,
        person_id,
        ..Entry::at(&seat)
    };
    let tries = match guarded(db, &email, &seat, limits, &entry).await? {
        Ok(tries) => tries,
        Err(until) => return Ok(Outcome::WaitUntil(until)),
    };
    let hash = account.as_ref().and_then(|a| a.password_hash.as_deref());
    let fits = attempt.password.chars().count() <= MOST_CHARS;
    let typed = if fits { attempt.password } else { "" };
    let right = password::verify(typed, hash).await;
    match account.filter(|_| right) {
        Some(account) => {
            tries.succeeded(db).await?;
            Ok(Outcome::Right(account.id))
        }
        None => {
            let outcome = "wrong";
            entry::note(db, &Entry { outcome, ..entry }).await?;
            Ok(Outcome::Wrong)
        }
    }
}

/// Counts a try on an account, or says until when to wait; the first who is told so is noted.
pub(crate) async fn guarded(
    db: &Db,
    account: &str,
    seat: &Seat<'_>,
    limits: Limits,
    entry: &Entry<'_>,
) -> Result<Result<Tries, Instant>> {
    let known = match entry.person_id {
        Some(id) => device::is_known(db, id, seat).await?,
        None => false,
    };
    let tries = Tries::of(account, seat, known, limits);
    match tries.begin(db).await? {
        Begun::Open => Ok(Ok(tries)),
        Begun::Wait { until, first } => {
            if first {
                let locked = Entry {
                    outcome: "locked",
                    locked_until: Some(until),
                    ..*entry
                };
                entry::note(db, &locked).await?;
            }
            Ok(Err(until))
        }
    }
}

/// Begins a session for a person who has proven who they are, notes it, and knows the browser from now on.
pub async fn let_in(db: &Db, person_id: Uuid, way: Way, seat: Seat<'_>) -> Result<Opened> {
    let started = session::start(db, person_id, seat.browser, seat.address).await?;
    let device = device::remember(db, person_id, &seat).await?;
    let entry = Entry {
        way,
        person_id: Some(person_id),
        outcome: "started",
        ..Entry::at(&seat)
    };
    entry::note(db, &entry).await?;
    Ok(Opened { started, device })
}

/// Counts a refusal that no password is behind, such as a state nobody gave out; tells how long to wait when there were
/// too many.
pub async fn refused(db: &Db, address: &str, limits: Limits) -> Result<Option<Instant>> {
    let counter = count(db, &tries::address_key(address), limits.window).await?;
    let until = counter.since_at + limits.window;
    Ok(over(counter.failures, limits.per_address).then_some(until))
}

/// What became of the question whether somebody knows their own password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    Yes,
    No,
    /// Too many failures; the password was not looked at.
    WaitUntil(Instant),
}

/// Whether this is the person's password; for those who are signed in and change it. Failures count apart.
///
/// # Errors
/// `Hidden` when there is no such person.
pub async fn confirm(db: &Db, person_id: Uuid, typed: &str, limits: Limits) -> Result<Confirmed> {
    let key = format!("confirm {person_id}");
    let counter = count(db, &key, limits.window).await?;
    if over(counter.failures, limits.per_account) {
        return Ok(Confirmed::WaitUntil(counter.since_at + limits.window));
    }
    let hash = hash_of(db, person_id).await?;
    if !password::verify(typed, hash.as_deref()).await {
        return Ok(Confirmed::No);
    }
    let sql = "DELETE FROM sign_in_counter WHERE key = $1";
    db.write_statement(sql, vec![key.into()]).await?;
    Ok(Confirmed::Yes)
}

async fn hash_of(db: &Db, person_id: Uuid) -> Result<Option<String>> {
    let person = crate::person::Entity::find_by_id(person_id)
        .one(db.reader())
        .await?;
    Ok(person.ok_or(DeskError::Hidden)?.password_hash)
}

/// Removes counters whose window has passed.
pub async fn sweep(db: &Db, window: Duration) -> Result<()> {
    let before = db.clock().now() - window.max(forgotten::WINDOW);
    db.write_statement(
        "DELETE FROM sign_in_counter WHERE since_at <= $1",
        vec![before.into()],
    )
    .await?;
    device::sweep(db).await
}

async fn account(db: &Db, email: &str) -> Result<Option<Account>> {
    let sql = "SELECT id, password_hash FROM person WHERE email = $1 AND retired_at IS NULL";
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let statement = Statement::from_sql_and_values(backend, sql, [email.into()]);
    Ok(Account::find_by_statement(statement)
        .one(db.reader())
        .await?)
}
