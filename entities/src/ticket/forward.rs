//! Send a message of a ticket on to somebody outside, with the files one chooses and what one adds.

use chrono::Duration;
use uuid::Uuid;

use super::event::{NewOutbound, TicketEvent, TiedEvent};
use super::message::{Address, Addresses, Model as Message, NewFile, NewMessage};
use super::state::{Audience, Channel, Delivery, Direction, State};
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Sends it on as a mail of its own. The ticket stays as it is; answers come in as internal messages.
#[derive(Clone, Debug)]
pub struct Forward {
    /// The id the new message will have; its Message-ID was made from it.
    pub message_id: Uuid,
    /// Message-ID without angle brackets.
    pub mail_id: String,
    pub mailbox_id: Option<Uuid>,
    /// What is sent on.
    pub of: Message,
    /// The ticket's version when that was read: what was blacked out since must not go out.
    pub seen: i32,
    pub to: Vec<Address>,
    pub subject: String,
    /// Markdown, with the message quoted in it.
    pub body: String,
    /// Those of the message that go along.
    pub files: Vec<NewFile>,
    /// Seconds in which it can be taken back.
    pub undo_seconds: i64,
    pub once: Option<String>,
}

impl Command for Forward {
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
        if ticket.state == State::Merged || self.of.ticket_id != ticket.id {
            return Err(Rejected::MessageMoved);
        }
        if ticket.version != self.seen {
            return Err(Rejected::SeenBefore);
        }
        match self.of.delivery {
            Delivery::Queued => return Err(Rejected::MailWaiting),
            Delivery::Withdrawn => return Err(Rejected::AlreadyWithdrawn),
            Delivery::None | Delivery::Sent | Delivery::Failed | Delivery::Bounced => {}
        }
        if self.to.is_empty() {
            return Err(Rejected::NoRecipient);
        }
        if self.body.trim().is_empty() {
            return Err(Rejected::EmptyText);
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
            subject: Some(self.subject),
            mail_id: Some(self.mail_id),
            delivery: Delivery::Queued,
            files: self.files,
            // Neither the requester nor a vendor took part in it.
            ..NewMessage::text(Audience::Internal, Direction::Out, Channel::Mail, self.body)
        };
        Ok(vec![
            TiedEvent::Forwarded {
                message: Box::new(message),
                outbound,
                of: self.of.id,
            }
            .into(),
        ])
    }
}
