//! Solve or close the ticket, with the reason.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::event::{Change, TicketEvent};
use super::state::{ClosingReason, State};
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Ends the work on a ticket. An agent solves, the system closes later; an agent may close at once.
#[derive(Clone, Debug)]
pub struct Close {
    pub to: Ending,
    /// Kept from solving when none is given.
    pub reason: Option<ClosingReason>,
}

/// How a ticket ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The requester may still object.
    Solved,
    Closed,
}

impl Ending {
    /// The state it leaves the ticket in.
    pub fn state(self) -> State {
        match self {
            Ending::Solved => State::Solved,
            Ending::Closed => State::Closed,
        }
    }
}

impl Command for Close {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::CloseTickets;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        if ticket.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        let to = self.to.state();
        if ticket.state == State::Closed || ticket.state == to {
            return Err(Rejected::TicketClosed);
        }
        let reason = self.reason.or(ticket.closing_reason);
        if reason.is_none() {
            return Err(Rejected::ReasonMissing);
        }
        let mut events = vec![TicketEvent::StateChanged {
            change: Change {
                from: ticket.state,
                to,
            },
            waiting_for: None,
            reason,
            ended: None,
        }];
        if ticket.reminder_at.is_some() {
            events.push(TicketEvent::ReminderSet(Change {
                from: ticket.reminder_at,
                to: None,
            }));
        }
        Ok(events)
    }
}
