//! Roles as the settings show them, and as a select offers them.

use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QueryTrait};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Model, Role, grant};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::Permission;
use crate::setting::{Choice, Show};

/// All roles by name.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Model>> {
    if !actor.may_somewhere(Permission::ManageRoles) {
        return Err(DeskError::Forbidden);
    }
    all(db, show).await
}

/// Roles in use by name.
pub async fn choices(db: &Db) -> Result<Vec<Choice>> {
    let choice = |r: Model| Choice {
        id: r.id,
        name: r.name,
    };
    Ok(all(db, Show::Active)
        .await?
        .into_iter()
        .map(choice)
        .collect())
}

/// One role with its grants.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Role> {
    if !actor.may_somewhere(Permission::ManageRoles) {
        return Err(DeskError::Hidden);
    }
    let row = Entity::find_by_id(id)
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)?;
    let grants = grant::Entity::find()
        .filter(grant::COLUMN.role_id.eq(id))
        .all(db.reader())
        .await?;
    Ok(Role::of(row, &grants))
}

/// The role that came with the desk as `administrator` or `agent`, whatever it is called now.
pub async fn shipped(db: &Db, shipped_as: &str) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.shipped_as.eq(shipped_as))
        .order_by_asc(Column::Id)
        .one(db.reader())
        .await?)
}

async fn all(db: &Db, show: Show) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .apply_if(Some(show).filter(|s| *s == Show::Active), |q, _| {
            q.filter(COLUMN.retired_at.is_null())
        })
        .order_by_asc(Column::Name)
        .all(db.reader())
        .await?)
}
