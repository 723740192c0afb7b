//! Tasks by date as the settings show them, with the tickets that were opened for them.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{Entity, Model, run};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};
use crate::setting::{self, Show};
use crate::ticket::show::visible_to;
use crate::ticket::table;

/// All tasks by name.
///
/// # Errors
/// `Forbidden` for those who may not manage them.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Model>> {
    policy::require(actor, Permission::ManageServices, Place::Desk)?;
    every(db, show).await
}

/// One task.
///
/// # Errors
/// `Hidden` when there is none, or for those who may not manage them.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageServices, id).await
}

/// The last tickets opened for a task, the newest first: the day, and number where the actor sees the ticket.
pub async fn opened(
    db: &Db,
    actor: &Actor,
    task_id: Uuid,
    most: u64,
) -> Result<Vec<(NaiveDate, Option<String>)>> {
    let runs = run::Entity::find()
        .filter(run::Column::TaskId.eq(task_id))
        .order_by_desc(run::Column::Day)
        .limit(most)
        .all(db.reader())
        .await?;
    let ids = runs.iter().map(|run| run.ticket_id);
    let tickets = visible_to(actor)
        .filter(table::Column::Id.is_in(crate::db::few_forms(ids)))
        .all(db.reader())
        .await?;
    let number = |id: Uuid| {
        let found = tickets.iter().find(|ticket| ticket.id == id);
        found.map(|ticket| ticket.number.clone())
    };
    Ok(runs
        .iter()
        .map(|run| (run.day, number(run.ticket_id)))
        .collect())
}

/// The question that [`every`] answers.
#[derive(PartialEq, Eq, Hash)]
struct Every(Show);

pub(super) async fn every(db: &Db, show: Show) -> Result<Vec<Model>> {
    db.kept_setting(Every(show), async || {
        setting::by_name::<Entity>(db, show, |task| (&task.name, task.id)).await
    })
    .await
}
