//! Files that wait in a draft; their bytes lie in the file store already.

use sea_orm::entity::prelude::*;

use crate::ticket::message::NewFile;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub draft_id: Uuid,
    pub name: String,
    pub content_type: String,
    pub size_bytes: i64,
    pub sha256: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The same file as part of a message.
    pub fn to_new_file(&self) -> NewFile {
        NewFile {
            name: self.name.clone(),
            content_type: self.content_type.clone(),
            size_bytes: self.size_bytes,
            sha256: self.sha256.clone(),
            inline: false,
            content_id: None,
        }
    }
}
