//! Let the ticket wait for somebody or for a date.

use uuid::Uuid;

use super::event::{Change, TicketEvent};
use super::state::{State, WaitingFor};
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Sets the ticket aside.
#[derive(Clone, Debug)]
pub struct Wait {
    pub waiting_for: WaitingFor,
    /// When to come back by itself; needed when it waits for a date.
    pub until: Option<Instant>,
}

impl Command for Wait {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::SetState;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        ticket: &Ticket,
        _: &Actor,
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        ticket.state.require_unended()?;
        let past = self.until.is_some_and(|until| until <= now);
        let missing = self.waiting_for == WaitingFor::Date && self.until.is_none();
        if past || missing {
            return Err(Rejected::DateInPast);
        }
        let mut events = Vec::new();
        if self.until.is_some() && self.until != ticket.reminder_at {
            events.push(TicketEvent::ReminderSet(Change {
                from: ticket.reminder_at,
                to: self.until,
            }));
        }
        if (ticket.state, ticket.waiting_for) != (State::Waiting, Some(self.waiting_for)) {
            events.push(TicketEvent::StateChanged {
                change: Change {
                    from: ticket.state,
                    to: State::Waiting,
                },
                waiting_for: Some(self.waiting_for),
                reason: None,
                ended: None,
            });
        }
        if events.is_empty() {
            Err(Rejected::NothingToDo)
        } else {
            Ok(events)
        }
    }
}
