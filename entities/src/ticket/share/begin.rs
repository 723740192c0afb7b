//! Share a ticket with a vendor by an enquiry.

use uuid::Uuid;

use super::justification::Gate;
use super::tell::{Told, Way};
use super::{Enquiry, Model, Repair};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;
use crate::ticket::event::TicketEvent;
use crate::ticket::message::NewFile;
use crate::ticket::reply::Then;
use crate::ticket::share::ShareEvent;
use crate::ticket::table::Model as Ticket;

/// Shares the ticket with one vendor and sends the enquiry.
#[derive(Clone, Debug)]
pub struct Share {
    /// The share this vendor had before it was withdrawn, or a new id.
    pub id: Uuid,
    /// An organisation of kind vendor or data centre.
    pub organisation_id: Uuid,
    pub title: String,
    pub enquiry: Enquiry,
    pub contact_id: Option<Uuid>,
    pub reaction_due_at: Option<Instant>,
    pub delivery_due_at: Option<Instant>,
    pub message_id: Uuid,
    /// The enquiry as a text, for the thread and for mails. Markdown.
    pub body: String,
    pub files: Vec<NewFile>,
    pub way: Way,
    pub gate: Gate,
    /// Seconds in which a mail can be taken back.
    pub undo_seconds: i64,
    pub once: Option<String>,
}

impl Command for Share {
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
        ticket.state.require_unended()?;
        let title = self.title.trim();
        if title.is_empty() {
            return Err(Rejected::EmptyTitle);
        }
        if self.enquiry.observed.trim().is_empty() {
            return Err(Rejected::EmptyText);
        }
        let parts = self.enquiry.texts();
        self.gate
            .require_decided(parts.iter().map(|(_, text)| *text).chain([title]))?;
        let share = Model {
            id: self.id,
            ticket_id: ticket.id,
            organisation_id: self.organisation_id,
            title: title.to_owned(),
            enquiry: serde_json::to_string(&self.enquiry).unwrap_or_default(),
            service_id: ticket.service_id,
            contact_id: self.contact_id,
            repair: Repair::Reported,
            repair_at: now,
            assessment: None,
            fixed_in: None,
            planned_for: None,
            effort_hundredths: None,
            reaction_due_at: self.reaction_due_at,
            delivery_due_at: self.delivery_due_at,
            reacted_at: None,
            delivered_at: None,
            live_at: None,
            shared_at: now,
            withdrawn_at: None,
            last_message_at: now,
            vendor_spoke_last: false,
            version: 1,
            salt: crate::history::salt(),
        };
        let told = Told {
            share: &share,
            message_id: self.message_id,
            body: self.body,
            files: self.files,
            way: self.way,
            gate: self.gate,
            then: Then::WaitForVendor,
            undo_seconds: self.undo_seconds,
        };
        let told = told.events(ticket, actor, now)?;
        let shared = TicketEvent::Share(Box::new(ShareEvent::Shared(Box::new(share))));
        Ok([vec![shared], told].concat())
    }
}
