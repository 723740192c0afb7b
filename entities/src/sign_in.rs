//! Signing in: failed attempts are counted by account and by network address.

pub mod entry;
pub mod used;

use std::net::IpAddr;

use chrono::Duration;
use sea_orm::{EntityTrait, FromQueryResult, Statement, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::actor::{Actor, Rule};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::permit::{Desk, Permit};
use crate::person::password_rules::MOST_CHARS;
use crate::person::{AskReset, password};
use crate::session::{self, Started};

/// Who acts when a provider vouches for somebody.
pub(crate) const SIGN_ON: Actor = Actor::System(Rule::SignOn);

/// Who acts for people that have not signed in yet and bring a link.
pub const OWN_ACCOUNT: Actor = Actor::System(Rule::OwnAccount);

/// So many mails with a link a person gets within the time that one of them holds.
const MOST_MAILS: u32 = 3;
const ASKING_WINDOW: Duration = Duration::hours(1);

/// How many failures are borne within the window.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub per_account: u32,
    pub per_address: u32,
    pub window: Duration,
}

/// Who wants in, from where.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// As it was typed.
    pub email: &'a str,
    pub password: &'a str,
    /// The browser's own name.
    pub browser: &'a str,
    /// The network address.
    pub address: &'a str,
}

/// What became of an attempt.
#[derive(Clone, Debug)]
pub enum Outcome {
    Started(Started),
    /// No such account, no password, or a wrong one: which of them is not told.
    Wrong,
    /// Too many failures; the password was not looked at.
    WaitUntil(Instant),
}

#[derive(FromQueryResult)]
struct Account {
    id: Uuid,
    password_hash: Option<String>,
    is_at_home: bool,
}

#[derive(FromQueryResult)]
struct Counter {
    failures: i32,
    since_at: Instant,
}

/// Compares the password and begins a session. An unknown account costs the same time as a known one.
///
/// Every attempt is counted before the password is looked at, so that many at once gain nothing. Failures from
/// an address where the person is signed in count apart: a stranger's failures elsewhere do not lock them out there.
///
/// # Errors
/// Only the database's own.
pub async fn sign_in(db: &Db, attempt: Attempt<'_>, limits: Limits) -> Result<Outcome> {
    let email = attempt.email.trim().to_lowercase();
    let address = address_key(attempt.address);
    let account = account(db, &email, attempt.address).await?;
    let home = match &account {
        Some(account) if account.is_at_home => attempt.address,
        _ => "",
    };
    let account_key = account_key(&email, home);
    if let Some(until) = wait_at(db, &address, limits.per_address, limits.window).await? {
        return Ok(Outcome::WaitUntil(until));
    }
    for (key, most) in [
        (&account_key, limits.per_account),
        (&address, limits.per_address),
    ] {
        let counter = count(db, key, limits.window).await?;
        if over(counter.failures, most) {
            return Ok(Outcome::WaitUntil(counter.since_at + limits.window));
        }
    }
    let hash = account.as_ref().and_then(|a| a.password_hash.as_deref());
    let fits = attempt.password.chars().count() <= MOST_CHARS;
    let typed = if fits { attempt.password } else { "" };
    let right = password::verify(typed, hash).await;
    let Some(account) = account.filter(|_| right) else {
        return Ok(Outcome::Wrong);
    };
    forget(db, &account_key, &address).await?;
    let started = session::start(db, account.id, attempt.browser, attempt.address).await?;
    Ok(Outcome::Started(started))
}

/// Counts a refusal that no password is behind, such as a state nobody gave out; tells how long to wait when there were
/// too many.
pub async fn refused(db: &Db, address: &str, limits: Limits) -> Result<Option<Instant>> {
    let counter = count(db, &address_key(address), limits.window).await?;
    let until = counter.since_at + limits.window;
    Ok(over(counter.failures, limits.per_address).then_some(until))
}

