//! A template of documents: a DOCX file with places that a ticket fills, looked at by two before it is used.

pub mod list;

mod approve;
mod facts;

use sea_orm::entity::prelude::*;

pub use Model as DocumentTemplate;
pub use approve::Approve;
pub use facts::DocumentTemplateFacts;
pub use list::{find, list, usable};

use crate::article::File;
use crate::language::Language;

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_template")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unique.
    pub name: String,
    /// The language it is written in: dates and salutations follow it.
    pub language: Language,
    /// The newest [`File`], as JSON.
    pub content: String,
    /// The file that is used, as JSON; none as long as nobody has approved any.
    pub approved: Option<String>,
    /// Who brought the newest file; none where nobody knows any more.
    pub author_id: Option<Uuid>,
    /// Who approved what is used.
    pub approved_by: Option<Uuid>,
    /// Only for tickets of this team.
    pub team_id: Option<Uuid>,
    /// Only for tickets of these services and what lies below them, as a JSON list of ids; empty: for all.
    pub services: String,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The newest file, approved or not; none when the stored form is damaged.
    pub fn file(&self) -> Option<File> {
        serde_json::from_str(&self.content).ok()
    }

    /// The file that is used.
    pub fn approved(&self) -> Option<File> {
        serde_json::from_str(self.approved.as_deref()?).ok()
    }

    /// Whether the newest file waits for somebody to approve it.
    pub fn is_waiting(&self) -> bool {
        self.approved.as_ref() != Some(&self.content)
    }

    /// The services it is for; none: all.
    pub fn service_ids(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.services).unwrap_or_default()
    }
}
