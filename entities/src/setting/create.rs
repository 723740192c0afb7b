//! Create a service, team, organisation, mailbox or role.

use uuid::Uuid;

use super::{Facts, Setting, SettingEvent};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::{Command, Subject};
use crate::permit::Desk;
use crate::policy::Permission;

/// Makes a new one with these facts.
#[derive(Clone, Debug)]
pub struct Create<S: Setting> {
    pub facts: S::Facts,
    pub once: Option<String>,
}

impl<S: Setting> Command for Create<S> {
    type Target = S;
    type On = Desk;
    const NEEDS: Permission = S::MANAGE;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        None
    }

    fn once(&self) -> Option<&str> {
        self.once.as_deref()
    }

    fn decide(self, _: &S, _: &Actor, _: Instant) -> Result<Vec<<S as Subject>::Event>, Rejected> {
        let facts = Box::new(self.facts.checked()?);
        Ok(vec![S::event(SettingEvent::Created(facts))])
    }
}
