//! What can be set about a task by date, and how that becomes its row.

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

use super::schedule::{Repeat, Schedule};
use super::{Entity, MOST_AHEAD, Model};
use crate::clock::{Instant, day};
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::{Batch, Table};
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};
use crate::ticket::{Kind, Priority};

/// The longest text, in characters.
const MOST_CHARS: usize = 4_000;

/// The content of a task's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskFacts {
    /// Unique; the titles of its tickets begin with it.
    pub name: String,
    /// What is to be done.
    pub text: String,
    pub service_id: Option<Uuid>,
    pub team_id: Uuid,
    pub kind: Kind,
    pub priority: Priority,
    pub checklist_id: Option<Uuid>,
    pub schedule: Schedule,
    pub calendar_id: Uuid,
    pub ahead_days: i32,
    pub main_id: Uuid,
    pub deputy_id: Option<Uuid>,
    /// The day from which the schedule as it stands counts.
    pub since_on: NaiveDate,
}

impl Facts for TaskFacts {
    fn checked(mut self) -> Result<Self, Rejected> {
        self.name = setting::name(&self.name)?;
        self.text = self.text.trim().replace("\r\n", "\n");
        if self.text.is_empty() {
            return Err(Rejected::EmptyText);
        }
        if self.text.chars().count() > MOST_CHARS {
            return Err(Rejected::TooLong);
        }
        if self
            .schedule
            .until
            .is_some_and(|until| until < self.schedule.from)
        {
            return Err(Rejected::EndsBeforeItBegins);
        }
        if !(0..=MOST_AHEAD).contains(&self.ahead_days) {
            return Err(Rejected::NotATime);
        }
        if self.deputy_id == Some(self.main_id) {
            return Err(Rejected::SamePerson);
        }
        self.schedule.repeat = self.schedule.repeat.checked()?;
        Ok(self)
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("name", &self.name),
            // Wording of the desk's own.
            Field::open("text", &self.text),
            Field::open("service", self.service_id),
            Field::open("team", self.team_id),
            Field::open("kind", self.kind),
            Field::open("priority", self.priority),
            Field::open("checklist", self.checklist_id),
            Field::open("schedule", &self.schedule),
            Field::open("calendar", self.calendar_id),
            Field::open("ahead_days", self.ahead_days),
            Field::open("main", self.main_id),
            Field::open("deputy", self.deputy_id),
            Field::open("since", self.since_on),
        ]
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = TaskFacts;

    const KIND: SubjectKind = SubjectKind::RecurringTask;

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
            text: String::new(),
            service_id: None,
            team_id: Uuid::nil(),
            kind: Kind::ServiceRequest,
            priority: Priority::Normal,
            checklist_id: None,
            schedule: String::new(),
            calendar_id: Uuid::nil(),
            ahead_days: 0,
            main_id: Uuid::nil(),
            deputy_id: None,
            since_on: day(now),
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> TaskFacts {
        TaskFacts {
            name: self.name.clone(),
            text: self.text.clone(),
            service_id: self.service_id,
            team_id: self.team_id,
            kind: self.kind,
            priority: self.priority,
            checklist_id: self.checklist_id,
            schedule: self.schedule().unwrap_or(Schedule {
                repeat: Repeat::WorkingDay,
                from: self.since_on,
                until: Some(self.since_on),
                to_working_day: false,
            }),
            calendar_id: self.calendar_id,
            ahead_days: self.ahead_days,
            main_id: self.main_id,
            deputy_id: self.deputy_id,
            since_on: self.since_on,
        }
    }

    fn take(&mut self, facts: &TaskFacts) {
        self.name.clone_from(&facts.name);
        self.text.clone_from(&facts.text);
        self.service_id = facts.service_id;
        self.team_id = facts.team_id;
        self.kind = facts.kind;
        self.priority = facts.priority;
        self.checklist_id = facts.checklist_id;
        self.schedule = json!(facts.schedule).to_string();
        self.calendar_id = facts.calendar_id;
        self.ahead_days = facts.ahead_days;
        self.main_id = facts.main_id;
        self.deputy_id = facts.deputy_id;
        self.since_on = facts.since_on;
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, events: &[SettingEvent<TaskFacts>], batch: &mut Batch) {
        let checks = &mut batch.checks;
        for event in events {
            checks.must_be_active(Table::Service, event.sets(|f| f.service_id));
            checks.must_be_active(Table::Team, event.sets(|f| Some(f.team_id)));
            checks.must_be_active(Table::Checklist, event.sets(|f| f.checklist_id));
            checks.must_be_active(Table::Calendar, event.sets(|f| Some(f.calendar_id)));
            checks.must_be_active(Table::Person, event.sets(|f| Some(f.main_id)));
            checks.must_be_active(Table::Person, event.sets(|f| f.deputy_id));
        }
        batch.recurring_tasks.push(self.clone());
    }
}
