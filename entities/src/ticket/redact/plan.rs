//! What is left of a ticket's messages once something is blacked out, and doing it.

use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::Model;
use super::black::Blackener;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::ledger::Command;
use crate::policy::Permission;
use crate::ticket::attachment::{self, Model as File};
use crate::ticket::event::{Redacted, RedactionEvent, TicketEvent};
use crate::ticket::message::{self, Addresses, Model as Message};
use crate::ticket::state::{Delivery, State};
use crate::ticket::table::Model as Ticket;

/// What is left of a message. Its old salt goes with what it salted: nobody can try out what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remains {
    pub message_id: Uuid,
    pub subject: Option<String>,
    pub body: String,
    /// None when there was none, or when a passage stood in it.
    pub html: Option<String>,
    pub addresses: Addresses,
    /// The mail that was stored as it came, which goes.
    pub raw_gone: Option<String>,
    /// What is stored in its place; whoever runs the plan writes it.
    pub raw: Option<String>,
    pub salt: Vec<u8>,
    /// The time it was written, and its Message-ID, for what is stored in place of the mail.
    pub written_at: Instant,
    pub mail_id: Option<String>,
}

/// A file that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    pub id: Uuid,
    pub message_id: Uuid,
    pub name: String,
    pub sha256: String,
}

/// Everything that a request changes in a ticket, as it stands.
#[derive(Clone, Debug)]
pub struct Plan {
    pub request: Model,
    pub remains: Vec<Remains>,
    pub files: Vec<Gone>,
    title: Option<String>,
    version: i32,
    is_waiting: bool,
}

impl Plan {
    /// Looks through all messages of the ticket: a passage is quoted, a file is passed on.
    pub async fn read(db: &Db, ticket: &Ticket, request: Model) -> Result<Plan> {
        let messages = message::Entity::find()
            .filter(message::COLUMN.ticket_id.eq(ticket.id))
            .order_by_asc(message::Column::Number)
            .all(db.reader())
            .await?;
        let files = attachment::Entity::find()
            .filter(attachment::COLUMN.ticket_id.eq(ticket.id))
            .all(db.reader())
            .await?;
        Ok(Plan::make(ticket, request, &messages, &files))
    }

    fn make(ticket: &Ticket, request: Model, messages: &[Message], files: &[File]) -> Plan {
        let black = Blackener::new(&request.passages());
        let chosen = request.files();
        let chosen: Vec<&File> = files.iter().filter(|f| chosen.contains(&f.id)).collect();
        // The same content goes wherever in the ticket it hangs.
        let gone: Vec<Gone> = files
            .iter()
            .filter(|file| chosen.iter().any(|one| one.sha256 == file.sha256))
            .map(|file| Gone {
                id: file.id,
                message_id: file.message_id,
                name: file.name.clone(),
                sha256: file.sha256.clone(),
            })
            .collect();
        let concerns =
            |m: &&Message| black.finds_in(m) || gone.iter().any(|file| file.message_id == m.id);
        let concerned: Vec<&Message> = messages.iter().filter(concerns).collect();
        let title = black.text(&ticket.title);
        Plan {
            is_waiting: concerned.iter().any(|m| m.delivery == Delivery::Queued),
            remains: concerned.into_iter().map(|m| remains(&black, m)).collect(),
            files: gone,
            title: Some(title).filter(|title| *title != ticket.title),
            version: ticket.version,
            request,
        }
    }
}

fn remains(black: &Blackener, message: &Message) -> Remains {
    let html = message.html.clone().filter(|html| {
        // Marks can stand between two words of a passage, so the page goes as soon as the text holds one.
        !black.finds(html) && !black.finds(&message.body)
    });
    Remains {
        message_id: message.id,
        subject: message.subject.as_deref().map(|text| black.text(text)),
        body: black.text(&message.body),
        html,
        addresses: black.addresses(&message.parties()),
        raw_gone: message.raw_sha256.clone(),
        raw: None,
        salt: crate::history::salt(),
        written_at: message.created_at,
        mail_id: message.mail_id.clone(),
    }
}

/// Does it, for ever.
#[derive(Clone, Debug)]
pub struct Redact {
    pub plan: Plan,
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
        let plan = self.plan;
        let request = &plan.request;
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
        if ticket.version != plan.version {
            return Err(Rejected::SeenBefore);
        }
        if plan.is_waiting {
            return Err(Rejected::MailWaiting);
        }
        if plan.remains.is_empty() {
            return Err(Rejected::NoSuchPassage);
        }
        let redacted = RedactionEvent::Redacted(Redacted {
            request_id: request.id,
            message_id: request.message_id,
            asked_by: request.asked_by,
            decided_by,
            passages: request.passages(),
            remains: plan.remains,
            files: plan.files,
        });
        let renamed = plan.title.map(|title| TicketEvent::Renamed {
            title,
            salt: crate::history::salt(),
        });
        Ok(std::iter::once(redacted.into()).chain(renamed).collect())
    }
}
