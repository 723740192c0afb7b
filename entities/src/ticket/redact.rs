//! Black out passages of a ticket's messages, or take files out of them, for ever: asked for by one person, done by another.

mod approve;
mod ask;
mod black;
mod plan;
mod refuse;
pub mod sweep;

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, sea_query::Order};
use serde::{Deserialize, Serialize};

pub use approve::{Redact, approve};
pub use ask::AskRedaction;
pub use black::{Blackener, MOST_PASSAGES, SHORTEST_PASSAGE, passages};
pub use plan::{Gone, Plan, Remains};
pub use refuse::{RefuseRedaction, WithdrawRedaction};

use super::table::Model as Ticket;
use super::thread;
use crate::db::{Db, few_forms};
use crate::error::{DeskError, Result};

/// What somebody wants to have blacked out of a message, and what became of that.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "redaction_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub message_id: Uuid,
    pub asked_by: Uuid,
    pub asked_at: DateTimeUtc,
    /// In the words of whoever asked; without the passages once they are blacked out.
    pub reason: String,
    /// JSON array of the passages as they stand in the message; empty once it is decided.
    pub passages: String,
    /// JSON array of the ids of the files that have to go.
    pub files: String,
    /// Salt of the digest of the reason in the history.
    pub salt: Vec<u8>,
    pub outcome: Option<Outcome>,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is gone.
    #[sea_orm(string_value = "redacted")]
    Redacted,
    /// It stays.
    #[sea_orm(string_value = "refused")]
    Refused,
    /// Whoever asked for it does so no more.
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
}

impl Model {
    /// The passages that are to go; none once it is decided.
    pub fn passages(&self) -> Vec<String> {
        serde_json::from_str(&self.passages).unwrap_or_default()
    }

    /// The files that are to go, by their ids.
    pub fn files(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.files).unwrap_or_default()
    }
}

/// A request about a message of this ticket.
///
/// # Errors
/// `Hidden` when there is none of that id, or its message stands in another ticket.
pub async fn find(db: &Db, ticket: &Ticket, id: Uuid) -> Result<Model> {
    let found = Entity::find_by_id(id).one(db.reader()).await?;
    let found = found.ok_or(DeskError::Hidden)?;
    thread::message(db, ticket, found.message_id).await?;
    Ok(found)
}

/// What was asked for these messages, the newest first; what was not done and is decided is left out.
pub(super) async fn of(db: &Db, messages: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<Model>>> {
    let rows = Entity::find()
        .filter(Column::MessageId.is_in(few_forms(messages)))
        .order_by(Column::Id, Order::Desc)
        .all(db.reader())
        .await?;
    let mut by_message: HashMap<Uuid, Vec<Model>> = HashMap::new();
    let counts = |row: &Model| matches!(row.outcome, None | Some(Outcome::Redacted));
    for row in rows.into_iter().filter(counts) {
        by_message.entry(row.message_id).or_default().push(row);
    }
    Ok(by_message)
}
