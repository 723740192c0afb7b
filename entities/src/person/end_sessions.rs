//! End sessions of somebody else: they must prove anew who they are.

use uuid::Uuid;

use super::{Person, PersonEvent};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::policy::Permission;

/// Notes it in the person's history; the sessions themselves are ended beside it.
#[derive(Clone, Debug)]
pub struct EndSessions {
    pub id: Uuid,
    /// Every one of them, or one alone.
    pub all: bool,
}

impl Command for EndSessions {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(self, _: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        Ok(vec![PersonEvent::SessionsEnded { all: self.all }])
    }
}
