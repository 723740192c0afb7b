//! A team: the agents responsible for some services.

pub mod list;
pub mod member;

mod facts;

use sea_orm::entity::prelude::*;

pub use facts::{Team, TeamFacts};
pub(crate) use list::of_person;
pub use list::{Row, choices, find, list};

pub type Create = crate::setting::Create<Team>;
pub type Update = crate::setting::Update<Team>;
pub type Retire = crate::setting::Retire<Team>;
pub type Restore = crate::setting::Restore<Team>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "team")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
