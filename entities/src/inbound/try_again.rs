//! Process a mail once more that failed or was left alone.

use uuid::Uuid;

use super::{Fate, MailEvent, Model};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::policy::Permission;

/// Queues the mail with this id for the intake.
#[derive(Clone, Copy, Debug)]
pub struct TryAgain {
    pub id: Uuid,
}

impl Command for TryAgain {
    type Target = Model;
    type On = Desk;
    const NEEDS: Permission = Permission::SettleMail;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(self, mail: &Model, _: &Actor, _: Instant) -> Result<Vec<MailEvent>, Rejected> {
        match mail.fate {
            Fate::Failed | Fate::Ignored => Ok(vec![MailEvent::Retried]),
            Fate::Stored => Ok(vec![]),
            Fate::Message | Fate::Ticket | Fate::Copy => Err(Rejected::MailAlreadySettled),
        }
    }
}
