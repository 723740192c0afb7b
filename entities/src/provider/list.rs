//! Identity providers as the settings show them, and as the page for signing in offers them.

use sea_orm::{EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{COLUMN, Entity, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};
use crate::setting::{self, Show};

/// All providers by name.
///
/// # Errors
/// `Forbidden` for those who may not manage roles.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Model>> {
    policy::require(actor, Permission::ManageRoles, Place::Desk)?;
    setting::by_name::<Entity>(db, show, |p| (&p.name, p.id)).await
}

/// One provider.
///
/// # Errors
/// `Hidden` when there is none, or for those who may not manage roles.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageRoles, id).await
}

/// Those in use by name, for whoever wants to sign in: no secret among them leaves the server.
pub async fn active(db: &Db) -> Result<Vec<Model>> {
    setting::by_name::<Entity>(db, Show::Active, |p| (&p.name, p.id)).await
}

/// One that is in use.
pub async fn in_use(db: &Db, id: Uuid) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id)
        .filter(COLUMN.retired_at.is_null())
        .one(db.reader())
        .await?)
}
