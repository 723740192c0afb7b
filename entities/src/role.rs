//! A role: a list of grants that persons hold.

pub mod change_grants;
pub mod effect;
pub mod field_reasons;
pub mod grant;
pub mod list;
pub mod person_role;
pub mod reasons;

mod facts;

use sea_orm::entity::prelude::*;

pub use change_grants::ChangeGrants;
pub use facts::{Role, RoleFacts};
pub use list::{choices, every, find, list, shipped};

pub type Create = crate::setting::Create<Role>;
pub type Update = crate::setting::Update<Role>;
pub type Retire = crate::setting::Retire<Role>;
pub type Restore = crate::setting::Restore<Role>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    /// `administrator` or `agent` for the roles that come with the desk.
    pub shipped_as: Option<String>,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
