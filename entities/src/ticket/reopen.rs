//! Open again what was solved, closed or waiting.

use uuid::Uuid;

use super::event::{Change, TicketEvent};
use super::state::State;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Brings the ticket back into work.
#[derive(Clone, Debug)]
pub struct Reopen;

impl Command for Reopen {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::SetState;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        if ticket.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        if matches!(ticket.state, State::New | State::Open) {
            return Err(Rejected::AlreadyOpen);
        }
        Ok(vec![TicketEvent::StateChanged {
            change: Change {
                from: ticket.state,
                to: State::Open,
            },
            waiting_for: None,
            reason: None,
            ended: None,
        }])
    }
}
