//! Choosing the tickets: what was clicked, or all of a list as it is now.

use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use super::item;
use super::{Verb, me};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::ticket::share::VendorShare;
use crate::ticket::show::visible_to;
use crate::ticket::{Ticket, fault, table};

/// The most tickets of one go.
pub const MOST: u64 = 5_000;

/// Rows of one statement.
const AT_ONCE: usize = 1_000;

#[derive(FromQueryResult)]
struct Seen {
    id: Uuid,
    version: i32,
}

/// Keeps what was chosen until it is done or forgotten. Ids the actor cannot see are not there; none left is `None`.
///
/// # Errors
/// `Forbidden` when the actor may do such a thing nowhere.
pub async fn stage(
    db: &Db,
    actor: &Actor,
    verb: Verb,
    list: &str,
    ids: &[Uuid],
) -> Result<Option<Uuid>> {
    keep(db, actor, (verb, list, None), visible_to(actor), ids).await
}

/// Keeps the ticket of a fault the actor has already found and everything that hangs on it, to tell their requesters
/// of the repair of a share. What the actor cannot see is counted along and left out with that reason.
///
/// # Errors
/// `Forbidden` when the actor may write to requesters nowhere, `NotLive` before there is something to tell.
pub async fn stage_fault(
    db: &Db,
    actor: &Actor,
    fault: &Ticket,
    share: &VendorShare,
    list: &str,
) -> Result<Option<Uuid>> {
    if share.live_at.is_none() {
        return Err(Rejected::NotLive.into());
    }
    let ids = fault::ids(db, fault.id).await?;
    let chosen = (Verb::Tell, list, Some(share.id));
    keep(db, actor, chosen, table::Entity::find(), &ids).await
}

/// Keeps what hangs on a fault the actor has already found that has ended, to tell the requesters so. What the actor
/// cannot see is counted along and left out with that reason.
///
/// # Errors
/// `Forbidden` when the actor may write to requesters nowhere, `NotSolved` before the fault has ended.
pub async fn stage_ended(
    db: &Db,
    actor: &Actor,
    fault: &Ticket,
    list: &str,
) -> Result<Option<Uuid>> {
    if fault.solved_at.is_none() {
        return Err(Rejected::NotSolved.into());
    }
    let mut ids = fault::ids(db, fault.id).await?;
    ids.retain(|id| *id != fault.id);
    let chosen = (Verb::Tell, list, Some(fault.id));
    keep(db, actor, chosen, table::Entity::find(), &ids).await
}

async fn keep(
    db: &Db,
    actor: &Actor,
    (verb, list, share_id): (Verb, &str, Option<Uuid>),
    among: Select<table::Entity>,
    ids: &[Uuid],
) -> Result<Option<Uuid>> {
    let person_id = me(actor)?;
    if !verb.needs().iter().any(|p| actor.may_somewhere(*p)) {
        return Err(DeskError::Forbidden);
    }
    let most = ids.len().min(MOST as usize);
    let mut items = Vec::with_capacity(most);
    let bulk_id = crate::new_id();
    for some in ids[..most].chunks(AT_ONCE) {
        let seen = among
            .clone()
            .filter(table::COLUMN.id.is_in(some.iter().copied()))
            .select_only()
            .columns([table::Column::Id, table::Column::Version])
            .into_model::<Seen>()
            .all(db.reader())
            .await?;
        let versions: std::collections::HashMap<Uuid, i32> =
            seen.into_iter().map(|row| (row.id, row.version)).collect();
        for id in some {
            if let Some(version) = versions.get(id) {
                items.push(blank(bulk_id, *id, items.len(), *version));
            }
        }
    }
    let mut known = std::collections::HashSet::new();
    items.retain(|item: &item::Model| known.insert(item.ticket_id));
    if items.is_empty() {
        return Ok(None);
    }
    let chosen = Chosen {
        bulk_id,
        person_id,
        verb,
        list,
        more: ids.len() > most,
        share_id,
    };
    write(db, chosen, items).await?;
    Ok(Some(bulk_id))
}

fn blank(bulk_id: Uuid, ticket_id: Uuid, position: usize, version: i32) -> item::Model {
    item::Model {
        bulk_id,
        ticket_id,
        position: i32::try_from(position).unwrap_or(i32::MAX),
        version,
        outcome: None,
        why: None,
        before: None,
        after_version: None,
        undone: None,
        undone_why: None,
    }
}

struct Chosen<'a> {
    bulk_id: Uuid,
    person_id: Uuid,
    verb: Verb,
    list: &'a str,
    more: bool,
    share_id: Option<Uuid>,
}

async fn write(db: &Db, chosen: Chosen<'_>, items: Vec<item::Model>) -> Result<()> {
    use sea_orm::{ActiveEnum, ConnectionTrait, IntoActiveModel, Statement};
    let tx = db.begin_write().await?;
    let sql = "INSERT INTO bulk (id, person_id, verb, list, more, state, staged_at, share_id) \
               VALUES ($1, $2, $3, $4, $5, 'staged', $6, $7)";
    let values = [
        chosen.bulk_id.into(),
        chosen.person_id.into(),
        chosen.verb.to_value().into(),
        chosen.list.into(),
        chosen.more.into(),
        db.clock().now().into(),
        chosen.share_id.into(),
    ];
    let backend = tx.get_database_backend();
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    let mut items = items.into_iter().peekable();
    while items.peek().is_some() {
        let some = items.by_ref().take(AT_ONCE);
        item::Entity::insert_many(some.map(IntoActiveModel::into_active_model))
            .exec_without_returning(&tx)
            .await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Says what is to be done to each.
///
/// # Errors
/// `Hidden` when it is not the actor's, or no longer to be said.
pub async fn choose(db: &Db, actor: &Actor, id: Uuid, act: &super::Act) -> Result<()> {
    let sql = "UPDATE bulk SET act = $1 WHERE id = $2 AND person_id = $3 AND state = 'staged'";
    let stored = serde_json::to_string(act).unwrap_or_default();
    let said = db
        .write_statement(sql, vec![stored.into(), id.into(), me(actor)?.into()])
        .await?;
    if said.rows_affected() == 0 {
        return Err(DeskError::Hidden);
    }
    if let super::Act::Tell(_) | super::Act::Serial(_) = act {
        // A text takes a while to write, and the preview that follows shows the tickets as they are by then.
        let sql = "UPDATE bulk_item SET version = (SELECT version FROM ticket WHERE id = bulk_item.ticket_id) \
                   WHERE bulk_id = $1";
        db.write_statement(sql, vec![id.into()]).await?;
    }
    Ok(())
}
