//! Files of messages; their bytes lie in the file store by digest.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub message_id: Uuid,
    pub ticket_id: Uuid,
    pub name: String,
    pub content_type: String,
    pub size_bytes: i64,
    pub sha256: String,
    /// Shown inside the mail's text rather than below it.
    pub inline: bool,
    /// Without angle brackets.
    pub content_id: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
