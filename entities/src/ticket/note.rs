//! Write an internal note.

use uuid::Uuid;

use super::event::TicketEvent;
use super::message::{NewFile, NewMessage};
use super::reply::{After, Then};
use super::state::{Audience, Channel, Direction, State};
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Adds a note only agents read.
#[derive(Clone, Debug)]
pub struct WriteNote {
    /// Markdown.
    pub body: String,
    pub files: Vec<NewFile>,
    pub once: Option<String>,
}

impl Command for WriteNote {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Note;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn once(&self) -> Option<&str> {
        self.once.as_deref()
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
        if self.body.trim().is_empty() && self.files.is_empty() {
            return Err(Rejected::EmptyText);
        }
        let message = NewMessage {
            author_id: actor.person_id(),
            files: self.files,
            ..NewMessage::text(
                Audience::Internal,
                Direction::Internal,
                Channel::Note,
                self.body,
            )
        };
        Ok(vec![TicketEvent::NoteWritten {
            message: Box::new(message),
        }])
    }
}

/// Adds a note and leaves the ticket in a state, as an answer does. Whoever makes one has asked whether the actor may set
/// that state.
#[derive(Clone, Debug)]
pub(crate) struct NoteThen {
    pub note: WriteNote,
    pub then: Then,
}

impl Command for NoteThen {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = <WriteNote as Command>::NEEDS;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        self.note.target(on)
    }

    fn decide(
        self,
        ticket: &Ticket,
        actor: &Actor,
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        ticket.state.require_unended()?;
        let mut events = self.note.decide(ticket, actor, now)?;
        events.extend(After::of(ticket, self.then, actor).events(ticket));
        Ok(events)
    }
}
