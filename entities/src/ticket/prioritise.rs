//! Say how urgent the ticket is.

use uuid::Uuid;

use super::event::{Change, TicketEvent};
use super::state::{Priority, State};
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Sets the priority.
#[derive(Clone, Debug)]
pub struct Prioritise {
    pub priority: Priority,
}

impl Command for Prioritise {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::SetPriority;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        if ticket.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        if ticket.priority == self.priority {
            return Err(Rejected::NothingToDo);
        }
        Ok(vec![TicketEvent::Prioritised(Change {
            from: ticket.priority,
            to: self.priority,
        })])
    }
}
