//! Leave a message as it is: by whoever decides, or by whoever asked.

use uuid::Uuid;

use super::{Model, Outcome};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;
use crate::ticket::event::{RedactionEvent, TicketEvent};
use crate::ticket::table::Model as Ticket;

fn leave(request: &Model, actor: &Actor, outcome: Outcome) -> Result<Vec<TicketEvent>, Rejected> {
    if request.outcome.is_some() {
        return Err(Rejected::RedactionDecided);
    }
    let event = RedactionEvent::Left {
        request_id: request.id,
        message_id: request.message_id,
        decided_by: actor.person_id().ok_or(Rejected::FourEyes)?,
        outcome,
    };
    Ok(vec![event.into()])
}

/// Decides that it stays.
#[derive(Clone, Debug)]
pub struct RefuseRedaction {
    pub request: Model,
}

impl Command for RefuseRedaction {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::RedactMessages;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, _: &Ticket, actor: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        leave(&self.request, actor, Outcome::Refused)
    }
}

/// Takes one's own request back.
#[derive(Clone, Debug)]
pub struct WithdrawRedaction {
    pub request: Model,
}

impl Command for WithdrawRedaction {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Note;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, _: &Ticket, actor: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        if actor.person_id() != Some(self.request.asked_by) {
            return Err(Rejected::FourEyes);
        }
        leave(&self.request, actor, Outcome::Withdrawn)
    }
}
