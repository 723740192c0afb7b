//! Calendars as the settings show them, and as a select offers them.

use uuid::Uuid;

use super::{Entity, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::Permission;
use crate::setting::{self, Choice, Show};

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
    setting::find::<Entity>(db, actor, Permission::ManageServices, id).await
}

async fn all(db: &Db, show: Show) -> Result<Vec<Model>> {
    setting::by_name::<Entity>(db, show, |c| (&c.name, c.id)).await
}
