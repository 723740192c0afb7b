//! Let the newest file of a template be used; somebody who has not brought it does so.

use uuid::Uuid;

use super::{DocumentTemplateFacts, Model};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::policy::Permission;
use crate::setting::{Noun as _, SettingEvent};

/// Approves what was seen, and nothing that came after it.
#[derive(Clone, Debug)]
pub struct Approve {
    pub id: Uuid,
    /// The file's SHA-256, in hexadecimal digits.
    pub sha256: String,
}

impl Command for Approve {
    type Target = Model;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageTextBlocks;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(
        self,
        template: &Model,
        actor: &Actor,
        _: Instant,
    ) -> Result<Vec<SettingEvent<DocumentTemplateFacts>>, Rejected> {
        if template.retired_at.is_some() {
            return Err(Rejected::Retired);
        }
        let from = template.facts();
        if from.file.as_ref().map(|file| &file.sha256) != Some(&self.sha256) {
            return Err(Rejected::ChangedMeanwhile);
        }
        if !template.is_waiting() {
            return Err(Rejected::NothingToDo);
        }
        let mut to = from.clone();
        to.approved = to.file.clone();
        to.approved_by = actor.person_id();
        Ok(vec![SettingEvent::Updated {
            from: Box::new(from),
            to: Box::new(to),
        }])
    }
}
