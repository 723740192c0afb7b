//! What happens to an export.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Format, State, Taken};
use crate::history::digest;
use crate::ledger::Event;
use crate::outbox::Effect;
use crate::view::ListColumn;

/// One thing that happened to an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportEvent {
    /// Somebody began to take a list out.
    Begun {
        person_id: Uuid,
        format: Format,
        name: String,
        list: String,
        about: String,
        locale: String,
        columns: Vec<ListColumn>,
        taken: Taken,
        salt: Vec<u8>,
    },
    /// So many rows left the desk, or were written for it.
    Ended {
        state: State,
        rows: i32,
        failure: Option<String>,
    },
}

impl Event for ExportEvent {
    fn name(&self) -> &'static str {
        match self {
            ExportEvent::Begun { .. } => "begun",
            ExportEvent::Ended { .. } => "ended",
        }
    }

    fn record(&self) -> Value {
        match self {
            // What was searched for can be a name.
            ExportEvent::Begun {
                format,
                list,
                taken,
                salt,
                ..
            } => {
                json!({ "format": format, "list": digest(salt, list), "rows": taken.rows })
            }
            ExportEvent::Ended { state, rows, .. } => json!({ "state": state, "rows": rows }),
        }
    }

    fn effects(&self) -> Vec<Effect> {
        match self {
            ExportEvent::Begun { .. } | ExportEvent::Ended { .. } => vec![],
        }
    }
}
