//! What can be set about a time limit, and how that becomes its row.

use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

use super::{Entity, Goals, Model, Times};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::{Batch, Table};
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// The longest time, in minutes: a year of eight hours a day.
pub const MOST_MINUTES: i32 = 365 * 8 * 60;

/// The content of a time limit's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeLimitFacts {
    /// Unique.
    pub name: String,
    pub calendar_id: Uuid,
    pub standard: bool,
    pub goals: Goals,
}

impl Facts for TimeLimitFacts {
    fn checked(self) -> Result<Self, Rejected> {
        let times = self.goals.all();
        let minutes = times.iter().flat_map(|t| [t.first_answer, t.solution]);
        let possible = |minutes: i32| (1..=MOST_MINUTES).contains(&minutes);
        if !minutes.flatten().all(possible) {
            return Err(Rejected::NotATime);
        }
        if times.iter().all(|t| *t == Times::default()) {
            return Err(Rejected::NoTimes);
        }
        Ok(TimeLimitFacts {
            name: setting::name(&self.name)?,
            ..self
        })
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("name", &self.name),
            Field::open("calendar", self.calendar_id),
            Field::open("standard", self.standard),
            Field::open("goals", self.goals),
        ]
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = TimeLimitFacts;

    const KIND: SubjectKind = SubjectKind::TimeLimit;

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
            calendar_id: Uuid::nil(),
            standard: false,
            goals: json!(Goals::default()).to_string(),
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> TimeLimitFacts {
        TimeLimitFacts {
            name: self.name.clone(),
            calendar_id: self.calendar_id,
            standard: self.standard,
            goals: self.goals(),
        }
    }

    fn take(&mut self, facts: &TimeLimitFacts) {
        self.name.clone_from(&facts.name);
        self.calendar_id = facts.calendar_id;
        self.standard = facts.standard;
        self.goals = json!(facts.goals).to_string();
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, events: &[SettingEvent<TimeLimitFacts>], batch: &mut Batch) {
        for event in events {
            let calendar = event.sets(|f| Some(f.calendar_id));
            batch.checks.must_be_active(Table::Calendar, calendar);
        }
        batch.time_limits.push(self.clone());
    }
}
