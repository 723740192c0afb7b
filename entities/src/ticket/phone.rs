//! Log a phone call in an existing ticket.

use uuid::Uuid;

use super::event::{Change, TicketEvent};
use super::message::{NewFile, NewMessage};
use super::state::{Audience, Channel, Direction, State, WaitingFor};
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Adds a call, in or out.
#[derive(Clone, Debug)]
pub struct LogCall {
    pub direction: Direction,
    /// Who was on the phone; the agent who writes is in the history.
    pub person_id: Option<Uuid>,
    pub minutes: Option<i32>,
    pub body: String,
    pub files: Vec<NewFile>,
    pub once: Option<String>,
}

impl Command for LogCall {
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
        if self.body.trim().is_empty() {
            return Err(Rejected::EmptyText);
        }
        let author_id = match self.direction {
            Direction::In => self.person_id.or(ticket.requester_id),
            Direction::Out | Direction::Internal => actor.person_id(),
        };
        let came_in = self.direction == Direction::In;
        let message = NewMessage {
            author_id,
            call_minutes: self.minutes,
            files: self.files,
            ..NewMessage::text(
                Audience::Requester,
                self.direction,
                Channel::Phone,
                self.body,
            )
        };
        let mut events = vec![TicketEvent::CallLogged {
            message: Box::new(message),
        }];
        let waited =
            ticket.state == State::Waiting && ticket.waiting_for == Some(WaitingFor::Requester);
        if came_in && (waited || matches!(ticket.state, State::Solved | State::Closed)) {
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
