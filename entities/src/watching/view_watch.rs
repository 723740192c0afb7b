//! Who watches which view.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "view_watch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub view: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    pub since: DateTimeUtc,
    /// The edition of the view whose tickets stand in [`super::view_inside`]; none: nobody has looked yet.
    pub edition: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
