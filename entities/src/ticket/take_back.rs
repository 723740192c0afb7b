//! Take back what was done to a ticket among many, as long as nobody changed it since.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::event::{Change, Ended, TicketEvent};
use super::held;
use super::set_fields::set;
use super::state::{ClosingReason, Priority, State, WaitingFor};
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::field::Value;
use crate::field::change::Sets;
use crate::ledger::Command;
use crate::policy::{Permission, Place};

/// What a ticket was before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    pub owner_id: Option<Uuid>,
    pub team_id: Option<Uuid>,
    pub service_id: Option<Uuid>,
    pub state: State,
    pub waiting_for: Option<WaitingFor>,
    pub closing_reason: Option<ClosingReason>,
    pub priority: Priority,
    pub reminder_at: Option<Instant>,
    #[serde(default)]
    pub solved_at: Option<Instant>,
    #[serde(default)]
    pub closed_at: Option<Instant>,
    /// Fields that were set, with what stood in them.
    pub fields: Vec<(Uuid, Option<Value>)>,
}

impl Before {
    /// What these events found.
    pub fn of(ticket: &Ticket, events: &[TicketEvent]) -> Before {
        let set = events.iter().flat_map(|event| match event {
            TicketEvent::FieldsSet { changes, .. } => changes.as_slice(),
            _ => &[],
        });
        Before {
            owner_id: ticket.owner_id,
            team_id: ticket.team_id,
            service_id: ticket.service_id,
            state: ticket.state,
            waiting_for: ticket.waiting_for,
            closing_reason: ticket.closing_reason,
            priority: ticket.priority,
            reminder_at: ticket.reminder_at,
            solved_at: ticket.solved_at,
            closed_at: ticket.closed_at,
            fields: set.map(|c| (c.field_id, c.from.clone())).collect(),
        }
    }

    /// When it had ended, if it had.
    pub(super) fn ended(&self) -> Option<Ended> {
        let is_over = matches!(self.state, State::Solved | State::Closed);
        (is_over && self.solved_at.is_some()).then_some(Ended {
            solved_at: self.solved_at,
            closed_at: self.closed_at,
        })
    }

    /// The ticket as it stood for the policy then.
    pub fn stood(&self, ticket: &Ticket) -> Ticket {
        let mut was = Ticket {
            team_id: self.team_id,
            owner_id: self.owner_id,
            service_id: self.service_id,
            ..ticket.clone()
        };
        for (field_id, value) in &self.fields {
            held::set(&mut was.held, *field_id, value.as_ref());
        }
        was
    }
}

/// Makes the ticket what it was before a command `C`, under the same permission.
#[derive(Debug)]
pub struct TakeBack<C> {
    pub before: Before,
    /// The ticket's as the command left it.
    pub version: i32,
    pub sets: Sets,
    of: PhantomData<fn() -> C>,
}

impl<C> Clone for TakeBack<C> {
    fn clone(&self) -> Self {
        TakeBack::new(self.before.clone(), self.version, self.sets.clone())
    }
}

impl<C> TakeBack<C> {
    pub fn new(before: Before, version: i32, sets: Sets) -> TakeBack<C> {
        TakeBack {
            before,
            version,
            sets,
            of: PhantomData,
        }
    }
}

impl<C: Command<Target = Ticket, On = Ticket>> Command for TakeBack<C> {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = C::NEEDS;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    /// What was handed to others may be called back from there, to where it was one's own to hand over.
    fn place(&self, ticket: &Ticket) -> Place {
        self.before.stood(ticket).place()
    }

    fn decide(
        self,
        ticket: &Ticket,
        actor: &Actor,
        _: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        if ticket.version != self.version {
            return Err(Rejected::ChangedMeanwhile);
        }
        let before = &self.before;
        let mut events = Vec::new();
        let back =
            |from: Option<Uuid>, to: Option<Uuid>| (from != to).then_some(Change { from, to });
        events.extend(back(ticket.service_id, before.service_id).map(TicketEvent::Classified));
        events.extend(back(ticket.team_id, before.team_id).map(TicketEvent::Moved));
        events.extend(back(ticket.owner_id, before.owner_id).map(TicketEvent::Assigned));
        if ticket.priority != before.priority {
            events.push(TicketEvent::Prioritised(Change {
                from: ticket.priority,
                to: before.priority,
            }));
        }
        if ticket.reminder_at != before.reminder_at {
            events.push(TicketEvent::ReminderSet(Change {
                from: ticket.reminder_at,
                to: before.reminder_at,
            }));
        }
        if (ticket.state, ticket.waiting_for) != (before.state, before.waiting_for) {
            events.push(TicketEvent::StateChanged {
                change: Change {
                    from: ticket.state,
                    to: before.state,
                },
                waiting_for: before.waiting_for,
                reason: before.closing_reason,
                ended: before.ended(),
            });
        }
        events.extend(set(self.sets.changes(ticket, actor)?));
        match events.is_empty() {
            true => Err(Rejected::NothingToDo),
            false => Ok(events),
        }
    }
}
