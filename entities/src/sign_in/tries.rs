//! Tries are counted where they come from, so that whoever fails on somebody's account locks out nobody but themselves.

use std::net::IpAddr;

use chrono::Duration;
use sea_orm::{FromQueryResult, Statement, Value};
use sha2::{Digest, Sha256};

use super::{Limits, Seat};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};

/// An account bears so many times the failures of one place from all unknown places together.
const PLACES: u32 = 10;

/// The counters of one try, each with what it bears.
pub(crate) struct Tries {
    counters: Vec<(String, u32)>,
    window: Duration,
}

/// Whether a try may go on.
pub(crate) enum Begun {
    Open,
    Wait {
        until: Instant,
        /// Nobody was told to wait by this counter before.
        first: bool,
    },
}

#[derive(FromQueryResult)]
pub(super) struct Counter {
    pub failures: i32,
    pub since_at: Instant,
}

impl Tries {
    /// On this account from this seat. A browser that got in before is counted by itself alone; any other by its network address,
    /// by account and address together, and by the account from all such places.
    pub fn of(account: &str, seat: &Seat<'_>, known: bool, limits: Limits) -> Tries {
        let hashed = |what: &str, place: &str| format!("{what} {}", digest(account, place));
        let counters = match seat.device.filter(|_| known) {
            Some(device) => vec![(hashed("device", device), limits.per_account)],
            None => {
                let here = address_key(seat.address);
                vec![
                    (here.clone(), limits.per_address),
                    (hashed("account", &here), limits.per_account),
                    (
                        hashed("everywhere", ""),
                        limits.per_account.saturating_mul(PLACES),
                    ),
                ]
            }
        };
        Tries {
            counters,
            window: limits.window,
        }
    }

    /// Counts the try before anything is looked at, so that many at once gain nothing. What must wait anyway is counted
    /// nowhere else: one place never uses up what an account bears from all of them.
    pub async fn begin(&self, db: &Db) -> Result<Begun> {
        for (key, most) in &self.counters {
            let failures = read(db, key, self.window).await?;
            let Some(counter) = failures.filter(|c| over(c.failures.saturating_add(1), *most))
            else {
                continue;
            };
            let until = counter.since_at + self.window;
            let first = !over(counter.failures, *most);
            if first {
                count(db, key, self.window).await?;
            }
            return Ok(Begun::Wait { until, first });
        }
        for (key, most) in &self.counters {
            let counter = count(db, key, self.window).await?;
            if over(counter.failures, *most) {
                return Ok(Begun::Wait {
                    until: counter.since_at + self.window,
                    first: i64::from(counter.failures) == i64::from(*most) + 1,
                });
            }
        }
        Ok(Begun::Open)
    }

    /// A success takes back what it was counted as, and forgets what failed here on the same account.
    pub async fn succeeded(&self, db: &Db) -> Result<()> {
        for (key, _) in &self.counters {
            let own = key.starts_with("account ") || key.starts_with("device ");
            let sql = match own {
                true => "DELETE FROM sign_in_counter WHERE key = $1",
                false => {
                    "UPDATE sign_in_counter SET failures = failures - 1 WHERE key = $1 AND failures > 0"
                }
            };
            db.write_statement(sql, vec![key.clone().into()]).await?;
        }
        Ok(())
    }
}

async fn read(db: &Db, key: &str, window: Duration) -> Result<Option<Counter>> {
    let now = db.clock().now();
    let sql = "SELECT failures, since_at FROM sign_in_counter WHERE key = $1 AND since_at > $2";
    let backend = db.reader().get_database_backend();
    let values: [Value; 2] = [key.into(), (now - window).into()];
    Ok(
        Counter::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
            .one(db.reader())
            .await?,
    )
}

/// One more under this key; after the window it begins anew.
pub(super) async fn count(db: &Db, key: &str, window: Duration) -> Result<Counter> {
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

/// One more under this key; when it is too many, until when that stays so.
pub(crate) async fn count_up_to(
    db: &Db,
    key: &str,
    most: u32,
    window: Duration,
) -> Result<Option<Instant>> {
    let counter = count(db, key, window).await?;
    let until = counter.since_at + window;
    Ok(over(counter.failures, most).then_some(until))
}

/// One more of what strangers do at that network address, which is not kept; when it is too many, until when that stays so.
pub(crate) async fn count_stranger(
    db: &Db,
    what: &str,
    address: &str,
    most: u32,
    window: Duration,
) -> Result<Option<Instant>> {
    let key = format!("{what} {}", digest(what, &address_key(address)));
    count_up_to(db, &key, most, window).await
}

pub(super) fn over(failures: i32, most: u32) -> bool {
    i64::from(failures) > i64::from(most)
}

/// Hashed: people type passwords into the wrong field.
pub(super) fn digest(account: &str, place: &str) -> String {
    hex::encode(Sha256::digest(format!("{account}\n{place}").as_bytes()))
}

/// One customer of a provider owns a whole /64 of IPv6.
pub(super) fn address_key(address: &str) -> String {
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
    fn what_was_typed_is_not_in_the_counters() {
        let seat = Seat {
            device: Some("canary"),
            ..Seat::default()
        };
        let limits = Limits {
            per_account: 5,
            per_address: 50,
            window: Duration::minutes(15),
        };
        for known in [true, false] {
            for (key, _) in Tries::of("secret", &seat, known, limits).counters {
                assert!(!key.contains("secret") && !key.contains("canary"), "{key}");
            }
        }
    }
}
