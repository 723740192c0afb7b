//! Who sees tickets that changed: read once, decided for each of many readers.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use sea_orm::{EntityTrait, QueryFilter};
use uuid::Uuid;

use super::show::numbers_of;
use super::table;
use crate::actor::Actor;
use crate::db::{Db, few_forms};
use crate::error::Result;
use crate::policy::{self, Permission, Place};

/// Where a ticket stood when the first reader asked, shared by all; none inside when there is no such ticket.
#[derive(Clone, Debug, Default)]
pub struct Sight(Arc<OnceLock<Option<Place>>>);

/// Those of the tickets that the actor sees. What no reader asked before is read with one statement.
///
/// # Errors
/// The database's.
pub async fn seen(db: &Db, actor: &Actor, tickets: &[(Uuid, Sight)]) -> Result<Vec<Uuid>> {
    // Scopes that name fields ask for more than a ticket's own row.
    if !actor.scope_fields().is_empty() {
        let ids: Vec<Uuid> = tickets.iter().map(|(id, _)| *id).collect();
        let seen = numbers_of(db, actor, &ids).await?;
        return Ok(seen.into_iter().map(|(id, _)| id).collect());
    }
    let unread: Vec<&(Uuid, Sight)> = tickets
        .iter()
        .filter(|(_, sight)| sight.0.get().is_none())
        .collect();
    if !unread.is_empty() {
        let ids = unread.iter().map(|(id, _)| *id);
        let rows = table::Entity::find()
            .filter(table::COLUMN.id.is_in(few_forms(ids)))
            .all(db.reader())
            .await?;
        let mut places: HashMap<Uuid, Place> =
            rows.iter().map(|row| (row.id, row.place())).collect();
        for (id, sight) in unread {
            // Another reader may have been faster.
            sight.0.get_or_init(|| places.remove(id));
        }
    }
    let sees = |sight: &Sight| {
        let place = sight.0.get().cloned().flatten();
        place.is_some_and(|place| policy::allows(actor, Permission::ReadTickets, place))
    };
    let seen = tickets.iter().filter(|(_, sight)| sees(sight));
    Ok(seen.map(|(id, _)| *id).collect())
}
