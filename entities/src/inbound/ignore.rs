//! Leave a failed mail alone, for a reason.

use uuid::Uuid;

use super::{Fate, MailEvent, Model};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::policy::Permission;

/// Ends the work on the mail with this id; the mail itself is kept.
#[derive(Clone, Debug)]
pub struct Ignore {
    pub id: Uuid,
    /// In the words of whoever decides; must not be empty.
    pub reason: String,
}

impl Command for Ignore {
    type Target = Model;
    type On = Desk;
    const NEEDS: Permission = Permission::SettleMail;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(self, mail: &Model, _: &Actor, _: Instant) -> Result<Vec<MailEvent>, Rejected> {
        let reason = self.reason.trim();
        if reason.is_empty() {
            return Err(Rejected::EmptyText);
        }
        if mail.fate != Fate::Failed {
            return Err(Rejected::MailAlreadySettled);
        }
        Ok(vec![MailEvent::Ignored {
            reason: reason.to_owned(),
            salt: crate::history::salt(),
        }])
    }
}
