//! Take in what a calendar says: new absences, moved ones, and those that stand in it no more.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::absence::cancel::{ended, gone};
use crate::absence::{Absence, AbsenceEvent, AbsenceFacts, Absentee, Model, Source};
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::error::Rejected;
use crate::ledger::Command;
use crate::person::{Person, PersonEvent};
use crate::policy::{Permission, Place};

/// Days on which a calendar says that somebody is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The digest of what the calendar calls the entry; it stays when the entry is moved.
    pub key: String,
    pub from_on: NaiveDate,
    /// The last day of it.
    pub to_on: NaiveDate,
}

/// Makes somebody's absences from a calendar what it says now. What is over stays, as does what was entered by hand;
/// what somebody changed of an absence holds until the calendar moves it.
#[derive(Clone, Debug)]
pub struct TakeFeed {
    /// All that is not over.
    pub spans: Vec<Span>,
    /// Whether moved absences keep whom they name; without it, whoever stands in anyway does.
    pub keeps_deputies: bool,
}

impl Command for TakeFeed {
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
        if person.row.retired_at.is_some() {
            return Err(Rejected::Retired);
        }
        let today = day(now);
        let mut spans = self.spans;
        spans.retain(|span| span.from_on <= span.to_on && today <= span.to_on);
        // What lies within another one is known by then.
        spans.sort_by(|a, b| {
            let order = |span: &Span| (span.from_on, Reverse(span.to_on));
            order(a).cmp(&order(b)).then_with(|| a.key.cmp(&b.key))
        });
        let mut taking = Taking {
            person: person.clone(),
            events: vec![],
            now,
            keeps_deputies: self.keeps_deputies,
        };
        let keys: BTreeSet<&str> = spans.iter().map(|span| span.key.as_str()).collect();
        for absence in &person.absences {
            let is_gone = |key: &String| !keys.contains(key.as_str());
            let was_to_come = absence.row.feed_to_on.is_some_and(|last| today <= last);
            if absence.is_open(today)
                && was_to_come
                && absence.row.feed_key.as_ref().is_some_and(is_gone)
            {
                taking.happens(gone(&absence.row, now));
            }
        }
        let mut taken = BTreeSet::new();
        for span in &spans {
            if taken.insert(&span.key) {
                taking.take(span, today);
            }
        }
        Ok(taking.events)
    }
}

/// The person as they are after what was taken in so far.
struct Taking {
    person: Person,
    events: Vec<PersonEvent>,
    now: Instant,
    keeps_deputies: bool,
}

impl Taking {
    fn happens(&mut self, event: AbsenceEvent) {
        event.apply(&mut self.person, self.now);
        self.events.push(event.of_person());
    }

    /// The last absence that was made of an entry.
    fn known(&self, key: &str) -> Option<Absence> {
        let all = self.person.absences.iter();
        let of_key = all.filter(|absence| absence.row.feed_key.as_deref() == Some(key));
        of_key.max_by_key(|absence| absence.row.id).cloned()
    }

    fn take(&mut self, span: &Span, today: NaiveDate) {
        let Some(known) = self.known(&span.key) else {
            return self.enter(span, span.from_on, None);
        };
        let row = &known.row;
        if row.feed_from_on == Some(span.from_on) && row.feed_to_on == Some(span.to_on) {
            // The person may have changed or ended it; the calendar has nothing new to say.
            return;
        }
        // A server may show less for an hour; whom an absence named still stands in when it is back.
        let is_back = row.feed_to_on.is_none();
        let like = Some(&known).filter(|_| is_back);
        if row.cancelled_at.is_some() {
            self.enter(span, span.from_on, like);
        } else if row.to_on < today {
            let after = row.to_on.succ_opt().unwrap_or(today);
            self.enter(span, span.from_on.max(after), like);
        } else if row.from_on < today && today < span.from_on {
            self.happens(ended(row, self.now));
            self.enter(span, span.from_on, None);
        } else {
            self.shift(&known, span);
        }
    }

    /// `like`: the one that it is again.
    fn enter(&mut self, span: &Span, from_on: NaiveDate, like: Option<&Absence>) {
        let facts = match like.filter(|_| self.keeps_deputies) {
            Some(like) => AbsenceFacts {
                from_on,
                to_on: span.to_on,
                ..like.facts()
            },
            None => AbsenceFacts::days(from_on, span.to_on),
        };
        if facts.lies_within(&self.person, None) {
            return;
        }
        let person_id = self.person.row.id;
        let absence = facts.entered(person_id, None, Source::Feed, self.now);
        let row = Model {
            feed_key: Some(span.key.clone()),
            feed_from_on: Some(span.from_on),
            feed_to_on: Some(span.to_on),
            ..absence.row
        };
        let absence = Absence { row, ..absence };
        self.happens(AbsenceEvent::Entered(absence));
    }

    fn shift(&mut self, known: &Absence, span: &Span) {
        let from = known.facts();
        let facts = match self.keeps_deputies {
            true => AbsenceFacts {
                from_on: span.from_on,
                to_on: span.to_on,
                ..from.clone()
            },
            false => AbsenceFacts {
                names_deputy: from.names_deputy,
                ..AbsenceFacts::days(span.from_on, span.to_on)
            },
        };
        if facts.lies_within(&self.person, Some(known.row.id)) {
            return self.happens(ended(&known.row, self.now));
        }
        let to = facts.rows(Model {
            feed_from_on: Some(span.from_on),
            feed_to_on: Some(span.to_on),
            ..known.row.clone()
        });
        self.happens(AbsenceEvent::Changed { from, to });
    }
}
