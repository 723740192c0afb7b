//! The vendor answers in the portal.

use uuid::Uuid;

use super::{Model, ShareEvent};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::{Permission, Place};
use crate::ticket::event::{Change, TicketEvent};
use crate::ticket::message::{NewFile, NewMessage};
use crate::ticket::receive::rests;
use crate::ticket::state::{Audience, Channel, Direction, State};
use crate::ticket::table::Model as Ticket;

/// Adds what a vendor writes to the thread; the requester and other vendors never read it.
#[derive(Clone, Debug)]
pub struct AnswerAsVendor {
    /// As it was seen.
    pub share: Model,
    pub message_id: Uuid,
    /// Plain text.
    pub body: String,
    pub files: Vec<NewFile>,
    pub once: Option<String>,
}

impl Command for AnswerAsVendor {
    type Target = Ticket;
    type On = Model;
    const NEEDS: Permission = Permission::UsePortal;

    fn target(&self, on: &Model) -> Option<Uuid> {
        Some(on.target_of(&self.share))
    }

    fn once(&self) -> Option<&str> {
        self.once.as_deref()
    }

    fn place(&self, _: &Ticket) -> Place {
        self.share.place()
    }

    fn decide(
        self,
        ticket: &Ticket,
        actor: &Actor,
        _: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        self.share.require_open(ticket)?;
        if self.body.trim().is_empty() && self.files.is_empty() {
            return Err(Rejected::EmptyText);
        }
        let message = NewMessage {
            id: self.message_id,
            share_id: Some(self.share.id),
            author_id: actor.person_id(),
            files: self.files,
            ..NewMessage::text(Audience::Vendor, Direction::In, Channel::Portal, self.body)
        };
        let mut events = vec![TicketEvent::Share(Box::new(ShareEvent::Answered {
            organisation_id: self.share.organisation_id,
            message: Box::new(message),
        }))];
        if rests(ticket, Audience::Vendor) {
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
