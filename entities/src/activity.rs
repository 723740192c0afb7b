//! An activity: what effort is booked on, as an administrator keeps the catalogue.

pub mod list;

mod facts;

use sea_orm::entity::prelude::*;

pub use Model as Activity;
pub use facts::ActivityFacts;
pub use list::{find, list, offered};

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In German; unique.
    pub name: String,
    pub name_en: String,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
