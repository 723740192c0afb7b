//! Templates of checklists as the settings show them, and as a ticket is offered them.

use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{Entity, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};
use crate::service;
use crate::setting::{self, Choice, Show};

/// All templates by name.
///
/// # Errors
/// `Forbidden` for those who may not manage them.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Model>> {
    policy::require(actor, Permission::ManageTextBlocks, Place::Desk)?;
    setting::by_name::<Entity>(db, show, |c| (&c.name, c.id)).await
}

/// One template.
///
/// # Errors
/// `Hidden` when there is none, or for those who may not manage them.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageTextBlocks, id).await
}

/// The templates in use by name.
pub async fn choices(db: &Db) -> Result<Vec<Choice>> {
    let all = setting::by_name::<Entity>(db, Show::Active, |c| (&c.name, c.id)).await?;
    let choice = |c: Model| Choice {
        id: c.id,
        name: c.name,
    };
    Ok(all.into_iter().map(choice).collect())
}

/// A template, as long as it is in use.
pub async fn in_use(db: &Db, id: Uuid) -> Result<Option<Model>> {
    let template = Entity::find_by_id(id).one(db.reader()).await?;
    Ok(template.filter(|template| template.retired_at.is_none()))
}

/// The templates in use that are offered for a service: those for it, for one above it, and for all.
pub async fn offered(db: &Db, service_id: Option<Uuid>) -> Result<Vec<Model>> {
    let mut all = setting::by_name::<Entity>(db, Show::Active, |c| (&c.name, c.id)).await?;
    let parents = service::list::parents(db).await?;
    let mut line = Vec::new();
    let mut next = service_id;
    while let Some(id) = next.filter(|id| !line.contains(id)) {
        line.push(id);
        next = parents.get(&id).copied().flatten();
    }
    all.retain(|one| {
        let services = one.services();
        services.is_empty() || services.iter().any(|id| line.contains(id))
    });
    Ok(all)
}
