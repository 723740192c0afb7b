//! What can be set about a claim rule, and how that becomes its row.

use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{Entity, Gift, Gives, Model, Operator};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::{Batch, Checks, Table};
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// The content of a rule's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimRuleFacts {
    /// Unique.
    pub name: String,
    pub provider_id: Uuid,
    pub path: String,
    pub operator: Operator,
    pub value: String,
    pub gift: Gift,
}

impl Facts for ClaimRuleFacts {
    fn checked(self) -> Result<Self, Rejected> {
        let value = self.value.trim().to_owned();
        if value.is_empty() && self.operator != Operator::Present {
            return Err(Rejected::EmptyText);
        }
        Ok(ClaimRuleFacts {
            name: setting::name(&self.name)?,
            path: setting::name(&self.path)?,
            value,
            ..self
        })
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("name", &self.name),
            Field::open("provider", self.provider_id),
            Field::open("path", &self.path),
            Field::open("operator", self.operator),
            Field::open("value", &self.value),
            Field::open("gives", self.gift.gives),
            Field::open("target", self.gift.id),
        ]
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = ClaimRuleFacts;

    const KIND: SubjectKind = SubjectKind::ClaimRule;

    const MANAGE: Permission = Permission::ManageRoles;

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
            provider_id: Uuid::nil(),
            path: String::new(),
            operator: Operator::Is,
            value: String::new(),
            gives: Gives::Role,
            target_id: Uuid::nil(),
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> ClaimRuleFacts {
        ClaimRuleFacts {
            name: self.name.clone(),
            provider_id: self.provider_id,
            path: self.path.clone(),
            operator: self.operator,
            value: self.value.clone(),
            gift: self.gift(),
        }
    }

    fn take(&mut self, facts: &ClaimRuleFacts) {
        self.name.clone_from(&facts.name);
        self.provider_id = facts.provider_id;
        self.path.clone_from(&facts.path);
        self.operator = facts.operator;
        self.value.clone_from(&facts.value);
        self.gives = facts.gift.gives;
        self.target_id = facts.gift.id;
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    /// Whoever says on what condition a role is given gives it.
    fn guard(
        &self,
        events: &[SettingEvent<ClaimRuleFacts>],
        by: &Actor,
        at: Instant,
        checks: &mut Checks,
    ) {
        let is_given = events.iter().any(|e| !matches!(e, SettingEvent::Retired));
        if is_given && self.gives == Gives::Role {
            checks.must_hold_roles(by, at, vec![self.target_id]);
        }
    }

    fn write(&self, events: &[SettingEvent<ClaimRuleFacts>], batch: &mut Batch) {
        for event in events {
            let provider = event.sets(|f| Some(f.provider_id));
            batch.checks.must_be_active(Table::Provider, provider);
            let table = match self.gives {
                Gives::Role => Table::Role,
                Gives::Team => Table::Team,
                Gives::Organisation => Table::Organisation,
            };
            let target = event.sets(|f| Some(f.gift.id));
            batch.checks.must_be_active(table, target);
        }
        batch.claim_rules.push(self.clone());
    }
}
