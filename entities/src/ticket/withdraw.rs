//! Take a reply back before it leaves.

use uuid::Uuid;

use super::event::{Change, TicketEvent};
use super::message::{Model as Message, Undo};
use super::state::Delivery;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Stops a mail that still waits and restores what the same send changed, where nobody changed it since.
#[derive(Clone, Debug)]
pub struct Withdraw {
    pub message: Message,
}

impl Command for Withdraw {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Reply;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        match self.message.delivery {
            Delivery::Queued if self.message.ticket_id == ticket.id => {}
            Delivery::Withdrawn => return Err(Rejected::AlreadyWithdrawn),
            _ => return Err(Rejected::AlreadySent),
        }
        let mut events = vec![TicketEvent::Withdrawn {
            message_id: self.message.id,
            was_first: ticket.first_reply_at == Some(self.message.created_at),
        }];
        let undo: Option<Undo> = self
            .message
            .undo
            .as_deref()
            .and_then(|u| serde_json::from_str(u).ok());
        let Some(undo) = undo else {
            return Ok(events);
        };
        if undo.owner_before != undo.owner_after && ticket.owner_id == undo.owner_after {
            events.push(TicketEvent::Assigned(Change {
                from: ticket.owner_id,
                to: undo.owner_before,
            }));
        }
        let before = (undo.state_before, undo.waiting_before);
        let goes_back =
            ticket.state == undo.state_after && (ticket.state, ticket.waiting_for) != before;
        if goes_back {
            events.push(TicketEvent::StateChanged {
                change: Change {
                    from: ticket.state,
                    to: undo.state_before,
                },
                waiting_for: undo.waiting_before,
                reason: None,
                ended: None,
            });
        }
        let is_as_left = undo.reminder_before != undo.reminder_after
            && ticket.reminder_at == undo.reminder_after;
        // Whoever has ended it otherwise meanwhile wants no reminder of it.
        if is_as_left && (goes_back || ticket.state.is_active()) {
            events.push(TicketEvent::ReminderSet(Change {
                from: ticket.reminder_at,
                to: undo.reminder_before,
            }));
        }
        Ok(events)
    }
}
