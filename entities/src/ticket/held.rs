//! Which options tickets hold in the fields that an actor's scopes name.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::table::Model;
use crate::actor::Actor;
use crate::db::{Db, few_forms};
use crate::error::Result;
use crate::field::Value;
use crate::field::value::{self, COLUMN};

/// Reads them for the tickets; nothing is asked when no scope of these actors names a field.
pub(crate) async fn look(
    c: &impl ConnectionTrait,
    actors: &[&Actor],
    tickets: &mut [Model],
) -> Result<()> {
    let ids = tickets.iter().map(|ticket| ticket.id);
    let mut held = of(c, actors, ids).await?;
    for ticket in tickets {
        if let Some(held) = held.remove(&ticket.id) {
            ticket.held = held;
        }
    }
    Ok(())
}

/// The same for one ticket that was read, or none.
pub(crate) async fn of_one(db: &Db, actor: &Actor, ticket: Option<Model>) -> Result<Option<Model>> {
    let mut ticket: Vec<Model> = ticket.into_iter().collect();
    look(db.reader(), &[actor], &mut ticket).await?;
    Ok(ticket.pop())
}

/// Fields and options, by ticket.
pub(crate) async fn of(
    c: &impl ConnectionTrait,
    actors: &[&Actor],
    tickets: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<(Uuid, Uuid)>>> {
    let mut fields: Vec<Uuid> = actors.iter().flat_map(|a| a.scope_fields()).collect();
    fields.sort_unstable();
    fields.dedup();
    let mut held: HashMap<Uuid, Vec<(Uuid, Uuid)>> = HashMap::new();
    if fields.is_empty() {
        return Ok(held);
    }
    let rows = value::Entity::find()
        .filter(COLUMN.ticket_id.is_in(few_forms(tickets)))
        .filter(COLUMN.field_id.is_in(few_forms(fields)))
        .all(c)
        .await?;
    for row in rows {
        if let Some(option) = row.ref_id {
            let of_ticket = held.entry(row.ticket_id).or_default();
            of_ticket.push((row.field_id, option));
        }
    }
    Ok(held)
}

/// What is held once a field was set.
pub(super) fn set(held: &mut Vec<(Uuid, Uuid)>, field_id: Uuid, to: Option<&Value>) {
    held.retain(|(field, _)| *field != field_id);
    if let Some(Value::Options(options)) = to {
        held.extend(options.iter().map(|option| (field_id, *option)));
    }
}
