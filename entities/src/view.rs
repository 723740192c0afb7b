//! A view: a filter of tickets that is kept, with columns, order and groups; for one person, a team or all.

pub mod column;
pub mod list;

mod commands;
mod facts;
mod grouping;
mod shelf;

use sea_orm::entity::prelude::*;

pub use Model as View;
pub use column::Column as ListColumn;
pub use commands::{Create, Restore, Retire, Update};
pub use facts::ViewFacts;
pub use grouping::Grouping;
pub use list::{find, list, next_position, shelves};
pub use shelf::Shelf;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "view")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unique on its shelf while it is in use.
    pub name: String,
    pub folded_name: String,
    /// The key of [`Shelf`].
    pub shelf: String,
    /// Whose it is, when it is private.
    pub person_id: Option<Uuid>,
    /// Whose it is, when a team shares it; neither: it is for all.
    pub team_id: Option<Uuid>,
    /// The filter as it stands in an address, without order and columns.
    pub query: String,
    /// Names of [`ListColumn`], empty for the usual ones.
    pub columns: String,
    /// The order as it stands in an address.
    pub sort: String,
    /// Name of [`Grouping`], or nothing.
    pub grouping: String,
    pub position: i32,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Where it is kept.
    pub fn shelf(&self) -> Shelf {
        match (self.person_id, self.team_id) {
            (Some(id), _) => Shelf::Person(id),
            (None, Some(id)) => Shelf::Team(id),
            (None, None) => Shelf::Everybody,
        }
    }

    /// What is set now.
    pub fn facts(&self) -> ViewFacts {
        ViewFacts {
            name: self.name.clone(),
            shelf: self.shelf(),
            query: self.query.clone(),
            columns: column::read(&self.columns),
            sort: self.sort.clone(),
            grouping: Grouping::from_name(&self.grouping),
            position: self.position,
        }
    }
}
