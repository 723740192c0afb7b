//! What a person may do, with one ticket or at all, and by which role and scope; or why not.

use sea_orm::{EntityTrait, QueryFilter};
use uuid::Uuid;

use super::field_reasons::{FieldReason, of_fields};
use super::{COLUMN, Entity, Role, grant};
use crate::actor::{Actor, PersonActor};
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::person;
use crate::policy::{self, Permission, Place, Reached, Scope, Spread};
use crate::session;
use crate::setting::Choice;
use crate::team;
use crate::ticket::{Ticket, held};

/// What is known of a person for the policy, and what follows from it.
#[derive(Clone, Debug)]
pub struct Sight {
    pub person: person::Model,
    /// Those in use.
    pub roles: Vec<Choice>,
    pub teams: Vec<Choice>,
    pub reasons: Vec<Reason>,
    /// What they may do with dynamic fields.
    pub fields: Vec<FieldReason>,
}

/// One permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub permission: Permission,
    /// Every grant of it, by role.
    pub ways: Vec<Way>,
}

/// One grant of a role, and whether it reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    pub role: String,
    pub scope: Scope,
    pub reached: Option<Reached>,
}

impl Reason {
    /// The same answer the policy gives.
    pub fn is_held(&self) -> bool {
        self.ways.iter().any(|way| way.reached.is_some())
    }
}

/// What somebody may do with a ticket that the actor sees, or at all, with the reasons.
///
/// # Errors
/// `Hidden` when there is no such person, or for those who do not manage roles.
pub async fn reasons(db: &Db, actor: &Actor, id: Uuid, ticket: Option<&Ticket>) -> Result<Sight> {
    policy::require(actor, Permission::ManageRoles, Place::Desk)?;
    let person = person::Entity::find_by_id(id)
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)?;
    let me = match session::actor_of(db, id).await {
        Ok(Actor::Person(me)) => me,
        // Nobody acts for a retired person.
        Ok(Actor::System(_)) | Err(DeskError::Hidden) => {
            return Ok(Sight {
                person,
                roles: vec![],
                teams: vec![],
                reasons: vec![],
                fields: vec![],
            });
        }
        Err(error) => return Err(error),
    };
    let roles = of_person(db, &me).await?;
    let whole = Actor::Person(me.clone());
    let place = match ticket {
        None => Place::Reach,
        Some(ticket) => {
            let mut ticket = vec![ticket.clone()];
            held::look(db.reader(), &[&whole], &mut ticket).await?;
            ticket[0].place()
        }
    };
    let reason = |&permission: &Permission| {
        let place = match permission.spread() {
            Spread::Tickets => place.clone(),
            Spread::Teams | Spread::Services => Place::Reach,
            Spread::Desk | Spread::Organisation => Place::Desk,
        };
        let mut ways = Vec::new();
        for (name, role) in &roles {
            for grant in role.grants.iter().filter(|g| g.permission == permission) {
                ways.push(Way {
                    role: name.clone(),
                    reached: policy::reached(&grant.scope, &whole, &place),
                    scope: grant.scope.clone(),
                });
            }
        }
        Reason { permission, ways }
    };
    let of_persons = Permission::ALL
        .iter()
        .filter(|p| !Permission::SYSTEM_ONLY.contains(p));
    let reasons: Vec<Reason> = of_persons.map(reason).collect();
    let teams = team::choices(db).await?.into_iter();
    let named = roles.into_iter().map(|(name, role)| (name, role.roles[0]));
    let named: Vec<(String, Uuid)> = named.collect();
    Ok(Sight {
        person,
        teams: teams.filter(|team| me.teams.contains(&team.id)).collect(),
        fields: of_fields(db, &named, ticket, &reasons).await?,
        reasons,
        roles: named
            .into_iter()
            .map(|(name, id)| Choice { id, name })
            .collect(),
    })
}

/// The roles of a person, each as somebody who has only that one, so that scopes reach as far as they do for them.
async fn of_person(db: &Db, me: &PersonActor) -> Result<Vec<(String, PersonActor)>> {
    let mut rows = Entity::find()
        .filter(COLUMN.id.is_in(me.roles.iter().copied()))
        .all(db.reader())
        .await?;
    rows.sort_by_cached_key(|role| crate::text::fold(&role.name));
    let grants = grant::Entity::find()
        .filter(grant::COLUMN.role_id.is_in(me.roles.iter().copied()))
        .all(db.reader())
        .await?;
    let (mut names, mut alone) = (Vec::new(), Vec::new());
    for row in rows {
        let role = Role::of(row, &grants);
        names.push(role.row.name.clone());
        alone.push(PersonActor {
            roles: vec![role.row.id],
            grants: role.grants,
            ..me.clone()
        });
    }
    session::widen(db.reader(), &mut alone).await?;
    Ok(names.into_iter().zip(alone).collect())
}
