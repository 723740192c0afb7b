//! Time limits as the settings show them, and as a select offers them.

use std::collections::HashMap;

use sea_orm::{EntityTrait, FromQueryResult, Statement};
use uuid::Uuid;

use super::{Entity, Model};
use crate::actor::Actor;
use crate::calendar;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::Permission;
use crate::setting::{self, Choice, Show};

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub limit: Model,
    pub calendar_name: String,
    /// Services that name it.
    pub services: i64,
}

#[derive(FromQueryResult)]
struct Use {
    time_limit_id: Uuid,
    n: i64,
}

/// All time limits by name.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Row>> {
    if !actor.may_somewhere(Permission::ManageServices) {
        return Err(DeskError::Forbidden);
    }
    let calendars = calendar::Entity::find().all(db.reader()).await?;
    let names: HashMap<Uuid, String> = calendars.into_iter().map(|c| (c.id, c.name)).collect();
    let sql = "SELECT time_limit_id, count(*) AS n FROM service \
               WHERE time_limit_id IS NOT NULL AND retired_at IS NULL GROUP BY time_limit_id";
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let used = Use::find_by_statement(Statement::from_string(backend, sql))
        .all(db.reader())
        .await?;
    let used: HashMap<Uuid, i64> = used.into_iter().map(|u| (u.time_limit_id, u.n)).collect();
    let row = |limit: Model| Row {
        calendar_name: names.get(&limit.calendar_id).cloned().unwrap_or_default(),
        services: used.get(&limit.id).copied().unwrap_or_default(),
        limit,
    };
    Ok(all(db, show).await?.into_iter().map(row).collect())
}

/// Time limits in use by name.
pub async fn choices(db: &Db) -> Result<Vec<Choice>> {
    let choice = |limit: Model| Choice {
        id: limit.id,
        name: limit.name,
    };
    let limits = all(db, Show::Active).await?;
    Ok(limits.into_iter().map(choice).collect())
}

/// One time limit.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageServices, id).await
}

async fn all(db: &Db, show: Show) -> Result<Vec<Model>> {
    setting::by_name::<Entity>(db, show, |l| (&l.name, l.id)).await
}
