//! Which organisation a person belongs to, from when until when.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    pub from_on: Option<Date>,
    pub to_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether it holds on that day; the last day is no longer part of it.
    pub fn is_current(&self, on: Date) -> bool {
        self.from_on.is_none_or(|from| from <= on) && self.to_on.is_none_or(|to| on < to)
    }
}
