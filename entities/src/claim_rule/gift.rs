//! What rules gave to whom: only that is taken away again.

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, EntityTrait};

use super::{Gift, Gives};
use crate::error::Result;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "claim_gift")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub gives: Gives,
    #[sea_orm(primary_key, auto_increment = false)]
    pub target_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn gift(&self) -> Gift {
        Gift {
            gives: self.gives,
            id: self.target_id,
        }
    }
}

/// What rules of all providers gave these persons.
pub(crate) async fn of(c: &impl ConnectionTrait, person_ids: Vec<Uuid>) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.person_id.is_in(person_ids))
        .all(c)
        .await?)
}
