//! Say that somebody is away: oneself beforehand, or a lead for a colleague who is ill.

use uuid::Uuid;

use super::{AbsenceEvent, AbsenceFacts, Absentee, Source};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Protected as _;
use crate::person::{Person, PersonEvent};
use crate::policy::{Permission, Place};

/// Enters one more absence.
#[derive(Clone, Debug)]
pub struct EnterAbsence {
    pub facts: AbsenceFacts,
    /// The form is sent once.
    pub once: Option<String>,
}

impl Command for EnterAbsence {
    type Target = Person;
    type On = Absentee;
    const NEEDS: Permission = Permission::EnterAbsences;

    fn target(&self, on: &Absentee) -> Option<Uuid> {
        Some(on.person_id)
    }

    fn once(&self) -> Option<&str> {
        self.once.as_deref()
    }

    fn place(&self, person: &Person) -> Place {
        person.as_colleague()
    }

    fn decide(
        self,
        person: &Person,
        actor: &Actor,
        now: Instant,
    ) -> Result<Vec<PersonEvent>, Rejected> {
        let facts = self.facts.tidy();
        facts.check(person, now)?;
        if facts.lies_within(person, None) {
            return Err(Rejected::AlreadyAway);
        }
        let by = actor.person_id();
        let source = match by == Some(person.row.id) {
            true => Source::Oneself,
            false => Source::Other,
        };
        let absence = facts.entered(person.row.id, by, source, now);
        Ok(vec![AbsenceEvent::Entered(absence).of_person()])
    }
}

impl Person {
    /// Where it stands for whoever says that somebody is away.
    pub(crate) fn as_colleague(&self) -> Place {
        Place::Colleague {
            person_id: self.row.id,
            team_ids: self.team_ids.clone(),
        }
    }
}

impl Absentee {
    /// Whether somebody may say that this person is away.
    pub fn may_be_entered_by(&self, actor: &Actor) -> bool {
        crate::policy::allows(actor, Permission::EnterAbsences, self.place())
    }
}
