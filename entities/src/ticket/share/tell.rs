//! Write to one vendor the ticket is shared with.

use chrono::Duration;
use uuid::Uuid;

use super::justification::Gate;
use super::{Model, ShareEvent};
use crate::actor::{Actor, Rule};
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;
use crate::ticket::event::{NewOutbound, TicketEvent};
use crate::ticket::message::{Addresses, NewFile, NewMessage};
use crate::ticket::reply::{After, Then};
use crate::ticket::state::{Audience, Channel, Delivery, Direction, State};
use crate::ticket::table::Model as Ticket;

/// How a message reaches a vendor. Whoever uses the portal finds it there in either case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    Portal,
    Mail {
        /// Message-ID without angle brackets, made from the message's id.
        mail_id: String,
        in_reply_to: Option<String>,
        mail_references: Vec<String>,
        mailbox_id: Option<Uuid>,
        addresses: Box<Addresses>,
        subject: String,
    },
}

/// Sends a message to one vendor, and to nobody else.
#[derive(Clone, Debug)]
pub struct TellVendor {
    /// As it was seen.
    pub share: Model,
    pub message_id: Uuid,
    /// Markdown.
    pub body: String,
    pub files: Vec<NewFile>,
    pub way: Way,
    pub gate: Gate,
    pub then: Then,
    /// Seconds in which a mail can be taken back.
    pub undo_seconds: i64,
    pub once: Option<String>,
}

impl Command for TellVendor {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::ShareWithVendor;

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
        self.share.require_open(ticket)?;
        if ticket.state == State::Closed {
            return Err(Rejected::TicketClosed);
        }
        Told {
            share: &self.share,
            message_id: self.message_id,
            body: self.body,
            files: self.files,
            way: self.way,
            gate: self.gate,
            then: self.then,
            undo_seconds: self.undo_seconds,
        }
        .events(ticket, actor, now)
    }
}

/// A message about to go to a vendor, be it the enquiry or a later one.
pub(super) struct Told<'a> {
    pub share: &'a Model,
    pub message_id: Uuid,
    pub body: String,
    pub files: Vec<NewFile>,
    pub way: Way,
    pub gate: Gate,
    pub then: Then,
    pub undo_seconds: i64,
}

impl Told<'_> {
    pub fn events(
        self,
        ticket: &Ticket,
        actor: &Actor,
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        if self.body.trim().is_empty() {
            return Err(Rejected::EmptyText);
        }
        let subject = match &self.way {
            Way::Mail { subject, .. } => subject.as_str(),
            Way::Portal => "",
        };
        let names = self.files.iter().map(|file| file.name.as_str());
        self.gate
            .require_decided(names.chain([self.body.as_str(), subject]))?;
        let organisation_id = self.share.organisation_id;
        let after = After::of(ticket, self.then, actor);
        let text = |channel, body| NewMessage {
            id: self.message_id,
            share_id: Some(self.share.id),
            author_id: actor.person_id(),
            files: self.files,
            ..NewMessage::text(Audience::Vendor, Direction::Out, channel, body)
        };
        let (message, outbound) = match self.way {
            Way::Portal => (text(Channel::Portal, self.body), None),
            Way::Mail {
                mail_id,
                in_reply_to,
                mail_references,
                mailbox_id,
                addresses,
                subject,
            } => {
                let recipients: Vec<String> = [&addresses.to, &addresses.cc, &addresses.bcc]
                    .into_iter()
                    .flatten()
                    .map(|to| to.address.clone())
                    .collect();
                if recipients.is_empty() {
                    return Err(Rejected::NoRecipient);
                }
                let imported = matches!(actor.rule(), Some(Rule::Import { .. }));
                let message = NewMessage {
                    addresses: *addresses,
                    subject: Some(subject),
                    mail_id: Some(mail_id.clone()),
                    in_reply_to,
                    mail_references,
                    delivery: match imported {
                        true => Delivery::Sent,
                        false => Delivery::Queued,
                    },
                    undo: Some(after.undo(ticket)),
                    ..text(Channel::Mail, self.body)
                };
                let outbound = NewOutbound {
                    mailbox_id,
                    mail_id,
                    recipients,
                    not_before: now + Duration::seconds(self.undo_seconds.clamp(0, 60)),
                };
                (message, Some(outbound))
            }
        };
        let share = |event| TicketEvent::Share(Box::new(event));
        let mut events = Vec::new();
        if !self.gate.passed.is_empty() {
            events.push(share(ShareEvent::GatePassed {
                organisation_id,
                message_id: self.message_id,
                passed: Box::new(self.gate.passed),
            }));
        }
        events.push(share(ShareEvent::Told {
            organisation_id,
            message: Box::new(message),
            outbound,
        }));
        events.extend(after.events(ticket));
        Ok(events)
    }
}
