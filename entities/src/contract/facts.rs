//! What can be set about a contract, and how that becomes its row.

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

use super::{Entity, Model};
use crate::clock::{Instant, day};
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::{Batch, Table};
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};
use crate::time_limit::MOST_MINUTES;

/// The content of a contract's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractFacts {
    /// Unique.
    pub name: String,
    pub vendor_id: Uuid,
    /// Sorted.
    pub service_ids: Vec<Uuid>,
    pub from_on: NaiveDate,
    pub until_on: Option<NaiveDate>,
    pub calendar_id: Uuid,
    pub reaction_minutes: Option<i32>,
    pub delivery_minutes: Option<i32>,
}

impl Facts for ContractFacts {
    fn checked(mut self) -> Result<Self, Rejected> {
        self.service_ids.sort_unstable();
        self.service_ids.dedup();
        if self.service_ids.is_empty() {
            return Err(Rejected::NoServices);
        }
        if self.until_on.is_some_and(|until| until < self.from_on) {
            return Err(Rejected::EndsBeforeItBegins);
        }
        let minutes = [self.reaction_minutes, self.delivery_minutes];
        let possible = |minutes: i32| (1..=MOST_MINUTES).contains(&minutes);
        if !minutes.into_iter().flatten().all(possible) {
            return Err(Rejected::NotATime);
        }
        self.name = setting::name(&self.name)?;
        Ok(self)
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("name", &self.name),
            Field::open("vendor", self.vendor_id),
            Field::open("services", &self.service_ids),
            Field::open("from", self.from_on),
            Field::open("until", self.until_on),
            Field::open("calendar", self.calendar_id),
            Field::open("reaction_minutes", self.reaction_minutes),
            Field::open("delivery_minutes", self.delivery_minutes),
        ]
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = ContractFacts;

    const KIND: SubjectKind = SubjectKind::Contract;

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
            vendor_id: Uuid::nil(),
            service_ids: String::new(),
            from_on: day(now),
            until_on: None,
            calendar_id: Uuid::nil(),
            reaction_minutes: None,
            delivery_minutes: None,
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> ContractFacts {
        ContractFacts {
            name: self.name.clone(),
            vendor_id: self.vendor_id,
            service_ids: self.services(),
            from_on: self.from_on,
            until_on: self.until_on,
            calendar_id: self.calendar_id,
            reaction_minutes: self.reaction_minutes,
            delivery_minutes: self.delivery_minutes,
        }
    }

    fn take(&mut self, facts: &ContractFacts) {
        self.name.clone_from(&facts.name);
        self.vendor_id = facts.vendor_id;
        self.service_ids = json!(facts.service_ids).to_string();
        self.from_on = facts.from_on;
        self.until_on = facts.until_on;
        self.calendar_id = facts.calendar_id;
        self.reaction_minutes = facts.reaction_minutes;
        self.delivery_minutes = facts.delivery_minutes;
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, events: &[SettingEvent<ContractFacts>], batch: &mut Batch) {
        let checks = &mut batch.checks;
        for event in events {
            let vendor = event.sets(|f| Some(f.vendor_id));
            checks.must_be_active(Table::Organisation, vendor);
            checks.must_be_vendors(vendor);
            checks.must_be_active(Table::Calendar, event.sets(|f| Some(f.calendar_id)));
            checks.must_be_active(
                Table::Service,
                event.adds(|facts| facts.service_ids.clone()),
            );
        }
        batch.contracts.push(self.clone());
    }
}
