//! Articles linked with a ticket by hand: what is written in them concerns the case.

use uuid::Uuid;

use super::event::{TicketEvent, TiedEvent};
use super::state::State;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Links an article the actor has found.
#[derive(Clone, Copy, Debug)]
pub struct LinkArticle {
    pub article_id: Uuid,
}

impl Command for LinkArticle {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::LinkTickets;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        match ticket.state {
            State::Merged => Err(Rejected::AlreadyMerged),
            _ => {
                let article_id = self.article_id;
                Ok(vec![TiedEvent::ArticleLinked { article_id }.into()])
            }
        }
    }
}

/// Takes such a link away again.
#[derive(Clone, Copy, Debug)]
pub struct UnlinkArticle {
    pub article_id: Uuid,
}

impl Command for UnlinkArticle {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::LinkTickets;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, _: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        let article_id = self.article_id;
        Ok(vec![TiedEvent::ArticleUnlinked { article_id }.into()])
    }
}
