//! A second factor beside the password: codes of an app on a device, and recovery codes for when it is lost.

pub mod recovery_code;
pub mod totp;

mod commands;
mod pass;

use sea_orm::entity::prelude::*;

pub use commands::{
    MakeRecoveryCodes, RemoveOwn, RemoveSecondFactor, SetSecondFactor, UseRecoveryCode,
};
pub use pass::{Outcome, Passed, check};

use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::secret;

/// What sealed secrets are for; as anything else they do not open.
const SEALED_FOR: &str = "second factor";

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    /// In base32, sealed by [`crate::secret`].
    pub secret: String,
    pub set_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Seals a secret in base32 for storing.
pub fn seal(db: &Db, secret: &str) -> String {
    secret::seal_as(db.key(), SEALED_FOR, secret)
}

/// Opens what `seal` made.
///
/// # Errors
/// When the desk's key is another one by now.
pub fn open(db: &Db, sealed: &str) -> Result<String> {
    secret::open_as(db.key(), SEALED_FOR, sealed)
        .ok_or_else(|| DeskError::Damaged("a second factor cannot be opened".to_owned()))
}

/// Whether the person has one, since when, and how many recovery codes are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub set_at: DateTimeUtc,
    pub codes_left: u64,
}

/// None without a second factor.
pub async fn standing(db: &Db, person_id: Uuid) -> Result<Option<Standing>> {
    let Some(factor) = Entity::find_by_id(person_id).one(db.reader()).await? else {
        return Ok(None);
    };
    Ok(Some(Standing {
        set_at: factor.set_at,
        codes_left: recovery_code::left(db, person_id).await?,
    }))
}
