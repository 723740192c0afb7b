//! An article that went into a message: said with the message, counted once it has left.

use uuid::Uuid;

use super::event::TicketEvent;
use super::state::State;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Notes it beside the message.
#[derive(Clone, Copy, Debug)]
pub struct UseArticle {
    pub message_id: Uuid,
    pub article_id: Uuid,
    /// The version that was before the writer's eyes.
    pub version: i32,
}

impl Command for UseArticle {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::ReadTickets;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        if ticket.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        Ok(vec![TicketEvent::ArticleUsed {
            message_id: self.message_id,
            article_id: self.article_id,
            version: self.version,
        }])
    }
}
