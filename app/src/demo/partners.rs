//! What the demo's unit has agreed with its vendors, and what they release.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use entities::calendar;
use entities::contract::{self, Contract, ContractFacts};
use entities::guest::{self, House, Part, Typed};
use entities::language::Language;
use entities::permit::{Permit, Protected as _};
use entities::release::{self, Release, ReleaseFacts};
use entities::setting::Show;
use entities::{Db, Uuid};

use super::catalogue::{SERVICES, Service};
use super::database::{Maker, Unit, importer};
use super::unit::{NORDLICHT, ORGANISATIONS};

/// Minutes of a working day.
const DAY: i32 = 8 * 60;
/// Versions of each service, and when they go live from today.
const RELEASES: [(&str, i64); 3] = [("7.4.1", -25), ("7.4.2", 9), ("7.5", 60)];

/// Makes the contracts and releases that are missing.
pub(super) async fn build(
    maker: &Maker<'_>,
    unit: &Unit,
    founded: NaiveDate,
) -> anyhow::Result<()> {
    let calendars = calendar::choices(maker.db).await?;
    let Some(calendar) = calendars.first() else {
        return Ok(());
    };
    let known = contract::list(maker.db, &importer(), Show::All).await?;
    let mut of_vendor: HashMap<usize, Vec<&Service>> = HashMap::new();
    for service in &SERVICES {
        of_vendor.entry(service.vendor).or_default().push(service);
    }
    let facts = of_vendor
        .into_iter()
        .map(|(vendor, services)| ContractFacts {
            name: format!("Pflege {}", ORGANISATIONS[vendor].name),
            vendor_id: unit.organisations[vendor],
            service_ids: ids(unit, &services),
            from_on: founded,
            until_on: None,
            calendar_id: calendar.id,
            reaction_minutes: Some(DAY / 2),
            delivery_minutes: Some(10 * DAY),
        });
    let new = facts.filter(|facts| known.iter().all(|row| row.contract.name != facts.name));
    maker.create::<Contract>(new.collect()).await?;
    let today = entities::clock::day(maker.db.clock().now());
    let known = release::list(maker.db, &importer(), Show::All).await?;
    let releases = SERVICES.iter().take(2).flat_map(|service| {
        let service_id = unit.service(service.name, None).unwrap_or_default();
        RELEASES.map(|(name, days)| ReleaseFacts {
            service_id,
            name: name.to_owned(),
            live_on: today.checked_add_signed(TimeDelta::days(days)),
        })
    });
    let is_new = |facts: &ReleaseFacts| {
        known.iter().all(|row| {
            (row.release.service_id, &row.release.name) != (facts.service_id, &facts.name)
        })
    };
    maker
        .create::<Release>(releases.filter(is_new).collect())
        .await?;
    Ok(())
}

fn ids(unit: &Unit, services: &[&Service]) -> Vec<Uuid> {
    let id = |service: &&Service| unit.service(service.name, None);
    services.iter().filter_map(id).collect()
}

/// Invites somebody into the portal who has not come yet.
pub(super) async fn invite(db: &Db, unit: &Unit) -> anyhow::Result<()> {
    let actor = importer();
    let id = unit.organisations[NORDLICHT];
    let house = House::find(db, &actor, &id.to_string()).await?;
    let whom = Typed {
        name: "Finn Petersen".to_owned(),
        email: format!("finn.petersen@{}", ORGANISATIONS[NORDLICHT].domain),
        language: Language::De,
        part: Part::Member,
        once: None,
    };
    guest::invite(db, Permit::ask(&actor, house)?, whom).await?;
    Ok(())
}
