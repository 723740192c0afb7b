//! Change the facts of a setting as a whole.

use uuid::Uuid;

use super::{Facts, Setting, SettingEvent};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::{Command, Subject};
use crate::permit::Desk;
use crate::policy::Permission;

/// Replaces the facts of the one with this id.
#[derive(Clone, Debug)]
pub struct Update<S: Setting> {
    pub id: Uuid,
    pub facts: S::Facts,
}

impl<S: Setting> Command for Update<S> {
    type Target = S;
    type On = Desk;
    const NEEDS: Permission = S::MANAGE;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(
        self,
        subject: &S,
        _: &Actor,
        _: Instant,
    ) -> Result<Vec<<S as Subject>::Event>, Rejected> {
        if subject.is_retired() {
            return Err(Rejected::Retired);
        }
        let (from, to) = (subject.facts(), self.facts.checked()?);
        if from == to {
            return Ok(vec![]);
        }
        Ok(vec![S::event(SettingEvent::Updated {
            from: Box::new(from),
            to: Box::new(to),
        })])
    }
}
