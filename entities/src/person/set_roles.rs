//! Give a person other roles.

use uuid::Uuid;

use super::{Person, PersonEvent};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::policy::Permission;
use crate::ticket::event::Change;

/// Replaces all roles.
#[derive(Clone, Debug)]
pub struct SetRoles {
    pub id: Uuid,
    pub role_ids: Vec<Uuid>,
}

impl Command for SetRoles {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(
        mut self,
        person: &Person,
        _: &Actor,
        _: Instant,
    ) -> Result<Vec<PersonEvent>, Rejected> {
        if person.row.retired_at.is_some() {
            return Err(Rejected::Retired);
        }
        self.role_ids.sort_unstable();
        self.role_ids.dedup();
        if self.role_ids == person.role_ids {
            return Ok(vec![]);
        }
        Ok(vec![PersonEvent::RolesSet(Change {
            from: person.role_ids.clone(),
            to: self.role_ids,
        })])
    }
}
