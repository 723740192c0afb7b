//! The last event of every subject, under a seal of its own, so that a cut chain is noticed.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "head")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_id: Uuid,
    pub subject_kind: String,
    pub number: i32,
    pub hash: Vec<u8>,
    pub mac: Vec<u8>,
    /// Whether an anchor covers this state of the head.
    pub anchored: bool,
}

impl ActiveModelBehavior for ActiveModel {}
