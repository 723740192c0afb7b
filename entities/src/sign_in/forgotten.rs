//! Somebody says that they forgot their password: the person of the address is sent a mail.

use chrono::Duration;

use super::tries::{address_key, count, digest, over};
use super::{Limits, OWN_ACCOUNT};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::permit::{Desk, Permit};
use crate::person::{self, AskReset};
use crate::text;

/// So many mails with a link a person gets within the time that one of them holds.
const MOST_MAILS: u32 = 3;
pub(super) const WINDOW: Duration = Duration::hours(1);

/// Whether there is such a person, and whether they were asked for too often, is not told; only until when to wait when too
/// many were asked for from one place.
///
/// # Errors
/// Only the database's own.
pub async fn forgotten(
    db: &Db,
    email: &str,
    address: &str,
    limits: Limits,
) -> Result<Option<Instant>> {
    let here = format!("forgotten at {}", address_key(address));
    let counter = count(db, &here, WINDOW).await?;
    if over(counter.failures, limits.per_address) {
        return Ok(Some(counter.since_at + WINDOW));
    }
    let email = text::address(email);
    let counter = count(db, &format!("forgotten {}", digest(&email, "")), WINDOW).await?;
    if over(counter.failures, MOST_MAILS) {
        return Ok(None);
    }
    let Some(person) = person::by_email(db, &email).await? else {
        return Ok(None);
    };
    let permit = Permit::ask(&OWN_ACCOUNT, Desk)?;
    match db.change(permit, AskReset { id: person.id }).await {
        Ok(_) | Err(DeskError::Rejected(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
