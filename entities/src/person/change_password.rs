//! Change one's own password; whoever asks must have proven that they know the old one.

use uuid::Uuid;

use super::event::PasswordBy;
use super::{Person, PersonEvent};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::ledger::Command;
use crate::permit::Protected;
use crate::policy::{Permission, Place};

/// The account of the person who acts. Nobody needs a role for their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnAccount {
    person_id: Uuid,
}

impl OwnAccount {
    pub fn person_id(&self) -> Uuid {
        self.person_id
    }
}

impl Protected for OwnAccount {
    fn place(&self) -> Place {
        Place::Account {
            person_id: self.person_id,
        }
    }

    async fn find(_: &Db, actor: &Actor, _: &str) -> Result<Self> {
        match actor {
            Actor::Person(person) => Ok(OwnAccount {
                person_id: person.id,
            }),
            Actor::System(_) => Err(DeskError::Hidden),
        }
    }
}

/// Replaces one's own password.
#[derive(Clone, Debug)]
pub struct ChangePassword {
    /// Made by [`super::password::hash`].
    pub hash: String,
}

impl Command for ChangePassword {
    type Target = Person;
    type On = OwnAccount;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, on: &OwnAccount) -> Option<Uuid> {
        Some(on.person_id)
    }

    fn decide(self, person: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        person.given_password(self.hash, PasswordBy::Oneself)
    }
}
