//! Change days and deputies of an absence that is not over.

use uuid::Uuid;

use super::{Absence, AbsenceEvent, AbsenceFacts, Absentee};
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::error::Rejected;
use crate::ledger::Command;
use crate::person::{Person, PersonEvent};
use crate::policy::{Permission, Place};

/// Replaces what was said of an absence.
#[derive(Clone, Debug)]
pub struct ChangeAbsence {
    pub id: Uuid,
    pub facts: AbsenceFacts,
}

impl Command for ChangeAbsence {
    type Target = Person;
    type On = Absentee;
    const NEEDS: Permission = Permission::EnterAbsences;

    fn target(&self, on: &Absentee) -> Option<Uuid> {
        Some(on.person_id)
    }

    fn place(&self, person: &Person) -> Place {
        person.as_colleague()
    }

    fn decide(
        self,
        person: &Person,
        _: &Actor,
        now: Instant,
    ) -> Result<Vec<PersonEvent>, Rejected> {
        let before = open(person, self.id, now)?;
        let facts = self.facts.tidy();
        facts.check(person, now)?;
        if facts.lies_within(person, Some(self.id)) {
            return Err(Rejected::AlreadyAway);
        }
        let from = before.facts();
        if from == facts {
            return Ok(vec![]);
        }
        let to = facts.rows(before.row.clone());
        Ok(vec![AbsenceEvent::Changed { from, to }.of_person()])
    }
}

/// One of a person's that is not over.
pub(super) fn open(person: &Person, id: Uuid, now: Instant) -> Result<&Absence, Rejected> {
    let found = person.absences.iter().find(|absence| absence.row.id == id);
    found
        .filter(|absence| absence.is_open(day(now)))
        .ok_or(Rejected::AbsenceOver)
}
