//! What persons do to a mail; what the intake does stands in its row.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::history::digest;
use crate::ledger::Event;
use crate::outbox::Effect;

/// One decision about a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailEvent {
    /// It is processed once more.
    Retried,
    /// It is left alone, for a reason in somebody's words.
    Ignored { reason: String, salt: Vec<u8> },
    /// Somebody made it the first message of a ticket.
    BecameTicket { ticket_id: Uuid },
}

impl Event for MailEvent {
    fn name(&self) -> &'static str {
        match self {
            MailEvent::Retried => "retried",
            MailEvent::Ignored { .. } => "ignored",
            MailEvent::BecameTicket { .. } => "became_ticket",
        }
    }

    fn record(&self) -> Value {
        match self {
            MailEvent::Retried => json!({}),
            MailEvent::Ignored { reason, salt } => json!({ "reason": digest(salt, reason) }),
            MailEvent::BecameTicket { ticket_id } => json!({ "ticket": ticket_id }),
        }
    }

    fn effects(&self) -> Vec<Effect> {
        match self {
            MailEvent::Retried | MailEvent::Ignored { .. } | MailEvent::BecameTicket { .. } => {
                vec![]
            }
        }
    }
}
