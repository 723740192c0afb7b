//! The table of sessions.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// SHA-256 of the token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub person_id: Uuid,
    pub csrf: String,
    /// The browser's own name.
    pub browser: String,
    /// The network address it was started from.
    pub address: String,
    pub created_at: DateTimeUtc,
    pub used_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
