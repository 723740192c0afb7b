//! What can be set about an activity, and how that becomes its row.

use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{Entity, Model};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::Batch;
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// The content of an activity's form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityFacts {
    /// In German; unique.
    pub name: String,
    /// In English; empty: as in German.
    pub name_en: String,
}

impl Facts for ActivityFacts {
    fn checked(self) -> Result<Self, Rejected> {
        let name = setting::name(&self.name)?;
        let name_en = setting::optional(Some(self.name_en)).unwrap_or_else(|| name.clone());
        Ok(ActivityFacts { name, name_en })
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("name", &self.name),
            Field::open("name_en", &self.name_en),
        ]
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = ActivityFacts;

    const KIND: SubjectKind = SubjectKind::Activity;

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
            name_en: String::new(),
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> ActivityFacts {
        ActivityFacts {
            name: self.name.clone(),
            name_en: self.name_en.clone(),
        }
    }

    fn take(&mut self, facts: &ActivityFacts) {
        self.name.clone_from(&facts.name);
        self.name_en.clone_from(&facts.name_en);
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, _: &[SettingEvent<ActivityFacts>], batch: &mut Batch) {
        batch.activities.push(self.clone());
    }
}
