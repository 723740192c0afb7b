//! Reminders (Wiedervorlage): set by an agent, called back by the system.

use uuid::Uuid;

use super::event::{Change, TicketEvent};
use super::state::{State, WaitingFor};
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Sets, moves or removes the reminder.
#[derive(Clone, Debug)]
pub struct SetReminder {
    pub at: Option<Instant>,
}

impl Command for SetReminder {
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
        if ticket.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        if !ticket.state.is_active() {
            return Err(Rejected::TicketClosed);
        }
        if self.at.is_some_and(|at| at <= now) {
            return Err(Rejected::DateInPast);
        }
        if self.at == ticket.reminder_at {
            return Err(Rejected::NothingToDo);
        }
        let mut events = vec![TicketEvent::ReminderSet(Change {
            from: ticket.reminder_at,
            to: self.at,
        })];
        if self.at.is_none() && ticket.waiting_for == Some(WaitingFor::Date) {
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

/// Brings back a ticket that waited for a date that has come. Other reminders stay until somebody moves them.
#[derive(Clone, Debug)]
pub struct CallBack;

impl Command for CallBack {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Remind;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        ticket: &Ticket,
        _: &Actor,
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        let Some(at) = ticket.reminder_at.filter(|at| *at <= now) else {
            return Err(Rejected::NothingToDo);
        };
        if (ticket.state, ticket.waiting_for) != (State::Waiting, Some(WaitingFor::Date)) {
            return Err(Rejected::NothingToDo);
        }
        Ok(vec![
            TicketEvent::ReminderReached { at },
            TicketEvent::StateChanged {
                change: Change {
                    from: State::Waiting,
                    to: State::Open,
                },
                waiting_for: None,
                reason: None,
                ended: None,
            },
        ])
    }
}
