//! Roles as the settings show them, and as a select offers them.

use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Model, Role, grant};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::Permission;
use crate::setting::{self, Choice, Show};

/// All roles by name.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Model>> {
    if !actor.may_somewhere(Permission::ManageRoles) {
        return Err(DeskError::Forbidden);
    }
    all(db, show).await
}

/// A role with its grants and how many persons hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub role: Role,
    pub people: i64,
}

#[derive(FromQueryResult)]
struct Holders {
    role_id: Uuid,
    n: i64,
}

/// All roles by name, each with its grants and its number of persons.
pub async fn every(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Row>> {
    if !actor.may_somewhere(Permission::ManageRoles) {
        return Err(DeskError::Forbidden);
    }
    let roles = setting::by_name::<Entity>(db, show, |r| (&r.name, r.id)).await?;
    let grants = grant::Entity::find().all(db.reader()).await?;
    let sql = "SELECT r.role_id, count(*) AS n FROM person_role r JOIN person p ON p.id = r.person_id \
               WHERE p.retired_at IS NULL GROUP BY r.role_id";
    let backend = db.reader().get_database_backend();
    let holders = Holders::find_by_statement(Statement::from_string(backend, sql));
    let holders = holders.all(db.reader()).await?;
    let row = |row: Model| Row {
        people: holders
            .iter()
            .find(|h| h.role_id == row.id)
            .map_or(0, |h| h.n),
        role: Role::of(row, &grants),
    };
    Ok(roles.into_iter().map(row).collect())
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
    let row = setting::find::<Entity>(db, actor, Permission::ManageRoles, id).await?;
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
    Ok(setting::shown::<Entity>(show)
        .order_by_asc(Column::Name)
        .all(db.reader())
        .await?)
}
