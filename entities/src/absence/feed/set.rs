//! Name the calendar one's absences are read from, or none any more.

use uuid::Uuid;

use super::{LONGEST_WORD, MOST_WORDS, Model};
use crate::absence::AbsenceEvent;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::person::{OwnAccount, Person, PersonEvent};
use crate::policy::Permission;

/// Reads one's absences from this calendar from now on, in place of another one.
#[derive(Clone, Debug)]
pub struct SetFeed {
    /// Made by [`super::seal`].
    pub address: String,
    /// What entries are called that are absences, beside those that say so themselves.
    pub words: Vec<String>,
}

impl Command for SetFeed {
    type Target = Person;
    type On = OwnAccount;
    const NEEDS: Permission = Permission::ManagePeople;

    fn target(&self, on: &OwnAccount) -> Option<Uuid> {
        Some(on.person_id())
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
        let words = self.words.iter().map(|word| word.trim());
        let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        words.dedup();
        let is_long = |word: &&str| word.chars().count() > LONGEST_WORD || word.contains('\n');
        if words.len() > MOST_WORDS || words.iter().any(is_long) {
            return Err(Rejected::TooLong);
        }
        let feed = Model {
            id: crate::new_id(),
            person_id: person.row.id,
            address: self.address,
            words: words.join("\n"),
            set_at: now,
        };
        Ok(vec![AbsenceEvent::FeedSet(feed).of_person()])
    }
}

/// Reads the calendar no more. What was read from it stays.
#[derive(Clone, Debug)]
pub struct EndFeed;

impl Command for EndFeed {
    type Target = Person;
    type On = OwnAccount;
    const NEEDS: Permission = Permission::ManagePeople;

    fn target(&self, on: &OwnAccount) -> Option<Uuid> {
        Some(on.person_id())
    }

    fn decide(self, _: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        Ok(vec![AbsenceEvent::FeedEnded.of_person()])
    }
}
