//! One ticket of a bulk: what it was when it was chosen, and what became of it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::{DeskError, Rejected};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bulk_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub bulk_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: Uuid,
    /// Its place among the chosen.
    pub position: i32,
    /// The ticket's when it was chosen.
    pub version: i32,
    /// None: still to be done.
    pub outcome: Option<Outcome>,
    /// JSON of [`Why`] when it was refused.
    pub why: Option<String>,
    /// JSON of what it was before, to take it back.
    pub before: Option<String>,
    /// The ticket's once it was done.
    pub after_version: Option<i32>,
    /// What became of taking it back.
    pub undone: Option<Outcome>,
    pub undone_why: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What became of one ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
pub enum Outcome {
    #[sea_orm(string_value = "done")]
    Done,
    /// It is that way already.
    #[sea_orm(string_value = "same")]
    Same,
    #[sea_orm(string_value = "refused")]
    Refused,
}

/// Why a ticket is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It is not there for the actor any more.
    Gone,
    /// Seen, but not theirs to change so.
    Forbidden,
    Rejected(Rejected),
}

impl Why {
    /// As it is stored.
    pub(crate) fn stored(self) -> String {
        serde_json::to_string(&self).unwrap_or_default()
    }

    /// Reads what `stored` wrote.
    pub fn read(stored: &str) -> Option<Why> {
        serde_json::from_str(stored).ok()
    }

    /// Of an error that concerns one ticket; others concern all.
    pub(crate) fn of(error: DeskError) -> Result<Why, DeskError> {
        match error {
            DeskError::Hidden => Ok(Why::Gone),
            DeskError::Forbidden => Ok(Why::Forbidden),
            DeskError::Rejected(why) => Ok(Why::Rejected(why)),
            other => Err(other),
        }
    }
}
