//! What the demo's unit has agreed with its vendors, and what it shares with them.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use entities::calendar;
use entities::contract::{self, Contract, ContractFacts};
use entities::permit::Permit;
use entities::release::{self, Release, ReleaseFacts};
use entities::setting::Show;
use entities::ticket::filter::{Filter, Standing};
use entities::ticket::list::{self, Sort};
use entities::ticket::share::justification::Gate;
use entities::ticket::share::{Enquiry, Share, Way};
use entities::ticket::show;
use entities::{Db, Uuid};

use super::catalogue::{SERVICES, Service};
use super::database::{Maker, Unit, importer};
use super::unit::ORGANISATIONS;

/// Minutes of a working day.
const DAY: i32 = 8 * 60;
/// So many tickets that wait for vendors are shared.
const MOST_SHARED: u64 = 12;
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

/// Shares tickets that wait for vendors with those who have a contract about them.
pub(super) async fn share(db: &Db) -> anyhow::Result<()> {
    let actor = importer();
    let waiting = Filter {
        standings: vec![Standing::WaitingForVendor],
        ..Filter::default()
    };
    let rows = list::list(db, &actor, &waiting, Sort::default(), None, MOST_SHARED).await?;
    for row in rows.rows {
        let ticket = show::by_id(db, &actor, row.id).await?;
        let (Some(service), now) = (ticket.service_id, db.clock().now()) else {
            continue;
        };
        let Some(vendor) = contract::vendors_of(db, service, now)
            .await?
            .into_iter()
            .next()
        else {
            continue;
        };
        let Some(agreed) = contract::of(db, service, vendor.id, now).await? else {
            continue;
        };
        let due = agreed.due(now);
        let enquiry = Enquiry {
            product: row.service_name.unwrap_or_default(),
            release: "7.4.1".to_owned(),
            environment: "Produktion".to_owned(),
            observed: row.title.clone(),
            expected: "Der Vorgang läuft bis zum Ende durch.".to_owned(),
            steps: "Wie im Handbuch beschrieben. Gelingt in 3 von 3 Fällen.".to_owned(),
            frequency: "immer".to_owned(),
            effect: "Die Bearbeitung steht.".to_owned(),
            deadline: None,
        };
        let command = Share {
            id: entities::new_id(),
            organisation_id: vendor.id,
            title: row.title,
            body: format!("**Beobachtet:** {}", enquiry.observed),
            enquiry,
            contact_id: ticket.owner_id,
            reaction_due_at: due.reaction_at,
            delivery_due_at: due.delivery_at,
            message_id: entities::new_id(),
            files: vec![],
            way: Way::Portal,
            gate: Gate::default(),
            undo_seconds: 0,
            once: None,
        };
        let permit = Permit::ask(&actor, ticket)?;
        match db.change(permit, command).await {
            // What names somebody is not for a demo to let through.
            Ok(_) | Err(entities::DeskError::Rejected(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
