//! Send a mail on unchanged to whoever is responsible for it.

use chrono::Duration;
use uuid::Uuid;

use super::event::{NewOutbound, TicketEvent, TiedEvent};
use super::message::{Address, Addresses, Model as Message, NewFile, NewMessage, Undo};
use super::state::{Audience, Channel, Delivery, Direction, State};
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Sends a mail that came in on, byte for byte, so that whoever gets it answers its sender and not us.
#[derive(Clone, Debug)]
pub struct PassOn {
    /// The id the new message will have; its Message-ID was made from it.
    pub message_id: Uuid,
    /// Without angle brackets; the mail keeps its own beside it.
    pub mail_id: String,
    pub mailbox_id: Option<Uuid>,
    pub of: Message,
    /// The ticket's version when the mail was read: what was blacked out since must not go out.
    pub seen: i32,
    /// The state in which the same form ends the ticket; taking the mail back gives it back the one it has.
    pub ends: Option<State>,
    /// Those of the mail, as they stand in the thread.
    pub files: Vec<NewFile>,
    pub to: Vec<Address>,
    /// Seconds in which it can be taken back.
    pub undo_seconds: i64,
    pub once: Option<String>,
}

/// Whether a message is a mail that lies in the store as it came.
pub fn can_pass_on(message: &Message) -> bool {
    message.direction == Direction::In
        && message.channel == Channel::Mail
        && message.audience == Audience::Requester
        && message.raw_sha256.is_some()
}

/// Back to how the ticket stands; its owner is a matter of the word to the requester.
fn undo(ticket: &Ticket, state_after: State) -> Undo {
    Undo {
        state_before: ticket.state,
        waiting_before: ticket.waiting_for,
        state_after,
        owner_before: ticket.owner_id,
        owner_after: ticket.owner_id,
        reminder_before: ticket.reminder_at,
        reminder_after: ticket.reminder_at,
        first_reply_before: ticket.first_reply_at,
    }
}

impl Command for PassOn {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Reply;

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
        let of = self.of;
        if ticket.state == State::Merged || of.ticket_id != ticket.id || !can_pass_on(&of) {
            return Err(Rejected::MessageMoved);
        }
        if ticket.version != self.seen {
            return Err(Rejected::SeenBefore);
        }
        if self.to.is_empty() {
            return Err(Rejected::NoRecipient);
        }
        let outbound = NewOutbound {
            mailbox_id: self.mailbox_id,
            mail_id: self.mail_id.clone(),
            recipients: self.to.iter().map(|to| to.address.clone()).collect(),
            not_before: now + Duration::seconds(self.undo_seconds.clamp(0, 60)),
        };
        let message = NewMessage {
            id: self.message_id,
            author_id: actor.person_id(),
            addresses: Addresses {
                to: self.to,
                ..Addresses::default()
            },
            subject: of.subject.clone(),
            mail_id: Some(self.mail_id),
            raw_sha256: of.raw_sha256.clone(),
            delivery: Delivery::Queued,
            files: self.files,
            undo: self.ends.map(|state| undo(ticket, state)),
            ..NewMessage::text(Audience::Internal, Direction::Out, Channel::Mail, of.body)
        };
        Ok(vec![
            TiedEvent::PassedOn {
                message: Box::new(message),
                outbound,
                of: of.id,
            }
            .into(),
        ])
    }
}
