//! A person: agent, requester or vendor user; what they are is told by their roles.

pub mod membership;

use sea_orm::entity::prelude::*;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
pub enum Salutation {
    #[sea_orm(string_value = "frau")]
    Frau,
    #[sea_orm(string_value = "herr")]
    Herr,
}
