//! What filters did to a mail, kept with its message so that it can always be told.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A filter that did something to a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    pub id: Uuid,
    /// Its name at that time.
    pub name: String,
    pub did: Vec<Effect>,
}

/// What a filter did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    Service,
    Team,
    Priority,
    Kind,
    NoAnswer,
}
