//! Mail filters as the settings show them and as the intake applies them.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::inbound;
use crate::policy::{self, Permission, Place};
use crate::setting::{self, Show, position};
use crate::{service, team};

/// A line of the list, with the names behind the ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub filter: Model,
    pub mailbox_name: Option<String>,
    pub service_name: Option<String>,
    pub team_name: Option<String>,
}

/// All filters in the order in which they apply.
///
/// # Errors
/// `Forbidden` for those who may not manage mailboxes.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Row>> {
    policy::require(actor, Permission::ManageMailboxes, Place::Desk)?;
    let filters = setting::shown::<Entity>(show)
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
        .all(db.reader())
        .await?;
    let names = crate::history::names(db, actor, &referred(&filters)).await?;
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned());
    let row = |filter: Model| Row {
        mailbox_name: name(filter.mailbox_id),
        service_name: name(filter.service_id),
        team_name: name(filter.team_id),
        filter,
    };
    Ok(filters.into_iter().map(row).collect())
}

fn referred(filters: &[Model]) -> Vec<Uuid> {
    let of = |f: &Model| [f.mailbox_id, f.service_id, f.team_id];
    filters.iter().flat_map(of).flatten().collect()
}

/// One filter.
///
/// # Errors
/// `Hidden` when there is none, or for those who may not manage mailboxes.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageMailboxes, id).await
}

/// The place behind all others.
pub async fn next_position(db: &Db) -> Result<i32> {
    position::behind(db, Entity::find(), Column::Position).await
}

/// The filters in use for mails of a mailbox, in their order. They set no service and no team that is retired.
pub async fn active(db: &Db, mailbox_id: Uuid) -> Result<Vec<Model>> {
    let mut filters = Entity::find()
        .filter(COLUMN.retired_at.is_null())
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
        .all(db.reader())
        .await?;
    filters.retain(|f| f.mailbox_id.is_none_or(|id| id == mailbox_id));
    if filters.iter().any(|f| f.service_id.is_some()) {
        let services: HashMap<Uuid, String> = by_id(service::choices(db).await?);
        for filter in &mut filters {
            filter.service_id = filter.service_id.filter(|id| services.contains_key(id));
        }
    }
    if filters.iter().any(|f| f.team_id.is_some()) {
        let teams: HashMap<Uuid, String> = by_id(team::choices(db).await?);
        for filter in &mut filters {
            filter.team_id = filter.team_id.filter(|id| teams.contains_key(id));
        }
    }
    Ok(filters)
}

fn by_id(choices: Vec<crate::setting::Choice>) -> HashMap<Uuid, String> {
    choices.into_iter().map(|c| (c.id, c.name)).collect()
}

/// The mails a filter has left alone, the newest first.
///
/// # Errors
/// `Forbidden` for those who may not manage mailboxes.
pub async fn ignored(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    most: u64,
) -> Result<Vec<inbound::InboundMail>> {
    policy::require(actor, Permission::ManageMailboxes, Place::Desk)?;
    Ok(inbound::Entity::find()
        .filter(inbound::COLUMN.filter_id.eq(id))
        .order_by_desc(inbound::Column::ReceivedAt)
        .order_by_desc(inbound::Column::Id)
        .limit(most)
        .all(db.reader())
        .await?)
}
