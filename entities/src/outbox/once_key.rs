//! Keys of forms that were already sent.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "once_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub subject_id: Uuid,
    pub used_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
