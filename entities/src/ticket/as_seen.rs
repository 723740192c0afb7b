//! Do something to a ticket only as long as it is as it was looked at.

use uuid::Uuid;

use super::event::TicketEvent;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// A command for a ticket of that version alone.
#[derive(Clone, Debug)]
pub struct AsSeen<C> {
    pub version: i32,
    pub command: C,
}

impl<C: Command<Target = Ticket, On = Ticket>> Command for AsSeen<C> {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = C::NEEDS;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        self.command.target(on)
    }

    fn decide(
        self,
        ticket: &Ticket,
        actor: &Actor,
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        if ticket.version != self.version {
            return Err(Rejected::ChangedMeanwhile);
        }
        self.command.decide(ticket, actor, now)
    }
}
