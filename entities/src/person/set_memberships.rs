//! Move a person to other organisations, from today.

use uuid::Uuid;

use super::{Person, PersonEvent};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::policy::Permission;
use crate::ticket::event::Change;

/// Replaces all memberships; those that end are kept with their last day.
#[derive(Clone, Debug)]
pub struct SetMemberships {
    pub id: Uuid,
    pub organisation_ids: Vec<Uuid>,
}

impl Command for SetMemberships {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManagePeople;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(
        mut self,
        person: &Person,
        _: &Actor,
        now: Instant,
    ) -> Result<Vec<PersonEvent>, Rejected> {
        if person.row.retired_at.is_some() {
            return Err(Rejected::Retired);
        }
        self.organisation_ids.sort_unstable();
        self.organisation_ids.dedup();
        let from = person.organisation_ids(crate::clock::day(now));
        if self.organisation_ids == from {
            return Ok(vec![]);
        }
        Ok(vec![PersonEvent::MembershipSet(Change {
            from,
            to: self.organisation_ids,
        })])
    }
}
