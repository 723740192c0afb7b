//! A release: a version of a service, and the day it goes live.

pub mod list;

mod facts;

use sea_orm::entity::prelude::*;

pub use Model as Release;
pub use facts::ReleaseFacts;
pub use list::{Row, choices, find, list, of_services};

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "release")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub service_id: Uuid,
    /// Unique for its service, such as `7.4.2`.
    pub name: String,
    /// None: the day is not settled yet.
    pub live_on: Option<Date>,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
