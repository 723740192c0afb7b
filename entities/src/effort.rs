//! Effort: minutes of one person's work on a day, on an activity, for a ticket or for none.

pub mod list;
pub mod timer;

mod commands;
mod event;

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;

pub use Model as Effort;
pub use commands::{Book, BookApart, Booking, Correct, MOST_MINUTES, MOST_REMARK};
pub use event::{EffortEvent, Entry};
pub use list::{find, last_activity, of_ticket, since, week};
pub use timer::{Standing, Timer};

use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::error::Result;
use crate::history::SubjectKind;
use crate::ledger::{Batch, Subject, Table};
use crate::permit::Protected;
use crate::policy::Place;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "effort")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// None: work that belongs to no ticket.
    pub ticket_id: Option<Uuid>,
    pub activity_id: Uuid,
    /// Zero: it was cancelled.
    pub minutes: i32,
    pub day: Date,
    pub remark: Option<String>,
    /// Of the remark.
    pub salt: Vec<u8>,
    pub booked_at: DateTimeUtc,
    pub corrected_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What it says now.
    pub fn entry(&self) -> Entry {
        Entry {
            minutes: self.minutes,
            day: self.day,
            activity_id: self.activity_id,
            remark: self.remark.clone(),
            salt: self.salt.clone(),
        }
    }

    fn take(&mut self, entry: &Entry) {
        self.minutes = entry.minutes;
        self.day = entry.day;
        self.activity_id = entry.activity_id;
        self.remark.clone_from(&entry.remark);
        self.salt.clone_from(&entry.salt);
    }
}

#[allow(private_interfaces)]
impl Subject for Model {
    type Event = EffortEvent;

    const KIND: SubjectKind = SubjectKind::Effort;

    fn id(&self) -> Uuid {
        self.id
    }

    fn place(&self) -> Place {
        Place::Own {
            person_id: self.person_id,
        }
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        crate::setting::rows::<Entity>(tx, ids).await
    }

    async fn make(_: &DatabaseTransaction, ids: Vec<Uuid>, now: Instant) -> Result<Vec<Self>> {
        let blank = |id| Model {
            id,
            person_id: Uuid::nil(),
            ticket_id: None,
            activity_id: Uuid::nil(),
            minutes: 0,
            day: day(now),
            remark: None,
            salt: Vec::new(),
            booked_at: now,
            corrected_at: None,
        };
        Ok(ids.into_iter().map(blank).collect())
    }

    fn apply(&mut self, event: &EffortEvent, at: Instant) {
        match event {
            EffortEvent::Booked {
                person_id,
                ticket_id,
                entry,
                ..
            } => {
                self.person_id = *person_id;
                self.ticket_id = *ticket_id;
                self.take(entry);
                self.booked_at = at;
            }
            EffortEvent::Corrected { to, .. } => {
                self.take(to);
                self.corrected_at = Some(at);
            }
        }
    }

    fn write(&self, events: &[EffortEvent], _: &Actor, _: Instant, batch: &mut Batch) {
        for event in events {
            let activity = match event {
                EffortEvent::Booked {
                    entry, timer_id, ..
                } => {
                    let timer = timer_id.map(|id| (self.person_id, id));
                    batch.efforts.timers_ended.extend(timer);
                    Some(entry.activity_id)
                }
                EffortEvent::Corrected { from, to } => {
                    Some(to.activity_id).filter(|id| *id != from.activity_id)
                }
            };
            batch.checks.must_be_active(Table::Activity, activity);
        }
        batch.efforts.rows.push(self.clone());
    }
}

impl Protected for Model {
    fn place(&self) -> Place {
        Subject::place(self)
    }

    async fn find(db: &crate::Db, actor: &Actor, key: &str) -> Result<Self> {
        let id = Uuid::try_parse(key).map_err(|_| crate::DeskError::Hidden)?;
        find(db, actor, id).await
    }
}

/// The Monday of a day's week.
pub fn monday(day: NaiveDate) -> NaiveDate {
    day.week(chrono::Weekday::Mon).first_day()
}
