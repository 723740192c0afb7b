//! Split a message off into a ticket of its own: it moves there or is copied, and the two are linked.

use uuid::Uuid;

use super::classify::Place;
use super::event::{Opened, TicketEvent, TiedEvent};
use super::link::LinkKind;
use super::message::{Model as Message, NewFile, NewMessage, ThreadedBy};
use super::open::{AfterOpen, going_on};
use super::set_fields::set;
use super::state::{Delivery, Kind, Priority, State};
use super::table::Model as Ticket;
use super::{attachment, link};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::field::change::Sets;
use crate::ledger::{Command, Subject as _};
use crate::permit::Desk;
use crate::policy::Permission;

/// What becomes of the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It leaves its ticket; answers to it arrive in the new one.
    Move,
    /// It stays, and the new ticket begins with a copy.
    Copy,
}

/// What happens to the ticket that the message stands in.
#[derive(Clone, Debug)]
pub struct SplitOff {
    pub message: Message,
    /// The ticket's version when the message was read: what was blacked out since must not be copied.
    pub seen: i32,
    pub part: Part,
    /// The new ticket.
    pub new_id: Uuid,
}

impl Command for SplitOff {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::MergeTickets;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        let message = self.message;
        if ticket.state == State::Merged || message.ticket_id != ticket.id {
            return Err(Rejected::MessageMoved);
        }
        if ticket.version != self.seen {
            return Err(Rejected::SeenBefore);
        }
        match message.delivery {
            Delivery::Queued => return Err(Rejected::MailWaiting),
            Delivery::Withdrawn => return Err(Rejected::AlreadyWithdrawn),
            Delivery::None | Delivery::Sent | Delivery::Failed | Delivery::Bounced => {}
        }
        let (message_id, to_id) = (message.id, self.new_id);
        Ok(vec![
            match self.part {
                Part::Move => TicketEvent::MessageMovedOut { message_id, to_id },
                Part::Copy => TiedEvent::CopiedOut { message_id, to_id }.into(),
            },
            TicketEvent::Linked {
                other_id: to_id,
                kind: LinkKind::SplitInto,
            },
        ])
    }
}

/// Opens the ticket that begins with the message.
#[derive(Clone, Debug)]
pub struct OpenSplit {
    pub new_id: Uuid,
    /// The ticket that the message stands in.
    pub from_id: Uuid,
    pub message: Message,
    pub files: Vec<attachment::Model>,
    pub part: Part,
    pub title: String,
    pub kind: Kind,
    pub priority: Priority,
    pub place: Place,
    pub requester_id: Option<Uuid>,
    pub organisation_id: Option<Uuid>,
    pub district_id: Option<Uuid>,
    pub mailbox_id: Option<Uuid>,
    pub fields: Sets,
    pub then: AfterOpen,
    pub once: Option<String>,
}

impl Command for OpenSplit {
    type Target = Ticket;
    type On = Desk;
    const NEEDS: Permission = Permission::CreateTickets;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        None
    }

    fn new_id(&self) -> Option<Uuid> {
        Some(self.new_id)
    }

    fn once(&self) -> Option<&str> {
        self.once.as_deref()
    }

    fn decide(
        self,
        subject: &Ticket,
        actor: &Actor,
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        if self.title.trim().is_empty() {
            return Err(Rejected::EmptyTitle);
        }
        let opened = TicketEvent::Opened(Box::new(Opened {
            title: self.title.trim().to_owned(),
            kind: self.kind,
            channel: self.message.channel,
            priority: self.priority,
            team_id: self.place.team_id,
            service_id: self.place.service_id,
            requester_id: self.requester_id,
            organisation_id: self.organisation_id,
            district_id: self.district_id,
            mailbox_id: self.mailbox_id,
            follows_id: None,
            salt: crate::history::salt(),
        }));
        let mut like = subject.clone();
        like.apply(&opened, now);
        let fields = set(self.fields.changes(&like, actor)?);
        let mut events = vec![opened];
        events.extend(fields);
        events.push(match self.part {
            Part::Move => TicketEvent::MessageMovedIn {
                message_id: self.message.id,
                from_id: self.from_id,
                written_at: self.message.created_at,
            },
            Part::Copy => TiedEvent::CopiedIn {
                message: Box::new(copy(&self.message, &self.files)),
                from_id: self.from_id,
                copy_of: self.message.id,
                written_at: self.message.created_at,
            }
            .into(),
        });
        events.push(TicketEvent::Linked {
            other_id: self.from_id,
            kind: link::LinkKind::SplitFrom,
        });
        events.extend(going_on(self.then, subject, actor, now)?);
        Ok(events)
    }
}

/// The message once more, for another ticket. Answers to the mail keep arriving where it stands, and it is no vendor's.
fn copy(message: &Message, files: &[attachment::Model]) -> NewMessage {
    let body = message.body.clone();
    NewMessage {
        author_id: message.author_id,
        addresses: message.parties(),
        subject: message.subject.clone(),
        html: message.html.clone(),
        raw_sha256: message.raw_sha256.clone(),
        threaded_by: Some(ThreadedBy::ByHand),
        notes: message.warnings(),
        call_minutes: message.call_minutes,
        mail_facts: message.facts(),
        files: files
            .iter()
            .map(|file| NewFile {
                name: file.name.clone(),
                content_type: file.content_type.clone(),
                size_bytes: file.size_bytes,
                sha256: file.sha256.clone(),
                inline: file.inline,
                content_id: file.content_id.clone(),
            })
            .collect(),
        ..NewMessage::text(message.audience, message.direction, message.channel, body)
    }
}
