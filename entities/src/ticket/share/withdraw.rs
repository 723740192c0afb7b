//! Share a ticket with a vendor no longer.

use uuid::Uuid;

use super::{Model, ShareEvent};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;
use crate::ticket::event::TicketEvent;
use crate::ticket::table::Model as Ticket;

/// Takes everything of the ticket out of the vendor's sight. What was said stays in the thread.
#[derive(Clone, Debug)]
pub struct WithdrawShare {
    /// As it was seen.
    pub share: Model,
}

impl Command for WithdrawShare {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::WithdrawShare;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        self.share.require_open(ticket)?;
        Ok(vec![TicketEvent::Share(Box::new(ShareEvent::Withdrawn {
            share_id: self.share.id,
            organisation_id: self.share.organisation_id,
        }))])
    }
}
