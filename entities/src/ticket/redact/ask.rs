//! Ask to have something blacked out.

use uuid::Uuid;

use super::Model;
use super::black::{Blackener, MOST_PASSAGES, SHORTEST_PASSAGE};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;
use crate::ticket::attachment::Model as File;
use crate::ticket::event::{RedactionEvent, TicketEvent};
use crate::ticket::message::Model as Message;
use crate::ticket::state::State;
use crate::ticket::table::Model as Ticket;

/// Asks a colleague to have passages of a message and files of it gone for ever.
#[derive(Clone, Debug)]
pub struct AskRedaction {
    pub message: Message,
    /// Those of the message that have to go.
    pub files: Vec<File>,
    /// As they stand in the message.
    pub passages: Vec<String>,
    /// Why; whoever decides reads it.
    pub reason: String,
    pub once: Option<String>,
}

impl Command for AskRedaction {
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
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        let message = &self.message;
        if ticket.state == State::Merged || message.ticket_id != ticket.id {
            return Err(Rejected::MessageMoved);
        }
        let asked_by = actor.person_id().ok_or(Rejected::FourEyes)?;
        if self.passages.is_empty() && self.files.is_empty() {
            return Err(Rejected::NothingToDo);
        }
        if self.reason.trim().is_empty() {
            return Err(Rejected::EmptyText);
        }
        if self.passages.len() > MOST_PASSAGES {
            return Err(Rejected::TooLong);
        }
        let is_there = |passage: &String| {
            passage.chars().count() >= SHORTEST_PASSAGE
                && Blackener::new(std::slice::from_ref(passage)).finds_in(message)
        };
        if !self.passages.iter().all(is_there) {
            return Err(Rejected::NoSuchPassage);
        }
        let files: Vec<Uuid> = self.files.iter().map(|file| file.id).collect();
        let request = Model {
            id: crate::new_id(),
            message_id: message.id,
            asked_by,
            asked_at: now,
            reason: self.reason.trim().to_owned(),
            passages: serde_json::to_string(&self.passages).unwrap_or_default(),
            files: serde_json::to_string(&files).unwrap_or_default(),
            salt: crate::history::salt(),
            outcome: None,
            decided_by: None,
            decided_at: None,
        };
        Ok(vec![RedactionEvent::Asked(request).into()])
    }
}
