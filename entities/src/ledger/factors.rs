//! Rows of second factors and recovery codes, as the events of their persons change them.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::batch::{insert, upsert};
use crate::error::{Rejected, Result};
use crate::second_factor::{self, recovery_code};

/// What one transaction changes of them, in order.
#[derive(Default)]
pub struct Factors(Vec<Turn>);

enum Turn {
    Set(second_factor::Model),
    NewCodes(Uuid, Vec<Vec<u8>>),
    UseCode(Uuid, Vec<u8>),
    Remove(Uuid),
}

impl Factors {
    pub fn set(&mut self, factor: impl IntoIterator<Item = second_factor::Model>) {
        self.0.extend(factor.into_iter().map(Turn::Set));
    }

    /// In place of all that the person has.
    pub fn new_codes(&mut self, person_id: Uuid, hashes: &[Vec<u8>]) {
        self.0.push(Turn::NewCodes(person_id, hashes.to_vec()));
    }

    /// Fails when the person has no such code.
    pub fn use_code(&mut self, person_id: Uuid, hash: &[u8]) {
        self.0.push(Turn::UseCode(person_id, hash.to_vec()));
    }

    /// The factor and all its codes.
    pub fn remove(&mut self, person_id: Uuid) {
        self.0.push(Turn::Remove(person_id));
    }

    pub async fn write(self, tx: &DatabaseTransaction) -> Result<()> {
        for turn in self.0 {
            match turn {
                Turn::Set(factor) => upsert::<second_factor::Entity>(tx, vec![factor]).await?,
                Turn::NewCodes(person_id, hashes) => {
                    without_codes(tx, person_id).await?;
                    let row = |hash| recovery_code::Model { person_id, hash };
                    let rows = hashes.into_iter().map(row).collect();
                    insert::<recovery_code::Entity>(tx, rows).await?;
                }
                Turn::UseCode(person_id, hash) => {
                    let used = recovery_code::Entity::delete_by_id((person_id, hash))
                        .exec(tx)
                        .await?;
                    if used.rows_affected == 0 {
                        return Err(Rejected::NotACode.into());
                    }
                }
                Turn::Remove(person_id) => {
                    without_codes(tx, person_id).await?;
                    second_factor::Entity::delete_by_id(person_id)
                        .exec(tx)
                        .await?;
                }
            }
        }
        Ok(())
    }
}

async fn without_codes(tx: &DatabaseTransaction, person_id: Uuid) -> Result<()> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::PersonId.eq(person_id))
        .exec(tx)
        .await?;
    Ok(())
}
