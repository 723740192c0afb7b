//! Releases as the settings show them, and as the plan of some services.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::Permission;
use crate::service;
use crate::setting::{self, Choice, Show};

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub release: Model,
    pub service_name: String,
}

/// All releases: by service, the latest first, those without a day at the top.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Row>> {
    if !actor.may_somewhere(Permission::ManageServices) {
        return Err(DeskError::Forbidden);
    }
    let rows = setting::shown::<Entity>(show).all(db.reader()).await?;
    named(db, rows).await
}

/// The releases in use of these services, in the same order.
pub async fn of_services(db: &Db, service_ids: &[Uuid]) -> Result<Vec<Row>> {
    let rows = Entity::find()
        .filter(COLUMN.retired_at.is_null())
        .filter(COLUMN.service_id.is_in(service_ids.iter().copied()))
        .order_by_asc(Column::Id)
        .all(db.reader())
        .await?;
    named(db, rows).await
}

/// Releases in use as a select offers them: each behind the name of its service, the latest of each first.
pub async fn choices(db: &Db) -> Result<Vec<Choice>> {
    let rows = setting::shown::<Entity>(Show::Active);
    let rows = named(db, rows.all(db.reader()).await?).await?.into_iter();
    let choice = |row: Row| Choice {
        id: row.release.id,
        name: format!("{} {}", row.service_name, row.release.name),
    };
    Ok(rows.map(choice).collect())
}

/// Releases by the way to their service, as no other release is called.
pub async fn ways_of(db: &Db, show: Show) -> Result<Vec<Choice>> {
    let services = service::list::ways_of(db, Show::All).await?;
    let ways: HashMap<Uuid, String> = services.into_iter().map(|s| (s.id, s.name)).collect();
    let rows = setting::shown::<Entity>(show).all(db.reader()).await?;
    let choice = |row: Model| {
        let service = ways.get(&row.service_id)?;
        let name = format!("{service}: {}", row.name);
        Some(Choice { id: row.id, name })
    };
    Ok(rows.into_iter().filter_map(choice).collect())
}

/// One release.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageServices, id).await
}

async fn named(db: &Db, rows: Vec<Model>) -> Result<Vec<Row>> {
    let services = service::Entity::find().all(db.reader()).await?;
    let names: HashMap<Uuid, String> = services.into_iter().map(|s| (s.id, s.name)).collect();
    let row = |release: Model| Row {
        service_name: names.get(&release.service_id).cloned().unwrap_or_default(),
        release,
    };
    let mut rows: Vec<Row> = rows.into_iter().map(row).collect();
    rows.sort_by_cached_key(|row| {
        let service = crate::text::fold(&row.service_name);
        let settled = row.release.live_on.is_some();
        let latest = std::cmp::Reverse(row.release.live_on);
        (service, settled, latest, row.release.name.clone())
    });
    Ok(rows)
}
