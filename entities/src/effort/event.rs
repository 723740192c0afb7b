//! What can happen to effort: it is booked, and corrected; nothing of it is deleted.

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::history::digest;
use crate::ledger::Event;
use crate::outbox::Effect;

/// One thing that happened to a booking. In memory it carries content; its record does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EffortEvent {
    Booked {
        person_id: Uuid,
        ticket_id: Option<Uuid>,
        entry: Entry,
        /// The timer that measured it, which ends by it.
        timer_id: Option<Uuid>,
    },
    /// The old amount is taken back and the new one stands in its place; zero minutes cancel it.
    Corrected { from: Entry, to: Entry },
}

/// What a booking says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub minutes: i32,
    pub day: NaiveDate,
    pub activity_id: Uuid,
    pub remark: Option<String>,
    pub salt: Vec<u8>,
}

impl Entry {
    fn record(&self) -> Value {
        json!({
            "minutes": self.minutes,
            "day": self.day,
            "activity": self.activity_id,
            "remark": self.remark.as_ref().map(|remark| digest(&self.salt, remark)),
        })
    }
}

impl Event for EffortEvent {
    fn name(&self) -> &'static str {
        match self {
            EffortEvent::Booked { .. } => "booked",
            EffortEvent::Corrected { .. } => "corrected",
        }
    }

    fn record(&self) -> Value {
        match self {
            EffortEvent::Booked {
                person_id,
                ticket_id,
                entry,
                timer_id,
            } => {
                let mut record = entry.record();
                record["person"] = json!(person_id);
                record["ticket"] = json!(ticket_id);
                record["by_timer"] = json!(timer_id.is_some());
                record
            }
            EffortEvent::Corrected { from, to } => {
                json!({ "from": from.record(), "to": to.record() })
            }
        }
    }

    fn effects(&self) -> Vec<Effect> {
        match self {
            EffortEvent::Booked { .. } | EffortEvent::Corrected { .. } => vec![],
        }
    }
}
