//! Set up, replace and remove a second factor; make recovery codes anew, and use one.

use uuid::Uuid;

use super::Model;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::person::{OwnAccount, Person, PersonEvent};
use crate::policy::Permission;

/// Gives oneself a second factor; whoever asks has shown a code of it.
#[derive(Clone, Debug)]
pub struct SetSecondFactor {
    /// Made by [`super::seal`].
    pub sealed: String,
    /// Made by [`super::recovery_code::hash`].
    pub codes: Vec<Vec<u8>>,
}

impl Command for SetSecondFactor {
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
        if person.row.retired_at.is_some() {
            return Err(Rejected::Retired);
        }
        if person.factor.is_some() {
            return Err(Rejected::NothingToDo);
        }
        Ok(vec![PersonEvent::SecondFactorSet {
            factor: Box::new(Model {
                person_id: person.row.id,
                secret: self.sealed,
                set_at: now,
            }),
            codes: self.codes,
        }])
    }
}

/// Replaces one's own recovery codes.
#[derive(Clone, Debug)]
pub struct MakeRecoveryCodes {
    pub codes: Vec<Vec<u8>>,
}

impl Command for MakeRecoveryCodes {
    type Target = Person;
    type On = OwnAccount;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, on: &OwnAccount) -> Option<Uuid> {
        Some(on.person_id())
    }

    fn decide(self, person: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        if person.factor.is_none() {
            return Err(Rejected::NothingToDo);
        }
        Ok(vec![PersonEvent::RecoveryCodesMade { codes: self.codes }])
    }
}

/// Uses a recovery code up.
#[derive(Clone, Debug)]
pub struct UseRecoveryCode {
    pub id: Uuid,
    pub hash: Vec<u8>,
}

impl Command for UseRecoveryCode {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(self, person: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        if person.factor.is_none() {
            return Err(Rejected::NotACode);
        }
        Ok(vec![PersonEvent::RecoveryCodeUsed {
            person_id: person.row.id,
            hash: self.hash,
        }])
    }
}

/// Removes one's own second factor and its recovery codes.
#[derive(Clone, Debug)]
pub struct RemoveOwn;

impl Command for RemoveOwn {
    type Target = Person;
    type On = OwnAccount;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, on: &OwnAccount) -> Option<Uuid> {
        Some(on.person_id())
    }

    fn decide(self, person: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        removed(person)
    }
}

/// Removes somebody's second factor, for a lost device.
#[derive(Clone, Debug)]
pub struct RemoveSecondFactor {
    pub id: Uuid,
}

impl Command for RemoveSecondFactor {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(self, person: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        removed(person)
    }
}

fn removed(person: &Person) -> Result<Vec<PersonEvent>, Rejected> {
    match person.factor {
        Some(_) => Ok(vec![PersonEvent::SecondFactorRemoved {
            person_id: person.row.id,
        }]),
        None => Err(Rejected::NothingToDo),
    }
}
