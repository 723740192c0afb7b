//! Set dynamic fields, several at once.

use uuid::Uuid;

use super::event::TicketEvent;
use super::state::State;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::field::change::{FieldChange, Sets};
use crate::ledger::Command;
use crate::policy::Permission;

/// Sets what was prepared; all of it or nothing.
#[derive(Clone, Debug)]
pub struct SetFields {
    pub sets: Sets,
}

impl Command for SetFields {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Classify;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        ticket: &Ticket,
        actor: &Actor,
        _: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        if ticket.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        match set(self.sets.changes(ticket, actor)?) {
            Some(event) => Ok(vec![event]),
            None => Err(Rejected::NothingToDo),
        }
    }
}

/// The event of these changes; none without any.
pub(super) fn set(changes: Vec<FieldChange>) -> Option<TicketEvent> {
    (!changes.is_empty()).then(|| TicketEvent::FieldsSet {
        change_id: crate::new_id(),
        changes,
        salt: crate::history::salt(),
    })
}
