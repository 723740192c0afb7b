//! Templates of documents as the settings show them, and as a ticket is offered them.

use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{Entity, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};
use crate::service;
use crate::setting::{self, Show};
use crate::ticket::Ticket;

/// All templates by name.
///
/// # Errors
/// `Forbidden` for those who may not manage them.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Model>> {
    policy::require(actor, Permission::ManageTextBlocks, Place::Desk)?;
    setting::by_name::<Entity>(db, show, |t| (&t.name, t.id)).await
}

/// One template.
///
/// # Errors
/// `Hidden` when there is none, or for those who may not manage them.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageTextBlocks, id).await
}

/// The templates that may be used for a ticket, by name: those for its team and its service, and those for all.
pub async fn usable(db: &Db, ticket: &Ticket) -> Result<Vec<Model>> {
    let mut all = in_use(db).await?;
    let parents = service::list::parents(db).await?;
    all.retain(|template| fits(template, ticket, &parents));
    Ok(all)
}

/// Every template that may be used somewhere, by name.
pub async fn in_use(db: &Db) -> Result<Vec<Model>> {
    let mut all = setting::by_name::<Entity>(db, Show::Active, |t| (&t.name, t.id)).await?;
    all.retain(|template| template.approved.is_some());
    Ok(all)
}

/// One of those; none when it is not in use any more.
pub async fn one_in_use(db: &Db, id: Uuid) -> Result<Option<Model>> {
    let template = Entity::find_by_id(id).one(db.reader()).await?;
    Ok(template.filter(|one| one.retired_at.is_none() && one.approved.is_some()))
}

/// Whether a template is for a ticket; `parents` are the services with what is above each.
pub fn fits(
    template: &Model,
    ticket: &Ticket,
    parents: &std::collections::HashMap<Uuid, Option<Uuid>>,
) -> bool {
    let mut line = Vec::new();
    let mut next = ticket.service_id;
    while let Some(id) = next.filter(|id| !line.contains(id)) {
        line.push(id);
        next = parents.get(&id).copied().flatten();
    }
    let services = template.service_ids();
    (template.team_id.is_none() || template.team_id == ticket.team_id)
        && (services.is_empty() || services.iter().any(|id| line.contains(id)))
}
