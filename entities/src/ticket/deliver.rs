//! What became of our mails, and the automatic receipt.

use uuid::Uuid;

use super::event::{NewOutbound, TicketEvent};
use super::message::{Model as Message, NewMessage};
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

/// Answers a new ticket's mail with a receipt.
#[derive(Clone, Debug)]
pub struct SendReceipt {
    pub message: NewMessage,
    pub outbound: NewOutbound,
}

impl Command for SendReceipt {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::DeliverMail;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    /// The job may run twice; the receipt goes out once.
    fn once(&self) -> Option<&str> {
        self.message.in_reply_to.as_deref()
    }

    fn decide(self, _: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        Ok(vec![TicketEvent::ReceiptSent {
            message: Box::new(self.message),
            outbound: self.outbound,
        }])
    }
}

/// Records that no receipt was sent, and which rule said so.
#[derive(Clone, Debug)]
pub struct SuppressReceipt {
    /// A header's name or a rule's: `auto-submitted`, `limit`, `off`.
    pub by: String,
}

impl Command for SuppressReceipt {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::DeliverMail;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, _: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        Ok(vec![TicketEvent::ReceiptSuppressed { by: self.by }])
    }
}
