//! Create the person who is on the phone and not known yet.

use uuid::Uuid;

use super::{Person, PersonEvent, PersonFacts};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::policy::Permission;
use crate::setting::{Facts, SettingEvent};

/// Makes a new person without roles, password and organisation. Whoever opens tickets may, because a
/// ticket needs somebody to answer.
#[derive(Clone, Debug, Default)]
pub struct CreateCaller {
    pub facts: PersonFacts,
    pub once: Option<String>,
}

impl Command for CreateCaller {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::CreateTickets;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        None
    }

    fn once(&self) -> Option<&str> {
        self.once.as_deref()
    }

    fn decide(self, _: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        let facts = Box::new(self.facts.checked()?);
        Ok(vec![PersonEvent::Setting(SettingEvent::Created(facts))])
    }
}
