//! What can be set about a role, its grants as a whole, and how that becomes rows.

use sea_orm::{DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{Entity, Model, grant};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::{Batch, Checks};
use crate::policy::{self, Grant, Permission, Scope};
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// A role with its grants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub row: Model,
    pub grants: Vec<Grant>,
}

/// The content of a role's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleFacts {
    pub name: String,
    /// Counts when the role is created; later it stays as it was.
    pub shipped_as: Option<String>,
    /// What only the system does is left out.
    pub grants: Vec<Grant>,
}

impl RoleFacts {
    /// The scopes of a permission.
    pub fn scopes(&self, permission: Permission) -> Vec<Scope> {
        let of = self.grants.iter().filter(|g| g.permission == permission);
        of.map(|g| g.scope.clone()).collect()
    }

    /// Whether it grants that much already.
    fn covers(&self, grant: &Grant) -> bool {
        policy::covers(&self.scopes(grant.permission), &[], &grant.scope)
    }
}

impl Facts for RoleFacts {
    fn checked(mut self) -> Result<Self, Rejected> {
        self.grants
            .retain(|g| !Permission::SYSTEM_ONLY.contains(&g.permission));
        Ok(RoleFacts {
            name: setting::name(&self.name)?,
            grants: Grant::tidy(self.grants),
            ..self
        })
    }

    fn fields(&self) -> Vec<Field> {
        let grants: Vec<_> = self
            .grants
            .iter()
            .map(|g| {
                let (scope, ids) = g.scope.to_row();
                json!({ "permission": g.permission, "scope": scope, "ids": ids })
            })
            .collect();
        vec![
            Field::open("name", &self.name),
            Field::open("shipped_as", &self.shipped_as),
            Field::open("grants", grants),
        ]
    }
}

impl Role {
    pub(crate) fn of(row: Model, grants: &[grant::Model]) -> Role {
        let grants = grants
            .iter()
            .filter(|g| g.role_id == row.id)
            .filter_map(grant::Model::grant)
            .collect();
        Role {
            row,
            grants: Grant::tidy(grants),
        }
    }
}

impl grant::Model {
    /// The grant this row stands for; none when its permission is unknown.
    pub(crate) fn grant(&self) -> Option<Grant> {
        let ids = serde_json::from_str(&self.scope_ids).unwrap_or_default();
        Some(Grant {
            permission: Permission::from_name(&self.permission)?,
            scope: Scope::from_row(&self.scope, ids),
        })
    }
}

#[allow(private_interfaces)]
impl Noun for Role {
    type Facts = RoleFacts;

    const KIND: SubjectKind = SubjectKind::Role;

    const MANAGE: Permission = Permission::ManageRoles;

    fn id(&self) -> Uuid {
        self.row.id
    }

    fn retired_at(&mut self) -> &mut Option<Instant> {
        &mut self.row.retired_at
    }

    fn is_retired(&self) -> bool {
        self.row.retired_at.is_some()
    }

    fn blank(id: Uuid, now: Instant) -> Self {
        let row = Model {
            id,
            name: String::new(),
            shipped_as: None,
            created_at: now,
            retired_at: None,
        };
        Role::of(row, &[])
    }

    fn facts(&self) -> RoleFacts {
        RoleFacts {
            name: self.row.name.clone(),
            shipped_as: self.row.shipped_as.clone(),
            grants: self.grants.clone(),
        }
    }

    fn take(&mut self, facts: &RoleFacts) {
        self.row.shipped_as.clone_from(&facts.shipped_as);
        self.change(facts);
    }

    fn change(&mut self, facts: &RoleFacts) {
        self.row.name.clone_from(&facts.name);
        self.grants.clone_from(&facts.grants);
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        let rows = setting::rows::<Entity>(tx, ids.clone()).await?;
        let grants = grant::Entity::find()
            .filter(grant::COLUMN.role_id.is_in(ids))
            .all(tx)
            .await?;
        Ok(rows.into_iter().map(|row| Role::of(row, &grants)).collect())
    }

    fn guard(
        &self,
        events: &[SettingEvent<RoleFacts>],
        by: &Actor,
        at: Instant,
        checks: &mut Checks,
    ) {
        for event in events {
            let gives = match event {
                SettingEvent::Created(facts) => facts.grants.clone(),
                SettingEvent::Updated { from, to } => {
                    let new = to.grants.iter().filter(|grant| !from.covers(grant));
                    new.cloned().collect()
                }
                SettingEvent::Restored => self.grants.clone(),
                SettingEvent::Retired => vec![],
            };
            checks.must_hold_grants(by, at, gives);
        }
    }

    fn write(&self, events: &[SettingEvent<RoleFacts>], batch: &mut Batch) {
        for event in events {
            match event {
                SettingEvent::Created(_) => {}
                SettingEvent::Updated { .. } => batch.checks.administrator_must_remain(),
                SettingEvent::Retired => {
                    batch.checks.administrator_must_remain();
                    continue;
                }
                SettingEvent::Restored => continue,
            }
            let rows = self.grants.iter().map(|g| {
                let (scope, ids) = g.scope.to_row();
                grant::Model {
                    role_id: self.row.id,
                    permission: g.permission.name(),
                    scope,
                    scope_ids: json!(ids).to_string(),
                }
            });
            batch.grants.push((self.row.id, rows.collect()));
        }
        batch.roles.push(self.row.clone());
    }
}
