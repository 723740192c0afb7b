//! What can be set about a template of a checklist, and how that becomes its row.

use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

use super::{Entity, MOST_DAYS, MOST_LETTERS, MOST_STEPS, Model, Responsible, Step};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::{Batch, Table};
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// The content of a template's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistFacts {
    /// Unique.
    pub name: String,
    /// Sorted; empty: offered for all.
    pub service_ids: Vec<Uuid>,
    pub steps: Vec<Step>,
}

impl Facts for ChecklistFacts {
    fn checked(mut self) -> Result<Self, Rejected> {
        self.service_ids.sort_unstable();
        self.service_ids.dedup();
        for step in &mut self.steps {
            step.text = step.text.trim().replace(char::is_control, " ");
        }
        if self.steps.is_empty() || self.steps.iter().any(|step| step.text.is_empty()) {
            return Err(Rejected::EmptyText);
        }
        let is_long = |step: &Step| step.text.chars().count() > MOST_LETTERS;
        if self.steps.iter().any(is_long) {
            return Err(Rejected::TooLong);
        }
        if self.steps.len() > MOST_STEPS {
            return Err(Rejected::TooManySteps);
        }
        let is_odd = |step: &Step| {
            step.days
                .is_some_and(|days| !(0..=MOST_DAYS).contains(&days))
        };
        if self.steps.iter().any(is_odd) {
            return Err(Rejected::NotATime);
        }
        self.name = setting::name(&self.name)?;
        Ok(self)
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("name", &self.name),
            Field::open("services", &self.service_ids),
            // Wording of the desk's own.
            Field::open("steps", &self.steps),
        ]
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = ChecklistFacts;

    const KIND: SubjectKind = SubjectKind::Checklist;

    const MANAGE: Permission = Permission::ManageTextBlocks;

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
            service_ids: "[]".to_owned(),
            steps: "[]".to_owned(),
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> ChecklistFacts {
        ChecklistFacts {
            name: self.name.clone(),
            service_ids: self.services(),
            steps: self.steps(),
        }
    }

    fn take(&mut self, facts: &ChecklistFacts) {
        self.name.clone_from(&facts.name);
        self.service_ids = json!(facts.service_ids).to_string();
        self.steps = json!(facts.steps).to_string();
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, events: &[SettingEvent<ChecklistFacts>], batch: &mut Batch) {
        for event in events {
            let services = event.adds(|facts| facts.service_ids.clone());
            batch.checks.must_be_active(Table::Service, services);
            batch
                .checks
                .must_be_active(Table::Person, event.adds(people));
        }
        batch.checklists.push(self.clone());
    }
}

fn people(facts: &ChecklistFacts) -> Vec<Uuid> {
    let person = |step: &Step| match step.responsible {
        Responsible::Person(id) => Some(id),
        Responsible::Nobody | Responsible::Owner => None,
    };
    facts.steps.iter().filter_map(person).collect()
}
