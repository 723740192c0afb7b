//! Values for many tickets: definitions and names read once, what the tickets hold in one statement.

use std::collections::HashMap;
use std::sync::Arc;

use uuid::Uuid;

use super::{Sets, Wanted, wanted_of};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::field::{Field, Value, read};
use crate::service;

/// What one ticket shall hold, by field.
pub(crate) type Asked = Vec<(Uuid, Option<Value>)>;

/// Reads what is needed to set these values of these tickets. Of a ticket it is `Hidden` when one of its fields is
/// not there, or not for the actor to see.
///
/// # Errors
/// The database's.
pub(crate) async fn prepare_each(
    db: &Db,
    actor: &Actor,
    asked: Vec<(Uuid, Asked)>,
) -> Result<HashMap<Uuid, Result<Sets>>> {
    let mut ids: Vec<Uuid> = asked
        .iter()
        .flat_map(|(_, all)| all.iter().map(|(id, _)| *id))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(asked
            .into_iter()
            .map(|(ticket, _)| (ticket, Ok(Sets::default())))
            .collect());
    }
    let fields = read::with_options(db, &ids).await?.into_iter();
    let mut known = Known {
        fields: fields
            .map(|field| (field.row.id, Arc::new(field)))
            .collect(),
        wanted: Vec::new(),
    };
    // What it depends on counts too, so all that a ticket holds is read.
    let every = read::definitions(db).await?;
    let every: Vec<&Field> = every.iter().collect();
    let tickets: Vec<Uuid> = asked.iter().map(|(ticket, _)| *ticket).collect();
    let mut held = read::of_tickets(db, &tickets, &every).await?;
    let parents = service::list::parents(db).await?;
    let mut sets = HashMap::with_capacity(asked.len());
    for (ticket, asked) in asked {
        let one = match known.all(db, actor, asked).await {
            Ok(wanted) if wanted.is_empty() => Ok(Sets::default()),
            Ok(wanted) => Ok(Sets {
                wanted,
                before: held.remove(&ticket).unwrap_or_default(),
                parents: parents.clone(),
                optional: false,
            }),
            Err(DeskError::Hidden) => Err(DeskError::Hidden),
            Err(error) => return Err(error),
        };
        sets.insert(ticket, one);
    }
    Ok(sets)
}

/// Definitions, and what was wanted of them so far: many tickets often want the same.
struct Known {
    fields: HashMap<Uuid, Arc<Field>>,
    wanted: Vec<Wanted>,
}

impl Known {
    async fn all(&mut self, db: &Db, actor: &Actor, asked: Asked) -> Result<Vec<Wanted>> {
        let mut all = Vec::with_capacity(asked.len());
        for (id, to) in asked {
            let same = |w: &&Wanted| w.field.row.id == id && w.to == to;
            if let Some(wanted) = self.wanted.iter().find(same) {
                all.push(wanted.clone());
                continue;
            }
            let field = self.fields.get(&id).cloned().ok_or(DeskError::Hidden)?;
            let wanted = wanted_of(db, actor, field, to).await?;
            self.wanted.push(wanted.clone());
            all.push(wanted);
        }
        Ok(all)
    }
}
