//! Give a person a password; it opens whatever their roles open, so it needs what roles need.

use uuid::Uuid;

use super::event::PasswordBy;
use super::{Person, PersonEvent};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::policy::Permission;

/// Replaces the password.
#[derive(Clone, Debug)]
pub struct SetPassword {
    pub id: Uuid,
    /// Made by [`super::password::hash`].
    pub hash: String,
}

impl Command for SetPassword {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(
        self,
        person: &Person,
        actor: &Actor,
        _: Instant,
    ) -> Result<Vec<PersonEvent>, Rejected> {
        let by = match actor {
            Actor::Person(_) => PasswordBy::Administrator,
            Actor::System(_) => PasswordBy::Console,
        };
        person.given_password(self.hash, by)
    }
}
