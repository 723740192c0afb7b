//! What can be set about a calendar, and how that becomes its row.

use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

use super::{Entity, FreeDay, Model, Region, Span, Week};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::Batch;
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// The content of a calendar's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFacts {
    /// Unique.
    pub name: String,
    pub week: Week,
    pub holidays: Option<Region>,
    pub days: Vec<FreeDay>,
}

impl Facts for CalendarFacts {
    fn checked(mut self) -> Result<Self, Rejected> {
        for spans in &mut self.week {
            spans.sort_unstable();
            let overlap = |two: &[Span]| two[0].to > two[1].from;
            if spans.windows(2).any(overlap) {
                return Err(Rejected::HoursOverlap);
            }
        }
        if self.week.iter().all(Vec::is_empty) {
            return Err(Rejected::NoHours);
        }
        for (place, day) in self.days.iter().enumerate() {
            if !day.exists() {
                return Err(Rejected::NoSuchDay);
            }
            if self.days[..place].iter().any(|other| other.meets(day)) {
                return Err(Rejected::DayTwice);
            }
        }
        let key = |day: &FreeDay| (day.year.unwrap_or_default(), day.month, day.day);
        self.days.sort_by_key(key);
        Ok(CalendarFacts {
            name: setting::name(&self.name)?,
            ..self
        })
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("name", &self.name),
            Field::open("week", &self.week),
            Field::open("holidays", self.holidays),
            Field::open("days", &self.days),
        ]
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = CalendarFacts;

    const KIND: SubjectKind = SubjectKind::Calendar;

    const MANAGE: Permission = Permission::ManageServices;

    fn id(&self) -> Uuid {
        self.id
    }

    fn retired_at(&mut self) -> &mut Option<Instant> {
        &mut self.retired_at
    }

    fn is_retired(&self) -> bool {
        self.retired_at.is_some()
    }

    fn blank(id: Uuid, now: Instant) -> Self {
        Model {
            id,
            name: String::new(),
            week: "[[],[],[],[],[],[],[]]".to_owned(),
            holidays: None,
            days: "[]".to_owned(),
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> CalendarFacts {
        CalendarFacts {
            name: self.name.clone(),
            week: serde_json::from_str(&self.week).unwrap_or_default(),
            holidays: self.holidays,
            days: serde_json::from_str(&self.days).unwrap_or_default(),
        }
    }

    fn take(&mut self, facts: &CalendarFacts) {
        self.name.clone_from(&facts.name);
        self.week = json!(facts.week).to_string();
        self.holidays = facts.holidays;
        self.days = json!(facts.days).to_string();
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, _: &[SettingEvent<CalendarFacts>], batch: &mut Batch) {
        batch.calendars.push(self.clone());
    }
}
