//! The same values for many tickets: definitions and names read once, what each ticket holds in one statement.

use std::collections::HashMap;
use std::sync::Arc;

use uuid::Uuid;

use super::{Sets, Wanted, keys, named};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::field::{Field, Value, read};
use crate::service;

/// Reads what is needed to set these values of each ticket.
///
/// # Errors
/// `Hidden` for a field there is not, or that the actor may not see.
pub(crate) async fn prepare_each(
    db: &Db,
    actor: &Actor,
    ticket_ids: &[Uuid],
    wanted: &[(Uuid, Option<Value>)],
) -> Result<HashMap<Uuid, Sets>> {
    let ids: Vec<Uuid> = wanted.iter().map(|(id, _)| *id).collect();
    let fields = read::with_options(db, &ids).await?;
    let mut all = Vec::with_capacity(wanted.len());
    for (id, to) in wanted {
        let field = fields.iter().find(|f| f.row.id == *id);
        let field = field.filter(|f| f.is_visible(actor));
        let field = field.ok_or(DeskError::Hidden)?;
        let name = match to {
            Some(Value::Reference(id)) => named(db, actor, field.row.kind, *id).await?,
            _ => None,
        };
        let keys = to.as_ref().map(|to| keys(field, to, name.as_deref()));
        all.push(Wanted {
            keys: keys.unwrap_or_default(),
            found: !matches!(to, Some(Value::Reference(_))) || name.is_some(),
            field: Arc::new(field.clone()),
            to: to.clone(),
        });
    }
    // What it depends on counts too, so all that a ticket holds is read.
    let every = read::definitions(db).await?;
    let every: Vec<&Field> = every.iter().collect();
    let mut held = read::of_tickets(db, ticket_ids, &every).await?;
    let parents = service::list::parents(db).await?;
    let sets = ticket_ids.iter().map(|id| {
        let sets = Sets {
            wanted: all.clone(),
            before: held.remove(id).unwrap_or_default(),
            parents: parents.clone(),
            optional: false,
        };
        (*id, sets)
    });
    Ok(sets.collect())
}
