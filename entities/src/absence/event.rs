//! What can happen to an absence: events of the person who is away.

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Absence, AbsenceFacts, feed};
use crate::clock::{Instant, day};
use crate::ledger::{Batch, Table};
use crate::person::{Person, PersonEvent};

/// One thing that happened to an absence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AbsenceEvent {
    Entered(Absence),
    Changed {
        from: AbsenceFacts,
        to: Absence,
    },
    /// Cancelled before it began, or over since that day.
    Ended {
        id: Uuid,
        last_on: Option<NaiveDate>,
        /// It stands in its calendar no more. When it does again, it is as new.
        is_gone: bool,
    },
    /// A calendar is read for absences from now on; the history knows neither its address nor its words.
    FeedSet(feed::Model),
    FeedEnded,
}

impl AbsenceEvent {
    /// As what happens to the person.
    pub(super) fn of_person(self) -> PersonEvent {
        PersonEvent::Absence(Box::new(self))
    }

    /// The stored name.
    pub fn name(&self) -> &'static str {
        match self {
            AbsenceEvent::Entered(_) => "absence_entered",
            AbsenceEvent::Changed { .. } => "absence_changed",
            AbsenceEvent::Ended { .. } => "absence_ended",
            AbsenceEvent::FeedSet(_) => "absence_feed_set",
            AbsenceEvent::FeedEnded => "absence_feed_ended",
        }
    }

    pub(crate) fn record(&self) -> Value {
        match self {
            AbsenceEvent::Entered(to) => json!({
                "absence": to.row.id,
                "source": to.row.source,
                "to": to.facts(),
            }),
            AbsenceEvent::Changed { from, to } => json!({
                "absence": to.row.id,
                "from": from,
                "to": to.facts(),
            }),
            AbsenceEvent::Ended { id, last_on, .. } => json!({ "absence": id, "last_on": last_on }),
            AbsenceEvent::FeedSet(feed) => {
                json!({ "feed": feed.id, "words": feed.words().len() })
            }
            AbsenceEvent::FeedEnded => json!({}),
        }
    }

    pub(crate) fn apply(&self, person: &mut Person, at: Instant) {
        match self {
            AbsenceEvent::Entered(absence) => person.absences.push(absence.clone()),
            AbsenceEvent::Changed { to, .. } => {
                let mut all = person.absences.iter_mut();
                if let Some(absence) = all.find(|a| a.row.id == to.row.id) {
                    absence.clone_from(to);
                }
            }
            AbsenceEvent::Ended {
                id,
                last_on,
                is_gone,
            } => {
                let mut all = person.absences.iter_mut();
                if let Some(absence) = all.find(|a| a.row.id == *id) {
                    if *is_gone {
                        absence.row.feed_from_on = None;
                        absence.row.feed_to_on = None;
                    }
                    match last_on {
                        Some(last) => absence.row.to_on = *last,
                        None => absence.row.cancelled_at = Some(at),
                    }
                }
            }
            AbsenceEvent::FeedSet(_) | AbsenceEvent::FeedEnded => {}
        }
    }

    /// The rows of it, and what must hold for whoever it names.
    pub(crate) fn write(&self, person: &Person, at: Instant, batch: &mut Batch) {
        let id = match self {
            AbsenceEvent::Entered(to) | AbsenceEvent::Changed { to, .. } => {
                let services = to.services.iter().map(|s| s.service_id);
                batch.checks.must_be_active(Table::Person, to.deputies());
                batch.checks.must_be_active(Table::Service, services);
                batch.checks.must_stand_in(to.row.id, day(at));
                to.row.id
            }
            AbsenceEvent::Ended { id, .. } => *id,
            AbsenceEvent::FeedSet(feed) => {
                let set = (person.row.id, Some(feed.clone()));
                return batch.absence_feeds.push(set);
            }
            AbsenceEvent::FeedEnded => return batch.absence_feeds.push((person.row.id, None)),
        };
        let absence = person.absences.iter().find(|a| a.row.id == id);
        batch.absences.extend(absence.cloned());
    }
}
