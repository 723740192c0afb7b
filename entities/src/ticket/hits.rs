//! Tickets that an index found: asked of the database again, with what a line of them shows.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::register::register;
use super::show::visible_to;
use super::table::{self, Model};
use crate::actor::Actor;
use crate::db::{Db, few_forms};
use crate::error::Result;
use crate::person;

/// A ticket that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub ticket: Model,
    pub owner: Option<String>,
    pub service: Option<String>,
    /// The service above, when it is a module.
    pub parent_service: Option<String>,
    pub district: Option<String>,
    pub district_short_name: Option<String>,
}

/// Those of these tickets that the actor may see, by id.
pub async fn hits(db: &Db, actor: &Actor, ids: &[Uuid]) -> Result<HashMap<Uuid, Hit>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = visible_to(actor)
        .filter(table::COLUMN.id.is_in(few_forms(ids.iter().copied())))
        .all(db.reader())
        .await?;
    let owners = few_forms(rows.iter().filter_map(|row| row.owner_id));
    let owners: HashMap<Uuid, String> = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::Name])
        .filter(person::COLUMN.id.is_in(owners))
        .into_tuple()
        .all(db.reader())
        .await?
        .into_iter()
        .collect();
    let register = register(db, rows.iter().filter_map(|row| row.district_id)).await?;
    let hits = rows.into_iter().map(|ticket| {
        let (parent_service, service) = register.service(ticket.service_id);
        let (district, district_short_name) = register.district(ticket.district_id);
        let hit = Hit {
            owner: ticket.owner_id.and_then(|id| owners.get(&id).cloned()),
            service,
            parent_service,
            district,
            district_short_name,
            ticket,
        };
        (hit.ticket.id, hit)
    });
    Ok(hits.collect())
}
