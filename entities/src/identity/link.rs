//! Tie what a provider calls somebody to a person, make that person first, or cut the tie.

use uuid::Uuid;

use super::Model;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::person::{Person, PersonEvent, PersonFacts};
use crate::policy::Permission;
use crate::setting::{Facts, SettingEvent};
use crate::ticket::event::Change;

/// What a provider says of somebody, before it is tied to anybody.
#[derive(Clone, Debug)]
pub struct Told {
    pub provider_id: Uuid,
    pub issuer: String,
    pub subject: String,
}

impl Told {
    fn tied_to(self, person_id: Uuid, at: Instant) -> PersonEvent {
        PersonEvent::IdentityLinked(Box::new(Model {
            id: crate::new_id(),
            provider_id: self.provider_id,
            issuer: self.issuer,
            subject: self.subject,
            person_id,
            salt: crate::history::salt(),
            linked_at: at,
        }))
    }
}

/// Ties it to a person there is.
#[derive(Clone, Debug)]
pub struct Link {
    pub person_id: Uuid,
    pub told: Told,
}

impl Command for Link {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.person_id)
    }

    fn decide(
        self,
        person: &Person,
        _: &Actor,
        now: Instant,
    ) -> Result<Vec<PersonEvent>, Rejected> {
        if person.row.retired_at.is_some() {
            return Err(Rejected::Retired);
        }
        Ok(vec![self.told.tied_to(person.row.id, now)])
    }
}

/// Makes a person without roles and password, and ties it to them.
#[derive(Clone, Debug)]
pub struct CreateLinked {
    pub facts: PersonFacts,
    pub organisation_ids: Vec<Uuid>,
    pub told: Told,
}

impl Command for CreateLinked {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        None
    }

    fn decide(
        self,
        person: &Person,
        _: &Actor,
        now: Instant,
    ) -> Result<Vec<PersonEvent>, Rejected> {
        let facts = Box::new(self.facts.checked()?);
        let mut events = vec![PersonEvent::Setting(SettingEvent::Created(facts))];
        if !self.organisation_ids.is_empty() {
            events.push(PersonEvent::MembershipSet(Change {
                from: vec![],
                to: self.organisation_ids,
            }));
        }
        events.push(self.told.tied_to(person.row.id, now));
        Ok(events)
    }
}

/// Cuts one tie; the provider's word opens nothing any more.
#[derive(Clone, Debug)]
pub struct Unlink {
    pub person_id: Uuid,
    pub identity_id: Uuid,
}

impl Command for Unlink {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.person_id)
    }

    fn decide(self, person: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        let tied = person.identities.iter().any(|i| i.id == self.identity_id);
        if !tied {
            return Err(Rejected::NothingToDo);
        }
        Ok(vec![PersonEvent::IdentityUnlinked {
            identity_id: self.identity_id,
        }])
    }
}
