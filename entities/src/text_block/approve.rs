//! Let the newest wording of a text block be offered; somebody who has not written it does so.

use uuid::Uuid;

use super::Model;
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
    /// The wording as it is stored.
    pub content: String,
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
        block: &Model,
        actor: &Actor,
        _: Instant,
    ) -> Result<Vec<SettingEvent<super::TextBlockFacts>>, Rejected> {
        if block.retired_at.is_some() {
            return Err(Rejected::Retired);
        }
        if block.content != self.content {
            return Err(Rejected::ChangedMeanwhile);
        }
        if !block.is_waiting() {
            return Err(Rejected::NothingToDo);
        }
        let from = block.facts();
        let mut to = from.clone();
        to.approved = Some(to.wording.clone());
        to.approved_by = actor.person_id();
        Ok(vec![SettingEvent::Updated {
            from: Box::new(from),
            to: Box::new(to),
        }])
    }
}
