//! What can be set about a service, and how that becomes its row.

use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{Entity, Model};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::finding::renamed::Renamed;
use crate::history::SubjectKind;
use crate::ledger::{Batch, Table};
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// The content of a service's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceFacts {
    /// Unique among the modules of one service, and among the services.
    pub name: String,
    pub parent_id: Option<Uuid>,
    pub team_id: Option<Uuid>,
    pub time_limit_id: Option<Uuid>,
}

impl Facts for ServiceFacts {
    fn checked(self) -> Result<Self, Rejected> {
        let name = setting::name(&self.name)?;
        Ok(ServiceFacts { name, ..self })
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("name", &self.name),
            Field::open("parent", self.parent_id),
            Field::open("team", self.team_id),
            Field::open("time_limit", self.time_limit_id),
        ]
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = ServiceFacts;

    const KIND: SubjectKind = SubjectKind::Service;

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
            parent_id: None,
            team_id: None,
            time_limit_id: None,
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> ServiceFacts {
        ServiceFacts {
            name: self.name.clone(),
            parent_id: self.parent_id,
            team_id: self.team_id,
            time_limit_id: self.time_limit_id,
        }
    }

    fn take(&mut self, facts: &ServiceFacts) {
        self.name.clone_from(&facts.name);
        self.parent_id = facts.parent_id;
        self.team_id = facts.team_id;
        self.time_limit_id = facts.time_limit_id;
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, events: &[SettingEvent<ServiceFacts>], batch: &mut Batch) {
        for event in events {
            if event.changes(|f| (f.name.clone(), f.parent_id)) {
                batch.renamed.push(Renamed::Service(self.id));
            }
            if let Some(parent) = event.sets(|f| f.parent_id) {
                batch.checks.must_be_active(Table::Service, [parent]);
                batch.checks.must_be_acyclic(Table::Service, self.id);
            }
            batch
                .checks
                .must_be_active(Table::Team, event.sets(|f| f.team_id));
            let limit = event.sets(|f| f.time_limit_id);
            batch.checks.must_be_active(Table::TimeLimit, limit);
        }
        batch.services.push(self.clone());
    }
}
