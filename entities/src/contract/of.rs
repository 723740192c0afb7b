//! Which contract holds for a service: its own, or that of the service above.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{COLUMN, Due, Entity, Model, due};
use crate::calendar::{self, Hours};
use crate::clock::{Instant, day};
use crate::db::Db;
use crate::error::Result;
use crate::service;
use crate::setting::Choice;

/// The most steps upwards; no service is nested deeper.
const MOST_STEPS: usize = 10;

/// A contract in force, with the hours its times count in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    pub contract: Model,
    pub hours: Hours,
}

impl Agreed {
    /// By when the vendor answers and delivers what is reported now.
    pub fn due(&self, reported_at: Instant) -> Due {
        due(
            reported_at,
            self.contract.reaction_minutes,
            self.contract.delivery_minutes,
            &self.hours,
        )
    }
}

/// What is agreed with a vendor about a service on that day; the nearest service counts, then the newest contract.
pub async fn of(db: &Db, service_id: Uuid, vendor_id: Uuid, at: Instant) -> Result<Option<Agreed>> {
    let mut found = standing(db, service_id, at).await?;
    found.retain(|contract| contract.vendor_id == vendor_id);
    let Some(contract) = found.into_iter().next() else {
        return Ok(None);
    };
    let calendar = calendar::Entity::find_by_id(contract.calendar_id)
        .one(db.reader())
        .await?;
    Ok(calendar.map(|calendar| Agreed {
        hours: calendar.hours(),
        contract,
    }))
}

/// The vendors with a contract about a service, the one to be asked first at the top.
pub async fn vendors_of(db: &Db, service_id: Uuid, at: Instant) -> Result<Vec<Choice>> {
    let mut ids: Vec<Uuid> = Vec::new();
    for contract in standing(db, service_id, at).await? {
        if !ids.contains(&contract.vendor_id) {
            ids.push(contract.vendor_id);
        }
    }
    let names = crate::organisation::list::names(db, &ids).await?;
    let choice = |id: Uuid| {
        let name = names.get(&id)?.clone();
        Some(Choice { id, name })
    };
    Ok(ids.into_iter().filter_map(choice).collect())
}

/// Contracts in force about a service or one above it: the nearest first, of one service the newest.
async fn standing(db: &Db, service_id: Uuid, at: Instant) -> Result<Vec<Model>> {
    let above: HashMap<Uuid, Option<Uuid>> = service::Entity::find()
        .all(db.reader())
        .await?
        .into_iter()
        .map(|service| (service.id, service.parent_id))
        .collect();
    let path: Vec<Uuid> = std::iter::successors(Some(service_id), |id| *above.get(id)?)
        .take(MOST_STEPS)
        .collect();
    let on = day(at);
    // A desk has a contract or two for each of its vendors.
    let rows = Entity::find()
        .filter(COLUMN.retired_at.is_null())
        .all(db.reader())
        .await?;
    let steps = |contract: &Model| {
        let services = contract.services();
        path.iter().position(|id| services.contains(id))
    };
    let mut found: Vec<(usize, Model)> = rows
        .into_iter()
        .filter(|contract| contract.holds(on))
        .filter_map(|contract| Some((steps(&contract)?, contract)))
        .collect();
    found.sort_by_key(|(steps, contract)| {
        (*steps, std::cmp::Reverse(contract.from_on), contract.id)
    });
    Ok(found.into_iter().map(|(_, contract)| contract).collect())
}
