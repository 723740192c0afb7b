//! Create a person, in an organisation or none.

use uuid::Uuid;

use super::{Person, PersonEvent, PersonFacts};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::policy::Permission;
use crate::setting::{Facts, SettingEvent};
use crate::ticket::event::Change;

/// Makes a new person without roles and password.
#[derive(Clone, Debug, Default)]
pub struct Create {
    pub facts: PersonFacts,
    pub organisation_ids: Vec<Uuid>,
    pub once: Option<String>,
}

impl Command for Create {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManagePeople;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        None
    }

    fn once(&self) -> Option<&str> {
        self.once.as_deref()
    }

    fn decide(mut self, _: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        let facts = Box::new(self.facts.checked()?);
        let mut events = vec![PersonEvent::Setting(SettingEvent::Created(facts))];
        self.organisation_ids.sort_unstable();
        self.organisation_ids.dedup();
        if !self.organisation_ids.is_empty() {
            events.push(PersonEvent::MembershipSet(Change {
                from: vec![],
                to: self.organisation_ids,
            }));
        }
        Ok(events)
    }
}
