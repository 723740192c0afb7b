//! Note the ticket a person made of a mail.

use uuid::Uuid;

use super::{Fate, MailEvent, Model};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::policy::Permission;

/// The ticket's first message has the mail's id. Twice is no fault.
#[derive(Clone, Copy, Debug)]
pub struct BecomeTicket {
    pub id: Uuid,
    pub ticket_id: Uuid,
}

impl Command for BecomeTicket {
    type Target = Model;
    type On = Desk;
    const NEEDS: Permission = Permission::SettleMail;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(self, mail: &Model, _: &Actor, _: Instant) -> Result<Vec<MailEvent>, Rejected> {
        let ticket_id = self.ticket_id;
        match mail.fate {
            Fate::Failed | Fate::Ignored | Fate::Stored => {
                Ok(vec![MailEvent::BecameTicket { ticket_id }])
            }
            Fate::Ticket if mail.ticket_id == Some(ticket_id) => Ok(vec![]),
            Fate::Ticket | Fate::Message | Fate::Copy => Err(Rejected::MailAlreadySettled),
        }
    }
}
