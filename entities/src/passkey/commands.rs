//! Add a passkey to one's own account; remove one's own, or a lost one of somebody.

use uuid::Uuid;

use super::Model;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::person::{OwnAccount, Person, PersonEvent};
use crate::policy::Permission;
use crate::setting;

/// Adds a passkey whose device has proven itself.
#[derive(Clone, Debug)]
pub struct AddPasskey {
    pub name: String,
    pub credential_id: Vec<u8>,
    pub credential: String,
}

impl Command for AddPasskey {
    type Target = Person;
    type On = OwnAccount;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, on: &OwnAccount) -> Option<Uuid> {
        Some(on.person_id())
    }

    fn decide(
        self,
        person: &Person,
        _: &Actor,
        now: Instant,
    ) -> Result<Vec<PersonEvent>, Rejected> {
        if person.row.retired_at.is_some() || person.row.password_hash.is_none() {
            return Err(Rejected::Retired);
        }
        Ok(vec![PersonEvent::PasskeyAdded(Box::new(Model {
            id: crate::new_id(),
            person_id: person.row.id,
            name: setting::name(&self.name)?,
            credential_id: self.credential_id,
            credential: self.credential,
            created_at: now,
            used_at: None,
        }))])
    }
}

/// Removes one of one's own.
#[derive(Clone, Debug)]
pub struct RemoveOwnPasskey {
    pub passkey_id: Uuid,
}

impl Command for RemoveOwnPasskey {
    type Target = Person;
    type On = OwnAccount;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, on: &OwnAccount) -> Option<Uuid> {
        Some(on.person_id())
    }

    fn decide(self, person: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        Ok(removed(person, self.passkey_id))
    }
}

/// Removes one of somebody.
#[derive(Clone, Debug)]
pub struct RemovePasskey {
    pub id: Uuid,
    pub passkey_id: Uuid,
}

impl Command for RemovePasskey {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(self, person: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        Ok(removed(person, self.passkey_id))
    }
}

/// Whether it is this person's is asked where it is written.
fn removed(person: &Person, passkey_id: Uuid) -> Vec<PersonEvent> {
    vec![PersonEvent::PasskeyRemoved {
        person_id: person.row.id,
        passkey_id,
    }]
}
