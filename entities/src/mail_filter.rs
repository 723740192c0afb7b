//! A mail filter: what the intake does by itself with mails of a kind, as an administrator has set it.

pub mod condition;
pub mod list;
pub mod touch;

mod facts;

use sea_orm::entity::prelude::*;

pub use Model as MailFilter;
pub use condition::{Condition, How, Part};
pub use facts::MailFilterFacts;
pub use list::{Row, active, find, ignored, list, next_position};
pub use touch::{Effect, Touch};

use crate::ticket::{Kind, Priority};

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_filter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unique: messages name the filter that touched them by it.
    pub name: String,
    /// Filters apply from the lowest to the highest; what one has set no later one changes.
    pub position: i32,
    /// None: mails of every mailbox.
    pub mailbox_id: Option<Uuid>,
    /// JSON array of [`Condition`]; all of them must hold.
    pub conditions: String,
    /// Service of the new ticket, and thereby its team.
    pub service_id: Option<Uuid>,
    pub team_id: Option<Uuid>,
    pub priority: Option<Priority>,
    pub kind: Option<Kind>,
    /// The mail is left alone. Never an answer to us, never a report about a mail of ours.
    pub ignore: bool,
    /// No automatic answer follows.
    pub no_answer: bool,
    /// Salt of the digests in the history.
    pub salt: Vec<u8>,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What must hold for a mail; nothing when the stored form is damaged.
    pub fn conditions(&self) -> Vec<Condition> {
        serde_json::from_str(&self.conditions).unwrap_or_default()
    }
}
