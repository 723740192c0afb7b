//! Take a mail into a ticket: a new one, or the one it belongs to.

use uuid::Uuid;

use super::event::{Change, Opened, TicketEvent};
use super::message::{NewMessage, ThreadedBy};
use super::set_fields::set;
use super::state::{Audience, State, WaitingFor};
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::field::change::Sets;
use crate::ledger::Command;
use crate::mailbox::Model as Mailbox;
use crate::policy::Permission;

/// Adds a mail that came in.
#[derive(Clone, Debug)]
pub struct Receive {
    pub into: Into,
    /// The row of the raw mail.
    pub mail_id: Uuid,
    pub message: NewMessage,
    pub wakes: Wakes,
    /// What a new ticket begins with.
    pub fields: Sets,
}

/// Where the mail goes.
#[derive(Clone, Debug)]
pub enum Into {
    /// A new ticket with these facts.
    New(Box<Opened>),
    /// The ticket of this id.
    Ticket(Uuid),
}

/// Whether a mail brings a resting ticket back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wakes {
    /// Somebody wrote.
    Yes,
    /// A machine wrote: absence note, delivery report, list.
    No,
}

impl Command for Receive {
    type Target = Ticket;
    type On = Mailbox;
    const NEEDS: Permission = Permission::ReceiveMail;

    fn target(&self, _: &Mailbox) -> Option<Uuid> {
        match self.into {
            Into::New(_) => None,
            Into::Ticket(id) => Some(id),
        }
    }

    fn decide(
        self,
        ticket: &Ticket,
        actor: &Actor,
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        if ticket.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        let bounce = matches!(self.message.threaded_by, Some(ThreadedBy::Bounce));
        let audience = self.message.audience;
        let received = TicketEvent::Received {
            message: Box::new(self.message),
            mail_id: self.mail_id,
        };
        if let Into::New(opened) = self.into {
            let opened = TicketEvent::Opened(opened);
            let mut like = ticket.clone();
            crate::ledger::Subject::apply(&mut like, &opened, now);
            let mut events = vec![opened];
            // What nobody chose never keeps a mail out.
            events.extend(set(self.fields.fitting(&like, actor)));
            events.push(received);
            return Ok(events);
        }
        let mut events = vec![received];
        if rests(ticket, audience) && self.wakes == Wakes::Yes && !bounce {
            events.push(TicketEvent::StateChanged {
                change: Change {
                    from: ticket.state,
                    to: State::Open,
                },
                waiting_for: None,
                reason: None,
                ended: None,
            });
        }
        Ok(events)
    }
}

/// Whether what somebody writes brings the ticket back into work.
pub(super) fn rests(ticket: &Ticket, audience: Audience) -> bool {
    match (ticket.state, ticket.waiting_for) {
        (State::Solved | State::Closed, _) => true,
        // While the vendor works, a question of the requester changes nothing about that.
        (State::Waiting, Some(WaitingFor::Vendor)) => audience == Audience::Vendor,
        (State::Waiting, _) => true,
        (State::New | State::Open | State::Merged, _) => false,
    }
}