/// Somebody says that they forgot their password: the person of the address is sent a mail. Whether there is one, and whether
/// they were asked for too often, is not told; only that too many were asked for from one place.
///
/// # Errors
/// Only the database's own.
pub async fn forgotten(db: &Db, email: &str, address: &str, limits: Limits) -> Result<Option<Instant>> {
    let here = format!("forgotten at {}", address_key(address));
    let counter = count(db, &here, ASKING_WINDOW).await?;
    if over(counter.failures, limits.per_address) {
        return Ok(Some(counter.since_at + ASKING_WINDOW));
    }
    let email = crate::text::address(email);
    let counter = count(db, &format!("forgotten {}", account_key(&email, "")), ASKING_WINDOW).await?;
    if over(counter.failures, MOST_MAILS) {
        return Ok(None);
    }
    let Some(person) = crate::person::by_email(db, &email).await? else {
        return Ok(None);
    };
    let permit = Permit::ask(&OWN_ACCOUNT, Desk)?;
    match db.change(permit, AskReset { id: person.id }).await {
        Ok(_) | Err(DeskError::Rejected(_)) => Ok(None),
        Err(error) => Err(error),
    }
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
    let before = db.clock().now() - window.max(ASKING_WINDOW);
    db.write_statement(
        "DELETE FROM sign_in_counter WHERE since_at <= $1",
        vec![before.into()],
    )
    .await?;
    Ok(())
}

async fn account(db: &Db, email: &str, address: &str) -> Result<Option<Account>> {
    let sql = "SELECT id, password_hash, EXISTS (SELECT 1 FROM session WHERE person_id = person.id AND address = $2) \
               AS is_at_home FROM person WHERE email = $1 AND retired_at IS NULL";
    let backend = db.reader().get_database_backend();
    let values: [Value; 2] = [email.into(), address.into()];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    Ok(Account::find_by_statement(statement)
        .one(db.reader())
        .await?)
}

async fn wait_at(db: &Db, key: &str, most: u32, window: Duration) -> Result<Option<Instant>> {
    let now = db.clock().now();
    let sql = "SELECT failures, since_at FROM sign_in_counter WHERE key = $1 AND since_at > $2";
    let backend = db.reader().get_database_backend();
    let values: [Value; 2] = [key.into(), (now - window).into()];
    let counter = Counter::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
        .one(db.reader())
        .await?;
    Ok(counter
        .filter(|c| over(c.failures.saturating_add(1), most))
        .map(|c| c.since_at + window))
}

async fn count(db: &Db, key: &str, window: Duration) -> Result<Counter> {
    let now = db.clock().now();
    let sql = "INSERT INTO sign_in_counter (key, failures, since_at) VALUES ($1, 1, $2) \
               ON CONFLICT (key) DO UPDATE SET \
               failures = CASE WHEN sign_in_counter.since_at <= $3 THEN 1 ELSE sign_in_counter.failures + 1 END, \
               since_at = CASE WHEN sign_in_counter.since_at <= $3 THEN excluded.since_at ELSE sign_in_counter.since_at END \
               RETURNING failures, since_at";
    let backend = db.writer().get_database_backend();
    let values: [Value; 3] = [key.into(), now.into(), (now - window).into()];
    Counter::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
        .one(db.writer())
        .await?
        .ok_or_else(|| DeskError::Damaged("a counter was not stored".to_owned()))
}

/// A success takes back what it was counted as.
async fn forget(db: &Db, account_key: &str, address_key: &str) -> Result<()> {
    db.write_statement(
        "DELETE FROM sign_in_counter WHERE key = $1",
        vec![account_key.into()],
    )
    .await?;
    db.write_statement(
        "UPDATE sign_in_counter SET failures = failures - 1 WHERE key = $1 AND failures > 0",
        vec![address_key.into()],
    )
    .await?;
    Ok(())
}

fn over(failures: i32, most: u32) -> bool {
    i64::from(failures) > i64::from(most)
}

/// Hashed: people type passwords into the wrong field.
fn account_key(email: &str, home: &str) -> String {
    let digest = Sha256::digest(format!("{email}\n{home}").as_bytes());
    format!("account {}", hex::encode(digest))
}

/// One customer of a provider owns a whole /64 of IPv6.
fn address_key(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("address {a:x}:{b:x}:{c:x}:{d:x}")
        }
        _ => format!("address {address}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_ipv6_count_together() {
        assert_eq!(address_key("2001:db8::1"), address_key("2001:db8::ffff"));
        assert_ne!(
            address_key("2001:db8:0:1::1"),
            address_key("2001:db8:0:2::1")
        );
        assert_eq!(address_key("192.0.2.7"), "address 192.0.2.7");
    }

    #[test]
    fn what_was_typed_is_not_in_the_counter() {
        assert!(!account_key("secret", "").contains("secret"));
    }
}
