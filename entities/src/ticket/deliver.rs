//! What became of our mails.

use uuid::Uuid;

use super::event::TicketEvent;
use super::message::Model as Message;
use super::state::Delivery;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Records that a mail was handed over or given up.
#[derive(Clone, Debug)]
pub struct RecordDelivery {
    pub message: Message,
    pub outcome: Outcome,
}

/// How sending ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// Given up, with the server's words.
    Failed(String),
}

impl Command for RecordDelivery {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::DeliverMail;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, _: &Ticket, _: &Actor, now: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        if self.message.delivery != Delivery::Queued {
            return Err(Rejected::AlreadySent);
        }
        let (to, error) = match self.outcome {
            Outcome::Sent => (Delivery::Sent, None),
            Outcome::Failed(error) => (Delivery::Failed, Some(error)),
        };
        Ok(vec![TicketEvent::Delivery {
            message_id: self.message.id,
            to,
            at: now,
            error,
        }])
    }
}

/// Marks a mail as sent back by the recipient's server. It never reopens a ticket.
#[derive(Clone, Debug)]
pub struct Bounce {
    pub message: Message,
    pub error: String,
}

impl Command for Bounce {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::ReceiveMail;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, _: &Ticket, _: &Actor, now: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        if self.message.delivery == Delivery::Bounced {
            return Err(Rejected::NothingToDo);
        }
        Ok(vec![TicketEvent::Delivery {
            message_id: self.message.id,
            to: Delivery::Bounced,
            at: now,
            error: Some(self.error),
        }])
    }
}

/// Queues a failed or bounced mail again.
#[derive(Clone, Debug)]
pub struct SendAgain {
    pub message: Message,
}

impl Command for SendAgain {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Reply;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        ticket: &Ticket,
        _: &Actor,
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        let failed = matches!(self.message.delivery, Delivery::Failed | Delivery::Bounced);
        if !failed || self.message.ticket_id != ticket.id {
            return Err(Rejected::NotFailed);
        }
        Ok(vec![TicketEvent::SentAgain {
            message_id: self.message.id,
            not_before: now,
        }])
    }
}
