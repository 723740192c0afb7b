//! Calendars as the settings show them, and as a select offers them.

use sea_orm::{EntityTrait, QueryFilter, QueryTrait};
use uuid::Uuid;

use super::{COLUMN, Entity, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::Permission;
use crate::setting::{Choice, Show};
use crate::text;

/// All calendars by name.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Model>> {
    if !actor.may_somewhere(Permission::ManageServices) {
        return Err(DeskError::Forbidden);
    }
    all(db, show).await
}

/// Calendars in use by name.
pub async fn choices(db: &Db) -> Result<Vec<Choice>> {
    let choice = |c: Model| Choice {
        id: c.id,
        name: c.name,
    };
    let calendars = all(db, Show::Active).await?;
    Ok(calendars.into_iter().map(choice).collect())
}

/// One calendar.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    if !actor.may_somewhere(Permission::ManageServices) {
        return Err(DeskError::Hidden);
    }
    Entity::find_by_id(id)
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)
}

async fn all(db: &Db, show: Show) -> Result<Vec<Model>> {
    let mut calendars = Entity::find()
        .apply_if(Some(show).filter(|s| *s == Show::Active), |q, _| {
            q.filter(COLUMN.retired_at.is_null())
        })
        .all(db.reader())
        .await?;
    calendars.sort_by_cached_key(|c| (text::fold(&c.name), c.id));
    Ok(calendars)
}
