//! A person as one who acts: grants of their roles, and their teams.

use std::sync::Arc;

use sea_orm::sea_query::Query;
use sea_orm::{EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{COLUMN, Entity};
use crate::actor::{Actor, PersonActor};
use crate::db::Db;
use crate::error::Result;
use crate::policy::Permission;
use crate::role::{self, grant, person_role};
use crate::team::member;

/// The actor a person is; none when there is no such person or they are retired.
/// Retired roles grant nothing.
pub async fn load_actor(db: &Db, person_id: Uuid) -> Result<Option<Actor>> {
    let person = Entity::find_by_id(person_id)
        .filter(COLUMN.retired_at.is_null())
        .one(db.reader())
        .await?;
    let Some(person) = person else {
        return Ok(None);
    };
    let held = Query::select()
        .column(person_role::Column::RoleId)
        .from(person_role::Entity)
        .and_where(person_role::COLUMN.person_id.eq(person_id))
        .to_owned();
    let active = Query::select()
        .column(role::Column::Id)
        .from(role::Entity)
        .and_where(role::COLUMN.retired_at.is_null())
        .to_owned();
    let grants = grant::Entity::find()
        .filter(grant::COLUMN.role_id.in_subquery(held))
        .filter(grant::COLUMN.role_id.in_subquery(active))
        .all(db.reader())
        .await?
        .iter()
        .filter_map(grant::Model::grant)
        // A row written around the model must not make a person into the system.
        .filter(|g| !Permission::SYSTEM_ONLY.contains(&g.permission))
        .collect();
    let teams = member::Entity::find()
        .filter(member::COLUMN.person_id.eq(person_id))
        .all(db.reader())
        .await?
        .into_iter()
        .map(|m| m.team_id)
        .collect();
    Ok(Some(Actor::Person(Arc::new(PersonActor {
        id: person.id,
        name: person.name,
        grants,
        teams,
    }))))
}
