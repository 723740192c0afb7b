//! Grant some permissions of a role in other scopes, as somebody saw them on a page.

use uuid::Uuid;

use super::Role;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::policy::{Grant, Permission, Scope};
use crate::setting::{Noun as _, SettingEvent};

/// One permission with its scopes before and after; none means that it is not granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regrant {
    pub permission: Permission,
    pub from: Vec<Scope>,
    pub to: Vec<Scope>,
}

/// Changes these permissions and leaves all others as they are by now.
#[derive(Clone, Debug)]
pub struct ChangeGrants {
    pub id: Uuid,
    pub changes: Vec<Regrant>,
}

/// These grants with some of them changed.
pub fn changed(mut grants: Vec<Grant>, changes: &[Regrant]) -> Vec<Grant> {
    for change in changes {
        grants.retain(|grant| grant.permission != change.permission);
        grants.extend(change.to.iter().map(|scope| Grant {
            permission: change.permission,
            scope: scope.clone(),
        }));
    }
    Grant::tidy(grants)
}

/// Scopes of one permission as they are kept.
pub fn tidy(permission: Permission, scopes: Vec<Scope>) -> Vec<Scope> {
    let grant = |scope| Grant { permission, scope };
    let tidy = Grant::tidy(scopes.into_iter().map(grant).collect());
    tidy.into_iter().map(|grant| grant.scope).collect()
}

impl Command for ChangeGrants {
    type Target = Role;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(
        self,
        role: &Role,
        _: &Actor,
        _: Instant,
    ) -> Result<Vec<SettingEvent<super::RoleFacts>>, Rejected> {
        if role.is_retired() {
            return Err(Rejected::Retired);
        }
        let from = role.facts();
        let as_seen = |change: &Regrant| {
            tidy(change.permission, change.from.clone()) == from.scopes(change.permission)
        };
        if !self.changes.iter().all(as_seen) {
            return Err(Rejected::ChangedMeanwhile);
        }
        let mut to = from.clone();
        to.grants = changed(to.grants, &self.changes);
        to.grants
            .retain(|g| !Permission::SYSTEM_ONLY.contains(&g.permission));
        if from == to {
            return Ok(vec![]);
        }
        Ok(vec![SettingEvent::Updated {
            from: Box::new(from),
            to: Box::new(to),
        }])
    }
}
