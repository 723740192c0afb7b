//! A person: agent, requester or vendor user; what they are is told by their roles.

pub mod import;
pub mod known;
pub mod language;
pub mod list;
pub mod membership;
pub mod password;
pub mod password_rules;
pub mod recipients;
pub mod search;
pub mod tell;

mod change_password;
mod create;
mod create_caller;
pub mod deputy;
mod end_sessions;
mod event;
mod facts;
mod import_work;
mod load_actor;
mod reset_password;
mod rows;
mod sender;
mod set_deputy;
mod set_memberships;
mod set_password;
mod set_roles;
mod store;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub use change_password::{ChangePassword, OwnAccount};
pub use create::Create;
pub use create_caller::CreateCaller;
pub use end_sessions::EndSessions;
pub use event::{PasswordBy, PersonEvent};
pub use facts::PersonFacts;
pub(crate) use list::standing;
pub use list::{Addressed, Row, addressed, agents, find, holders, list, named, names, names_by_id};
pub use load_actor::load_actor;
pub use reset_password::{AskReset, ResetPassword};
pub use search::{Found, search};
pub use sender::{Sender, by_email, find_or_create};
pub use set_deputy::{SetDeputy, SetDeputyOf};
pub use set_memberships::SetMemberships;
pub use set_password::SetPassword;
pub use set_roles::SetRoles;
pub use store::Person;

pub type Update = crate::setting::Update<Person>;
pub type Retire = crate::setting::Retire<Person>;
pub type Restore = crate::setting::Restore<Person>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// As it is written: `Annika Brandt`.
    pub name: String,
    /// What it is searched by: [`crate::text::fold`].
    pub folded_name: String,
    pub salutation: Option<Salutation>,
    /// Lower case, unique among all persons.
    pub email: Option<String>,
    pub phone: Option<String>,
    /// What a number is searched by: [`crate::text::phone_digits`].
    pub phone_digits: Option<String>,
    /// Argon2id in PHC form; none when the person cannot sign in.
    pub password_hash: Option<String>,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How a person is addressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Salutation {
    #[sea_orm(string_value = "frau")]
    Frau,
    #[sea_orm(string_value = "herr")]
    Herr,
}
