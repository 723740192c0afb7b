//! Say who stands in for oneself, or for somebody who is away and cannot say so; or that nobody does any more.

use uuid::Uuid;

use super::deputy::Cover;
use super::{OwnAccount, Person, PersonEvent};
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::{Desk, Protected as _};
use crate::policy::{Permission, Place};
use crate::ticket::event::Change;

/// Replaces who stood in for oneself before.
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
        set(person, self.to, now)
    }
}

/// Replaces who stood in for somebody else. The deputy gets no more by it than by that person's own word: no right.
#[derive(Clone, Debug)]
pub struct SetDeputyOf {
    pub id: Uuid,
    pub to: Option<Cover>,
}

impl Command for SetDeputyOf {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManagePeople;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(
        self,
        person: &Person,
        _: &Actor,
        now: Instant,
    ) -> Result<Vec<PersonEvent>, Rejected> {
        set(person, self.to, now)
    }
}

fn set(person: &Person, to: Option<Cover>, now: Instant) -> Result<Vec<PersonEvent>, Rejected> {
    if person.row.retired_at.is_some() {
        return Err(Rejected::Retired);
    }
    if let Some(to) = to {
        if to.deputy_id == person.row.id {
            return Err(Rejected::SamePerson);
        }
        if to.to_on < to.from_on || to.to_on < day(now) {
            return Err(Rejected::DateInPast);
        }
    }
    if person.deputy == to {
        return Ok(vec![]);
    }
    Ok(vec![PersonEvent::DeputySet(Change {
        from: person.deputy,
        to,
    })])
}
