//! Give the ticket a better title.

use uuid::Uuid;

use super::event::TicketEvent;
use super::state::State;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Changes the title.
#[derive(Clone, Debug)]
pub struct Rename {
    pub title: String,
}

impl Command for Rename {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Classify;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        if ticket.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        let title = self.title.trim();
        if title.is_empty() {
            return Err(Rejected::EmptyTitle);
        }
        if title == ticket.title {
            return Err(Rejected::NothingToDo);
        }
        Ok(vec![TicketEvent::Renamed {
            title: title.to_owned(),
            salt: crate::history::salt(),
        }])
    }
}
