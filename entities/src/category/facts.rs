//! What can be set about a category, and how that becomes its row.

use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{Entity, Model};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::{Batch, Table};
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// The content of a category's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryFacts {
    pub name: String,
    pub parent_id: Option<Uuid>,
}

impl Facts for CategoryFacts {
    fn checked(self) -> Result<Self, Rejected> {
        let name = setting::name(&self.name)?;
        Ok(CategoryFacts { name, ..self })
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("name", &self.name),
            Field::open("parent", self.parent_id),
        ]
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = CategoryFacts;

    const KIND: SubjectKind = SubjectKind::Category;

    const MANAGE: Permission = Permission::PublishArticles;

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
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> CategoryFacts {
        CategoryFacts {
            name: self.name.clone(),
            parent_id: self.parent_id,
        }
    }

    fn take(&mut self, facts: &CategoryFacts) {
        self.name.clone_from(&facts.name);
        self.parent_id = facts.parent_id;
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, events: &[SettingEvent<CategoryFacts>], batch: &mut Batch) {
        for event in events {
            if let Some(parent) = event.sets(|f| f.parent_id) {
                batch.checks.must_be_active(Table::Category, [parent]);
                batch.checks.must_be_acyclic(Table::Category, self.id);
            }
        }
        batch.categories.push(self.clone());
    }
}
