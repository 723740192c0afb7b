//! A forgotten password: somebody asks at the door for a link, and whoever opens it in the person's mail chooses a new one.

use uuid::Uuid;

use super::event::PasswordBy;
use super::tell::Tell;
use super::{Person, PersonEvent};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::policy::Permission;

/// Sends the person a link, or a mail that says who lets them in. Whoever asks has proven nothing.
#[derive(Clone, Debug)]
pub struct AskReset {
    pub id: Uuid,
}

impl Command for AskReset {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(self, person: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        if person.row.retired_at.is_some() {
            return Err(Rejected::Retired);
        }
        let tell = match &person.row.password_hash {
            Some(_) => Tell::ResetPassword,
            None if !person.identities.is_empty() => Tell::ByProvider,
            // Who was never let in is not let in by asking.
            None => return Err(Rejected::NothingToDo),
        };
        Ok(vec![PersonEvent::ResetAsked {
            person_id: person.row.id,
            tell,
        }])
    }
}

/// Replaces the password of whoever brought a link.
#[derive(Clone, Debug)]
pub struct ResetPassword {
    pub id: Uuid,
    /// Made by [`super::password::hash`].
    pub hash: String,
}

impl Command for ResetPassword {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(self, person: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        person.given_password(self.hash, PasswordBy::Link)
    }
}
