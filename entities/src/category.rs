//! A category of the knowledge base: a place in the tree in which articles are filed.

pub mod list;

mod facts;

use sea_orm::entity::prelude::*;

pub use Model as Category;
pub use facts::CategoryFacts;
pub use list::{Row, choices, find, list};

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "category")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unique among those below the same one.
    pub name: String,
    pub parent_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
