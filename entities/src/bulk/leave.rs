//! What becomes of a ticket once its serial letter is written.

use serde::{Deserialize, Serialize};

use crate::policy::Permission;
use crate::ticket::{ClosingReason, Then};

/// What becomes of a ticket once its letter is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leave {
    /// Nothing: others work on it.
    #[default]
    AsItIs,
    /// It waits for an answer.
    Waiting,
    /// No answer is expected.
    Closed(ClosingReason),
}

impl Leave {
    /// What a reply or a note that writes the letter does besides.
    pub(super) fn then(self) -> Then {
        match self {
            Leave::AsItIs => Then::Stay,
            Leave::Waiting => Then::WaitForRequester,
            Leave::Closed(reason) => Then::Close(reason),
        }
    }

    /// What the actor needs for it beside writing.
    pub(super) fn needs(self) -> Option<Permission> {
        match self {
            Leave::AsItIs => None,
            Leave::Waiting => Some(Permission::SetState),
            Leave::Closed(_) => Some(Permission::CloseTickets),
        }
    }
}
