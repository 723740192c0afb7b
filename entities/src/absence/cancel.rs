//! Cancel an absence, or end it today because the person is back.

use chrono::Days;
use uuid::Uuid;

use super::change::open;
use super::{AbsenceEvent, Absentee, Model};
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::error::Rejected;
use crate::ledger::Command;
use crate::person::{Person, PersonEvent};
use crate::policy::{Permission, Place};

/// From today on the person is not away by it. What of it has passed stays.
#[derive(Clone, Debug)]
pub struct CancelAbsence {
    pub id: Uuid,
}

impl Command for CancelAbsence {
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
        let absence = open(person, self.id, now)?;
        Ok(vec![ended(&absence.row, now).of_person()])
    }
}

/// From today on it is over; it is cancelled where it had not begun before.
pub(super) fn ended(row: &Model, now: Instant) -> AbsenceEvent {
    over(row, now, false)
}

/// The same for one that its calendar does not hold any more.
pub(super) fn gone(row: &Model, now: Instant) -> AbsenceEvent {
    over(row, now, true)
}

fn over(row: &Model, now: Instant, is_gone: bool) -> AbsenceEvent {
    let yesterday = day(now).checked_sub_days(Days::new(1));
    AbsenceEvent::Ended {
        id: row.id,
        last_on: yesterday.filter(|last| row.from_on <= *last),
        is_gone,
    }
}
