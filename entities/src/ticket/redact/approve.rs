//! Black something out, for ever: in the ticket where it was asked for and wherever its messages stand once more.

use uuid::Uuid;

use super::Plan;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::ledger::{Command, Step};
use crate::permit::Permit;
use crate::policy::{Permission, Place};
use crate::ticket::event::TicketEvent;
use crate::ticket::state::State;
use crate::ticket::table::Model as Ticket;

/// Does what was asked for, in the ticket of the request.
#[derive(Clone, Debug)]
pub struct Redact {
    plan: Plan,
}

impl Command for Redact {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::RedactMessages;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        ticket: &Ticket,
        actor: &Actor,
        _: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        let request = &self.plan.request;
        if request.outcome.is_some() {
            return Err(Rejected::RedactionDecided);
        }
        let decided_by = actor.person_id().ok_or(Rejected::FourEyes)?;
        if decided_by == request.asked_by {
            return Err(Rejected::FourEyes);
        }
        if ticket.state == State::Merged {
            return Err(Rejected::MessageMoved);
        }
        if self.plan.remains.is_empty() {
            return Err(Rejected::NoSuchPassage);
        }
        self.plan.events(ticket, Some(decided_by))
    }
}

/// Does the same in another ticket. It follows from the decision and needs no right of its own there.
#[derive(Clone, Debug)]
struct RedactCopies {
    plan: Plan,
    /// Of the ticket of the request.
    place: Place,
}

impl Command for RedactCopies {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::RedactMessages;

    fn target(&self, _: &Ticket) -> Option<Uuid> {
        Some(self.plan.ticket_id)
    }

    fn place(&self, _: &Ticket) -> Place {
        self.place.clone()
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        self.plan.events(ticket, None)
    }
}

/// Does everything of a plan, or nothing.
///
/// # Errors
/// `FourEyes` for whoever asked, `RedactionDecided` and `NoSuchPassage` when there is nothing left to do, `SeenBefore` when
/// something happened in one of the tickets since the plan was read, `MailWaiting` while a message of it waits to be sent.
pub async fn approve(db: &Db, permit: Permit<Redact>, mut plan: Plan) -> Result<()> {
    let elsewhere = std::mem::take(&mut plan.elsewhere);
    let mut steps = Vec::with_capacity(elsewhere.len() + 1);
    let place = permit.on().place();
    for plan in elsewhere {
        let permit = Permit::ask(permit.actor(), permit.on().clone())?;
        let place = place.clone();
        steps.push(Step::new(permit, RedactCopies { plan, place }));
    }
    steps.insert(0, Step::new(permit, Redact { plan }));
    db.change_all(steps).await?;
    Ok(())
}
