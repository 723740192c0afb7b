//! The second step of signing in: a code of the app, or a recovery code in its place.

use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{Entity, UseRecoveryCode, recovery_code, totp};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::permit::{Desk, Permit};
use crate::sign_in::entry::{self, Entry, Way};
use crate::sign_in::{Limits, OWN_ACCOUNT, Seat, guarded, used};

/// By which kind of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    ByApp,
    ByRecoveryCode,
}

/// What became of a typed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Right(Passed),
    /// Not the code, or one that was used before.
    Wrong,
    WaitUntil(Instant),
}

/// Compares a typed code. Each is accepted once; tries are counted as those of passwords are.
///
/// # Errors
/// Only the database's own.
pub async fn check(
    db: &Db,
    person_id: Uuid,
    typed: &str,
    seat: Seat<'_>,
    limits: Limits,
) -> Result<Outcome> {
    let entry = Entry {
        way: Way::Password,
        person_id: Some(person_id),
        ..Entry::at(&seat)
    };
    let account = format!("code {person_id}");
    let tries = match guarded(db, &account, &seat, limits, &entry).await? {
        Ok(tries) => tries,
        Err(until) => return Ok(Outcome::WaitUntil(until)),
    };
    let passed = match by_app(db, person_id, typed).await? {
        true => Some(Passed::ByApp),
        false => by_recovery_code(db, person_id, typed).await?,
    };
    match passed {
        Some(passed) => {
            tries.succeeded(db).await?;
            Ok(Outcome::Right(passed))
        }
        None => {
            let outcome = "wrong_code";
            entry::note(db, &Entry { outcome, ..entry }).await?;
            Ok(Outcome::Wrong)
        }
    }
}

/// Whether it is a code that the app shows now and nobody used.
pub(super) async fn by_app(db: &Db, person_id: Uuid, typed: &str) -> Result<bool> {
    let Some(factor) = Entity::find_by_id(person_id).one(db.reader()).await? else {
        return Ok(false);
    };
    let secret = super::open(db, &factor.secret)?;
    match totp::step_of(&secret, typed, db.clock().now()) {
        Some(step) => used::use_up(db, &format!("totp {person_id} {step}")).await,
        None => Ok(false),
    }
}

async fn by_recovery_code(db: &Db, person_id: Uuid, typed: &str) -> Result<Option<Passed>> {
    let command = UseRecoveryCode {
        id: person_id,
        hash: recovery_code::hash(typed),
    };
    match db.change(Permit::ask(&OWN_ACCOUNT, Desk)?, command).await {
        Ok(_) => Ok(Some(Passed::ByRecoveryCode)),
        Err(DeskError::Rejected(Rejected::NotACode)) => Ok(None),
        Err(error) => Err(error),
    }
}
