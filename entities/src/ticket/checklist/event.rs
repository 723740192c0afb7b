//! What can happen to the checklist of a ticket.

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::commands::LineFacts;
use crate::history::digest;

/// One thing that happened to a checklist. In memory it carries content; its record does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChecklistEvent {
    Added {
        /// The template they come from; none: they were written by hand.
        template_id: Option<Uuid>,
        lines: Vec<NewLine>,
    },
    Changed {
        line: NewLine,
        /// The version whoever changed it saw.
        seen: i32,
    },
    Ticked {
        line_id: Uuid,
        by: Option<Uuid>,
    },
    Unticked {
        line_id: Uuid,
    },
    /// It changed places with the other one.
    Moved {
        line_id: Uuid,
        over_id: Uuid,
    },
    Removed {
        line_id: Uuid,
    },
}

/// A line as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLine {
    pub id: Uuid,
    pub text: String,
    pub salt: Vec<u8>,
    pub responsible_id: Option<Uuid>,
    pub due_on: Option<NaiveDate>,
}

impl NewLine {
    /// The line with that id and new salt.
    pub fn new(id: Uuid, facts: LineFacts) -> NewLine {
        NewLine {
            id,
            text: facts.text,
            salt: crate::history::salt(),
            responsible_id: facts.responsible_id,
            due_on: facts.due_on,
        }
    }

    fn record(&self) -> Value {
        json!({
            "line": self.id,
            "text": digest(&self.salt, &self.text),
            "responsible": self.responsible_id,
            "due": self.due_on,
        })
    }
}

impl ChecklistEvent {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            ChecklistEvent::Added { .. } => "checklist_added",
            ChecklistEvent::Changed { .. } => "checklist_changed",
            ChecklistEvent::Ticked { .. } => "checklist_ticked",
            ChecklistEvent::Unticked { .. } => "checklist_unticked",
            ChecklistEvent::Moved { .. } => "checklist_moved",
            ChecklistEvent::Removed { .. } => "checklist_removed",
        }
    }

    pub(crate) fn record(&self) -> Value {
        match self {
            ChecklistEvent::Added { template_id, lines } => json!({
                "checklist": template_id,
                "lines": lines.iter().map(NewLine::record).collect::<Vec<_>>(),
            }),
            ChecklistEvent::Changed { line, .. } => line.record(),
            ChecklistEvent::Ticked { line_id, .. }
            | ChecklistEvent::Unticked { line_id }
            | ChecklistEvent::Removed { line_id } => json!({ "line": line_id }),
            ChecklistEvent::Moved { line_id, over_id } => {
                json!({ "line": line_id, "over": over_id })
            }
        }
    }
}
