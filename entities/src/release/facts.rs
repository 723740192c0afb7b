//! What can be set about a release, and how that becomes its row.

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{Entity, Model};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::{Batch, Table};
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// The content of a release's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseFacts {
    pub service_id: Uuid,
    /// Unique for its service.
    pub name: String,
    pub live_on: Option<NaiveDate>,
}

impl Facts for ReleaseFacts {
    fn checked(self) -> Result<Self, Rejected> {
        Ok(ReleaseFacts {
            name: setting::name(&self.name)?,
            ..self
        })
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("service", self.service_id),
            Field::open("name", &self.name),
            Field::open("live_on", self.live_on),
        ]
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = ReleaseFacts;

    const KIND: SubjectKind = SubjectKind::Release;

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
            service_id: Uuid::nil(),
            name: String::new(),
            live_on: None,
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> ReleaseFacts {
        ReleaseFacts {
            service_id: self.service_id,
            name: self.name.clone(),
            live_on: self.live_on,
        }
    }

    fn take(&mut self, facts: &ReleaseFacts) {
        self.service_id = facts.service_id;
        self.name.clone_from(&facts.name);
        self.live_on = facts.live_on;
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, events: &[SettingEvent<ReleaseFacts>], batch: &mut Batch) {
        for event in events {
            let service = event.sets(|f| Some(f.service_id));
            batch.checks.must_be_active(Table::Service, service);
            match event {
                SettingEvent::Created(_) | SettingEvent::Restored => {
                    batch.articles.released.push(self.clone());
                }
                SettingEvent::Updated { .. } if service.is_some() => {
                    batch.articles.withdrawn.push(self.id);
                    batch.articles.released.push(self.clone());
                }
                SettingEvent::Retired => batch.articles.withdrawn.push(self.id),
                SettingEvent::Updated { .. } => {}
            }
        }
        batch.releases.push(self.clone());
    }
}
