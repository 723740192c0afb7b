//! Say who stands in for oneself, or that nobody does any more.

use uuid::Uuid;

use super::deputy::Cover;
use super::{OwnAccount, Person, PersonEvent};
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Protected as _;
use crate::policy::{Permission, Place};
use crate::ticket::event::Change;

/// Replaces who stood in before.
#[derive(Clone, Debug)]
pub struct SetDeputy {
    pub to: Option<Cover>,
}

impl Command for SetDeputy {
    type Target = Person;
    type On = OwnAccount;
    const NEEDS: Permission = Permission::ManagePeople;

    fn target(&self, on: &OwnAccount) -> Option<Uuid> {
        match on.place() {
            Place::Account { person_id } => Some(person_id),
            _ => None,
        }
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
        if let Some(to) = self.to {
            if to.deputy_id == person.row.id {
                return Err(Rejected::SamePerson);
            }
            if to.to_on < to.from_on || to.to_on < day(now) {
                return Err(Rejected::DateInPast);
            }
        }
        if person.deputy == self.to {
            return Ok(vec![]);
        }
        Ok(vec![PersonEvent::DeputySet(Change {
            from: person.deputy,
            to: self.to,
        })])
    }
}
