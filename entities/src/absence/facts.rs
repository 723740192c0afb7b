//! What is said of an absence: days and deputies, and no reason.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{Absence, Model, Source, service};
use crate::clock::{Instant, day};
use crate::error::Rejected;
use crate::person::Person;

/// Days, the last one among them, and who stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AbsenceFacts {
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    /// None: whoever stands in for the person anyway, else their team.
    pub deputy_id: Option<Uuid>,
    /// Service and who stands in for it and what lies below it.
    pub by_service: Vec<(Uuid, Uuid)>,
    pub names_deputy: bool,
}

impl AbsenceFacts {
    /// Away on these days, with whoever stands in anyway.
    pub fn days(from_on: NaiveDate, to_on: NaiveDate) -> AbsenceFacts {
        AbsenceFacts {
            from_on,
            to_on,
            deputy_id: None,
            by_service: vec![],
            names_deputy: false,
        }
    }

    /// Each service once, in order.
    pub(super) fn tidy(mut self) -> AbsenceFacts {
        self.by_service.sort_by_key(|(service, _)| *service);
        self.by_service.dedup_by_key(|(service, _)| *service);
        self
    }

    /// What of it no person could be away by.
    pub(super) fn check(&self, person: &Person, now: Instant) -> Result<(), Rejected> {
        if person.row.retired_at.is_some() {
            return Err(Rejected::Retired);
        }
        if self.to_on < self.from_on {
            return Err(Rejected::EndsBeforeItBegins);
        }
        if self.to_on < day(now) {
            return Err(Rejected::DateInPast);
        }
        let of_services = self.by_service.iter().map(|(_, deputy)| *deputy);
        let mut deputies = self.deputy_id.into_iter().chain(of_services);
        if deputies.any(|id| id == person.row.id) {
            return Err(Rejected::SamePerson);
        }
        Ok(())
    }

    /// Whether the person is away on all of these days by another one already.
    pub(super) fn lies_within(&self, person: &Person, but: Option<Uuid>) -> bool {
        let counts = |a: &&Absence| Some(a.row.id) != but && a.row.cancelled_at.is_none();
        let others = person.absences.iter().filter(counts);
        let mut others = others.map(|a| (a.row.from_on, a.row.to_on));
        others.any(|(from, to)| from <= self.from_on && self.to_on <= to)
    }

    /// The rows of it.
    pub(super) fn rows(&self, row: Model) -> Absence {
        let absence_id = row.id;
        let service = |(service_id, deputy_id): &(Uuid, Uuid)| service::Model {
            absence_id,
            service_id: *service_id,
            deputy_id: *deputy_id,
        };
        Absence {
            services: self.by_service.iter().map(service).collect(),
            row: Model {
                from_on: self.from_on,
                to_on: self.to_on,
                deputy_id: self.deputy_id,
                names_deputy: self.names_deputy,
                ..row
            },
        }
    }

    /// A new one.
    pub(super) fn entered(
        &self,
        person_id: Uuid,
        by: Option<Uuid>,
        source: Source,
        now: Instant,
    ) -> Absence {
        self.rows(Model {
            id: crate::new_id(),
            person_id,
            from_on: self.from_on,
            to_on: self.to_on,
            deputy_id: None,
            names_deputy: false,
            source,
            entered_by_id: by,
            created_at: now,
            cancelled_at: None,
            feed_key: None,
            feed_from_on: None,
            feed_to_on: None,
        })
    }
}
