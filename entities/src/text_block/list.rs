//! Text blocks as the settings show them, and as those who write are offered them.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use uuid::Uuid;

use super::{BlockKind, Entity, Model, Wording, used};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::{self, Permission, Place};
use crate::setting::{self, Show};
use crate::text::fold;
use crate::ticket::Ticket;

/// All text blocks of the desk by name.
///
/// # Errors
/// `Forbidden` for those who may not manage them.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Model>> {
    policy::require(actor, Permission::ManageTextBlocks, Place::Desk)?;
    let mut all = setting::by_name::<Entity>(db, show, |b| (&b.name, b.id)).await?;
    all.retain(|block| block.owner_id.is_none());
    Ok(all)
}

/// One text block of the desk.
///
/// # Errors
/// `Hidden` when there is none, or for those who may not manage them.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    let block = setting::find::<Entity>(db, actor, Permission::ManageTextBlocks, id).await?;
    match block.owner_id {
        None => Ok(block),
        Some(_) => Err(DeskError::Hidden),
    }
}

/// One of the actor's own.
///
/// # Errors
/// `Hidden` when there is none that is in use.
pub async fn find_own(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    let all = every(db).await?;
    let mine = |block: &&Arc<Model>| block.id == id && is_own(block, actor);
    all.iter()
        .find(mine)
        .map(|block| Model::clone(block))
        .ok_or(DeskError::Hidden)
}

/// The actor's own, by name.
pub async fn own(db: &Db, actor: &Actor) -> Result<Vec<Arc<Model>>> {
    let all = every(db).await?;
    let mine = all.iter().filter(|block| is_own(block, actor));
    Ok(mine.cloned().collect())
}

fn is_own(block: &Model, actor: &Actor) -> bool {
    block.owner_id.is_some() && block.owner_id == actor.person_id()
}

/// The blocks of that kind that are offered on that day, by name.
pub async fn offered(db: &Db, kind: BlockKind, on: NaiveDate) -> Result<Vec<Arc<Model>>> {
    let all = every(db).await?;
    let fits =
        |block: &&Arc<Model>| block.owner_id.is_none() && block.kind == kind && block.holds(on);
    Ok(all.iter().filter(fits).cloned().collect())
}

/// A block that may be used in a ticket.
#[derive(Clone, Debug)]
pub struct Block {
    pub row: Arc<Model>,
    pub wording: Wording,
    /// How often an answer was sent with it.
    pub used: i64,
}

/// What of these kinds the actor is offered in a ticket on that day: that of its service before that of its team, before
/// what is for all; then what is used most.
pub async fn usable(
    db: &Db,
    actor: &Actor,
    ticket: &Ticket,
    kinds: &[BlockKind],
    on: NaiveDate,
) -> Result<Vec<Block>> {
    let (found, used) = tokio::try_join!(ranked(db, actor, ticket, kinds, on), used::counts(db))?;
    let block = |(order, row): (u8, Arc<Model>)| {
        let used = used.get(&row.id).copied().unwrap_or_default();
        let wording = row.approved()?;
        Some((order, Block { row, wording, used }))
    };
    let mut found: Vec<(u8, Block)> = found.into_iter().filter_map(block).collect();
    found.sort_by_key(|(order, block)| (*order, std::cmp::Reverse(block.used)));
    Ok(found.into_iter().map(|(_, block)| block).collect())
}

/// Every block for answers that the actor is offered in some ticket on that day, by name.
pub async fn answers(db: &Db, actor: &Actor, on: NaiveDate) -> Result<Vec<Arc<Model>>> {
    let all = every(db).await?;
    let fits = |block: &&Arc<Model>| {
        let is_ours = block.owner_id.is_none() || is_own(block, actor);
        is_ours && block.kind == BlockKind::Answer && block.holds(on) && block.approved().is_some()
    };
    Ok(all.iter().filter(fits).cloned().collect())
}

/// The same by name instead of use, for what nobody chooses.
pub async fn fitting(
    db: &Db,
    actor: &Actor,
    ticket: &Ticket,
    kinds: &[BlockKind],
    on: NaiveDate,
) -> Result<Vec<Arc<Model>>> {
    let mut found = ranked(db, actor, ticket, kinds, on).await?;
    found.sort_by_key(|(order, _)| *order);
    Ok(found.into_iter().map(|(_, row)| row).collect())
}

/// Blocks with how near they are to the ticket: 0 for its service, 1 for its team, 2 for all.
async fn ranked(
    db: &Db,
    actor: &Actor,
    ticket: &Ticket,
    kinds: &[BlockKind],
    on: NaiveDate,
) -> Result<Vec<(u8, Arc<Model>)>> {
    let (all, above) = tokio::try_join!(every(db), crate::service::list::every(db))?;
    let mut around: Vec<Uuid> = Vec::new();
    let mut at = ticket.service_id;
    while let Some(id) = at.filter(|id| !around.contains(id)) {
        around.push(id);
        at = above.get(&id).and_then(|(_, above)| *above);
    }
    let mut found = Vec::new();
    for row in all.iter() {
        let is_ours = row.owner_id.is_none() || is_own(row, actor);
        let services = row.service_ids();
        let of_service = services.iter().any(|id| around.contains(id));
        let of_team = row.team_id.is_some() && row.team_id == ticket.team_id;
        if is_ours
            && kinds.contains(&row.kind)
            && row.holds(on)
            && (services.is_empty() || of_service)
            && (row.team_id.is_none() || of_team)
        {
            let order = match (of_service, of_team) {
                (true, _) => 0,
                (false, true) => 1,
                _ => 2,
            };
            found.push((order, row.clone()));
        }
    }
    Ok(found)
}

/// Keys of fields that these texts name and that are not there.
pub async fn unknown_fields(db: &Db, keys: &[&str]) -> Result<Vec<String>> {
    if keys.is_empty() {
        return Ok(vec![]);
    }
    let known = crate::field::read::definitions(db).await?;
    let is_known = |key: &str| known.iter().any(|field| field.row.key == key);
    let unknown = keys.iter().filter(|key| !is_known(key));
    Ok(unknown.map(|key| (*key).to_owned()).collect())
}

/// By block, the day of the next look at it has come.
pub fn is_due(block: &Model, on: NaiveDate) -> bool {
    block.retired_at.is_none() && block.review_on.is_some_and(|day| day <= on)
}

#[derive(PartialEq, Eq, Hash)]
struct Every;

/// All in use, by name.
async fn every(db: &Db) -> Result<Arc<Vec<Arc<Model>>>> {
    db.kept_setting(Every, async || {
        let mut all = setting::shown::<Entity>(Show::Active)
            .all(db.reader())
            .await?;
        all.sort_by_cached_key(|one| (fold(&one.name), one.id));
        Ok(Arc::new(all.into_iter().map(Arc::new).collect()))
    })
    .await
}

/// The counts by block, for the list of the settings.
pub async fn counts(db: &Db) -> Result<HashMap<Uuid, i64>> {
    used::counts(db).await
}
