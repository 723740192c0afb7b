//! A service (Fachverfahren) or one of its modules: what a ticket is about.

pub mod list;

mod facts;

use sea_orm::entity::prelude::*;

pub use Model as Service;
pub use facts::ServiceFacts;
pub use list::{Row, choices, find, list};

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "service")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    /// The service this is a module of.
    pub parent_id: Option<Uuid>,
    /// The responsible team; a module without one has its service's.
    pub team_id: Option<Uuid>,
    /// The times to keep; a service without a limit has that of the one above, or the standard.
    pub time_limit_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
