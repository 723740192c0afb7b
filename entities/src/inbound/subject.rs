//! A stored mail as something persons decide about, with a history of its own.

use sea_orm::{DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Fate, MailEvent, Model, decision};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::{DeskError, Result};
use crate::history::SubjectKind;
use crate::ledger::{Batch, Event as _, Subject};
use crate::policy::Place;

/// The reason of a mail that a person made a ticket.
pub const BY_HAND: &str = "by_hand";

#[allow(private_interfaces)]
impl Subject for Model {
    type Event = MailEvent;

    const KIND: SubjectKind = SubjectKind::Mail;

    fn id(&self) -> Uuid {
        self.id
    }

    fn place(&self) -> Place {
        Place::Desk
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        Ok(Entity::find()
            .filter(COLUMN.id.is_in(ids))
            .order_by_asc(Column::Id)
            .lock_exclusive()
            .all(tx)
            .await?)
    }

    /// Mails come from outside; no command makes one.
    async fn make(_: &DatabaseTransaction, ids: Vec<Uuid>, _: Instant) -> Result<Vec<Self>> {
        match ids.is_empty() {
            true => Ok(vec![]),
            false => Err(DeskError::Hidden),
        }
    }

    fn apply(&mut self, event: &MailEvent, _: Instant) {
        self.claimed_until = None;
        match event {
            MailEvent::Retried => {
                self.fate = Fate::Stored;
                self.reason = None;
                self.filter_id = None;
                self.earlier_attempts += self.attempts;
                self.attempts = 0;
            }
            MailEvent::Ignored { reason, .. } => {
                self.fate = Fate::Ignored;
                self.reason = Some(reason.clone());
            }
            MailEvent::BecameTicket { ticket_id } => {
                self.fate = Fate::Ticket;
                self.reason = Some(BY_HAND.to_owned());
                self.ticket_id = Some(*ticket_id);
                self.message_id = Some(self.id);
            }
        }
    }

    fn write(&self, events: &[MailEvent], actor: &Actor, at: Instant, batch: &mut Batch) {
        for event in events {
            let (reason, salt, ticket_id) = match event {
                MailEvent::Retried => (None, vec![], None),
                MailEvent::Ignored { reason, salt } => (Some(reason.clone()), salt.clone(), None),
                MailEvent::BecameTicket { ticket_id } => (None, vec![], Some(*ticket_id)),
            };
            batch.mail_decisions.push(decision::Model {
                id: crate::new_id(),
                mail_id: self.id,
                decided_at: at,
                person_id: actor.person_id(),
                decision: event.name().to_owned(),
                reason,
                ticket_id,
                salt,
            });
        }
        if !events.is_empty() {
            batch.inbound.push(self.clone());
        }
    }
}
