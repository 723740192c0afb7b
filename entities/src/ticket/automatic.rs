//! Automatic answers: sent, or not sent because a rule forbids it.

use uuid::Uuid;

use super::event::{NewOutbound, TicketEvent};
use super::message::NewMessage;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::outgoing::answers::Occasion;
use crate::policy::Permission;

/// Sends an automatic answer.
#[derive(Clone, Debug)]
pub struct SendAnswer {
    pub occasion: Occasion,
    pub message: NewMessage,
    pub outbound: NewOutbound,
    /// The job may run twice; the answer goes out once.
    pub once: String,
}

impl Command for SendAnswer {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::DeliverMail;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn once(&self) -> Option<&str> {
        Some(&self.once)
    }

    fn decide(self, _: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        let (message, outbound) = (Box::new(self.message), self.outbound);
        Ok(vec![match self.occasion {
            Occasion::Receipt => TicketEvent::ReceiptSent { message, outbound },
            Occasion::ClosingNote => TicketEvent::ClosingNoteSent { message, outbound },
        }])
    }
}

/// Records that an automatic answer was not sent, and which rule said so.
#[derive(Clone, Debug)]
pub struct SuppressAnswer {
    pub occasion: Occasion,
    /// A header's name or a rule's: `auto-submitted`, `limit-all`, `off`.
    pub by: String,
    /// The job may run twice; this is told once.
    pub once: String,
}

impl Command for SuppressAnswer {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::DeliverMail;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn once(&self) -> Option<&str> {
        Some(&self.once)
    }

    fn decide(self, _: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        let by = self.by;
        Ok(vec![match self.occasion {
            Occasion::Receipt => TicketEvent::ReceiptSuppressed { by },
            Occasion::ClosingNote => TicketEvent::ClosingNoteSuppressed { by },
        }])
    }
}
