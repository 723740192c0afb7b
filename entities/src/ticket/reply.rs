//! Answer the requester by mail.

use chrono::Duration;
use uuid::Uuid;

use super::event::{Change, NewOutbound, TicketEvent};
use super::message::{Addresses, NewFile, NewMessage, Undo};
use super::state::{Audience, Channel, ClosingReason, Delivery, Direction, State, WaitingFor};
use super::table::Model as Ticket;
use crate::actor::{Actor, Rule};
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Sends a mail from the ticket.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The id the message will have; its Message-ID was made from it.
    pub message_id: Uuid,
    /// Message-ID without angle brackets.
    pub mail_id: String,
    pub in_reply_to: Option<String>,
    pub mail_references: Vec<String>,
    pub mailbox_id: Option<Uuid>,
    pub addresses: Addresses,
    pub subject: String,
    /// Markdown.
    pub body: String,
    pub files: Vec<NewFile>,
    pub audience: Audience,
    /// The share whose repair the requester is told of.
    pub told_of: Option<Uuid>,
    pub then: Then,
    /// Seconds in which it can be taken back.
    pub undo_seconds: i64,
    pub once: Option<String>,
}

/// The state a reply leaves the ticket in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// In work, as before.
    Open,
    /// Until the requester answers.
    WaitForRequester,
    /// Until the vendor answers.
    WaitForVendor,
    Solve(ClosingReason),
    /// Closed at once: nobody is asked whether that was all.
    Close(ClosingReason),
    /// As it was, its owner too.
    Stay,
    /// Solved where somebody still works on it, with the owner it has.
    SolveOpen(ClosingReason),
}

impl Then {
    fn state(self, ticket: &Ticket) -> (State, Option<WaitingFor>, Option<ClosingReason>) {
        match self {
            Then::Stay => (ticket.state, ticket.waiting_for, ticket.closing_reason),
            Then::SolveOpen(reason) if ticket.state.is_active() => {
                Then::Solve(reason).state(ticket)
            }
            Then::SolveOpen(_) => Then::Stay.state(ticket),
            Then::Open => (State::Open, None, None),
            Then::WaitForRequester => (State::Waiting, Some(WaitingFor::Requester), None),
            Then::WaitForVendor => (State::Waiting, Some(WaitingFor::Vendor), None),
            Then::Solve(reason) => (State::Solved, None, Some(reason)),
            Then::Close(reason) => (State::Closed, None, Some(reason)),
        }
    }
}

/// What a message that goes out leaves of the ticket besides.
pub(super) struct After {
    state: State,
    waiting_for: Option<WaitingFor>,
    reason: Option<ClosingReason>,
    owner_id: Option<Uuid>,
    reminder_at: Option<Instant>,
}

impl After {
    /// Whoever writes first to this one ticket becomes the owner; what ends reminds of nothing any more.
    pub fn of(ticket: &Ticket, then: Then, actor: &Actor) -> After {
        let (state, waiting_for, reason) = then.state(ticket);
        let writer = match then {
            Then::Stay | Then::SolveOpen(_) => None,
            Then::Open
            | Then::WaitForRequester
            | Then::WaitForVendor
            | Then::Solve(_)
            | Then::Close(_) => actor.person_id(),
        };
        let ends = state != ticket.state && !state.is_active();
        After {
            state,
            waiting_for,
            reason,
            owner_id: ticket.owner_id.or(writer),
            reminder_at: ticket.reminder_at.filter(|_| !ends),
        }
    }

    pub fn undo(&self, ticket: &Ticket) -> Undo {
        Undo {
            state_before: ticket.state,
            waiting_before: ticket.waiting_for,
            state_after: self.state,
            owner_before: ticket.owner_id,
            owner_after: self.owner_id,
            reminder_before: ticket.reminder_at,
            reminder_after: self.reminder_at,
            first_reply_before: ticket.first_reply_at,
        }
    }

    pub fn events(&self, ticket: &Ticket) -> Vec<TicketEvent> {
        let mut events = Vec::new();
        if self.owner_id != ticket.owner_id {
            events.push(TicketEvent::Assigned(Change {
                from: ticket.owner_id,
                to: self.owner_id,
            }));
        }
        if (self.state, self.waiting_for) != (ticket.state, ticket.waiting_for) {
            events.push(TicketEvent::StateChanged {
                change: Change {
                    from: ticket.state,
                    to: self.state,
                },
                waiting_for: self.waiting_for,
                reason: self.reason,
                ended: None,
            });
        }
        if self.reminder_at != ticket.reminder_at {
            events.push(TicketEvent::ReminderSet(Change {
                from: ticket.reminder_at,
                to: self.reminder_at,
            }));
        }
        events
    }
}

impl Command for Reply {
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
        ticket.state.require_unended()?;
        if self.body.trim().is_empty() {
            return Err(Rejected::EmptyText);
        }
        let a = &self.addresses;
        let recipients: Vec<String> =
            a.to.iter()
                .chain(&a.cc)
                .chain(&a.bcc)
                .map(|r| r.address.clone())
                .collect();
        if recipients.is_empty() {
            return Err(Rejected::NoRecipient);
        }
        let after = After::of(ticket, self.then, actor);
        let imported = matches!(actor.rule(), Some(Rule::Import { .. }));
        let message = NewMessage {
            id: self.message_id,
            told_of: self.told_of,
            author_id: actor.person_id(),
            addresses: self.addresses,
            subject: Some(self.subject),
            mail_id: Some(self.mail_id.clone()),
            in_reply_to: self.in_reply_to,
            mail_references: self.mail_references,
            delivery: if imported {
                Delivery::Sent
            } else {
                Delivery::Queued
            },
            files: self.files,
            undo: Some(after.undo(ticket)),
            ..NewMessage::text(self.audience, Direction::Out, Channel::Mail, self.body)
        };
        let outbound = NewOutbound {
            mailbox_id: self.mailbox_id,
            mail_id: self.mail_id,
            recipients,
            not_before: now + Duration::seconds(self.undo_seconds.clamp(0, 60)),
        };
        let mut events = vec![TicketEvent::Replied {
            message: Box::new(message),
            outbound,
        }];
        events.extend(after.events(ticket));
        Ok(events)
    }
}
