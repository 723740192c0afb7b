//! What can be set about a service, and how that becomes its row.

use sea_orm::{DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Model};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::ledger::{Batch, Subject, Table};
use crate::policy::{Permission, Place};
use crate::setting::{self, Facts, Field, Setting, SettingEvent};

/// The content of a service's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceFacts {
    /// Unique among the modules of one service, and among the services.
    pub name: String,
    pub parent_id: Option<Uuid>,
    pub team_id: Option<Uuid>,
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
        ]
    }
}

impl Model {
    fn take(&mut self, facts: &ServiceFacts) {
        self.name.clone_from(&facts.name);
        self.parent_id = facts.parent_id;
        self.team_id = facts.team_id;
    }
}

#[allow(private_interfaces)]
impl Subject for Model {
    type Event = SettingEvent<ServiceFacts>;

    const KIND: &'static str = "service";

    fn id(&self) -> Uuid {
        self.id
    }

    fn place(&self) -> Place {
        Place::Desk
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        Ok(Entity::find()
            .filter(COLUMN.id.is_in(ids))
            .order_by_asc(Column::Id)
            .lock_exclusive()
            .all(tx)
            .await?)
    }

    async fn make(_: &DatabaseTransaction, ids: Vec<Uuid>, now: Instant) -> Result<Vec<Self>> {
        Ok(ids.into_iter().map(|id| blank(id, now)).collect())
    }

    fn apply(&mut self, event: &Self::Event, at: Instant) {
        match event {
            SettingEvent::Created(facts) | SettingEvent::Updated { to: facts, .. } => {
                self.take(facts);
            }
            SettingEvent::Retired => self.retired_at = Some(at),
            SettingEvent::Restored => self.retired_at = None,
        }
    }

    fn write(&self, events: &[Self::Event], _: &Actor, _: Instant, batch: &mut Batch) {
        for event in events {
            if let Some(parent) = event.sets(|f| f.parent_id) {
                batch.checks.must_be_active(Table::Service, [parent]);
                batch.checks.must_be_acyclic(Table::Service, self.id);
            }
            batch
                .checks
                .must_be_active(Table::Team, event.sets(|f| f.team_id));
        }
        batch.services.push(self.clone());
    }
}

impl Setting for Model {
    type Facts = ServiceFacts;

    const MANAGE: Permission = Permission::ManageServices;

    fn facts(&self) -> ServiceFacts {
        ServiceFacts {
            name: self.name.clone(),
            parent_id: self.parent_id,
            team_id: self.team_id,
        }
    }

    fn is_retired(&self) -> bool {
        self.retired_at.is_some()
    }

    fn event(event: SettingEvent<ServiceFacts>) -> Self::Event {
        event
    }
}

fn blank(id: Uuid, now: Instant) -> Model {
    Model {
        id,
        name: String::new(),
        parent_id: None,
        team_id: None,
        created_at: now,
        retired_at: None,
    }
}
