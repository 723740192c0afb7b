//! What the demo's unit shares with its vendors: a dozen enquiries by those who own them, one of them answered, with
//! other tickets that hang on the same fault.

use chrono::TimeDelta;
use entities::permit::Permit;
use entities::portal::{self, Answer, Assessment, Fill, Repair, VendorFields, VendorNumber};
use entities::ticket::filter::{Filter, Standing};
use entities::ticket::list::{self, Row, Sort};
use entities::ticket::share::justification::Gate;
use entities::ticket::share::{Enquiry, Way};
use entities::ticket::{Link, LinkKind, Share, show};
use entities::{Actor, Db, DeskError, Rejected, Uuid, contract, person};

use super::database::{Unit, importer};

/// So many tickets that wait for vendors are shared.
const MOST_SHARED: u64 = 12;
/// The fault that is told as a whole story.
const FAULT: &str = "KN-4102";
/// So many other tickets hang on it.
const HANGING: usize = 3;

/// Shares tickets that wait for vendors with those who have a contract about them.
pub(super) async fn build(db: &Db, unit: &Unit) -> anyhow::Result<()> {
    let fault = fault(db, unit).await?;
    let waiting = rows(db, Standing::WaitingForVendor, None, MOST_SHARED).await?;
    for row in waiting.into_iter().filter(|row| Some(row.id) != fault) {
        share(db, row).await?;
    }
    Ok(())
}

/// The story of the fault, told of the first ticket about it that can be shared. Which ones wait for a vendor
/// depends on the hour.
async fn fault(db: &Db, unit: &Unit) -> anyhow::Result<Option<Uuid>> {
    for standing in [Standing::WaitingForVendor, Standing::Open] {
        for row in rows(db, standing, Some(FAULT), HANGING as u64).await? {
            let (id, number) = (row.id, row.number.clone());
            if share(db, row).await? {
                answer(db, unit, &number).await?;
                hang(db, id).await?;
                return Ok(Some(id));
            }
        }
    }
    Ok(None)
}

async fn rows(
    db: &Db,
    standing: Standing,
    text: Option<&str>,
    most: u64,
) -> anyhow::Result<Vec<Row>> {
    let filter = Filter {
        standings: vec![standing],
        text: text.map(str::to_owned),
        ..Filter::default()
    };
    let mut page = list::list(db, &importer(), &filter, Sort::default(), None, most).await?;
    page.rows
        .truncate(usize::try_from(most).unwrap_or(usize::MAX));
    Ok(page.rows)
}

/// Whoever owns it shares it; false when there is nobody to share with, or something in it names somebody.
async fn share(db: &Db, row: Row) -> anyhow::Result<bool> {
    let now = db.clock().now();
    let (Some(service), Some(owner)) = (row.service_id, row.owner_id) else {
        return Ok(false);
    };
    let Some(actor) = person::load_actor(db, owner).await? else {
        return Ok(false);
    };
    let vendors = contract::vendors_of(db, service, now).await?;
    let Some(vendor) = vendors.into_iter().next() else {
        return Ok(false);
    };
    let Some(agreed) = contract::of(db, service, vendor.id, now).await? else {
        return Ok(false);
    };
    let due = agreed.due(now);
    let enquiry = Enquiry {
        product: row
            .parent_service_name
            .or(row.service_name)
            .unwrap_or_default(),
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
        contact_id: Some(owner),
        reaction_due_at: due.reaction_at,
        delivery_due_at: due.delivery_at,
        message_id: entities::new_id(),
        files: vec![],
        way: Way::Portal,
        gate: Gate::default(),
        undo_seconds: 0,
        once: None,
    };
    let permit = Permit::ask(&actor, show::by_id(db, &actor, row.id).await?)?;
    match db.change(permit, command).await {
        Ok(_) => Ok(true),
        // What names somebody is not for a demo to let through.
        Err(DeskError::Rejected(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Whoever works for the vendor has found the cause and delivered.
async fn answer(db: &Db, unit: &Unit, number: &str) -> anyhow::Result<()> {
    let Some(vendor) = guest(db, unit, number).await? else {
        return Ok(());
    };
    vendor.step(number, Repair::Accepted).await?;
    vendor.step(number, Repair::InWork).await?;
    let case = vendor.case(number).await?;
    let today = entities::clock::day(db.clock().now());
    let fill = Fill {
        number: VendorNumber::parse("NL-58213").ok(),
        fields: VendorFields {
            assessment: Some(Assessment::FaultConfirmed),
            fixed_in: Some("7.4.2".to_owned()),
            planned_for: today.checked_add_signed(TimeDelta::days(9)),
            effort_hundredths: Some(350),
        },
        version: case.version,
    };
    vendor.fill(number, fill).await?;
    let text = "Ursache gefunden: Das Regelwerk 2026-11 erwartet einen Stichtag, den die Maske erst ab 7.4.2 \
                übergibt. Der Korrekturstand liegt ab 12 Uhr in Ihrer Testumgebung.";
    let answer = Answer {
        text: text.to_owned(),
        ..Answer::default()
    };
    vendor.answer(number, answer).await?;
    vendor.step(number, Repair::Delivered).await?;
    Ok(())
}

/// Somebody with whose house the ticket is shared.
async fn guest(db: &Db, unit: &Unit, number: &str) -> anyhow::Result<Option<portal::Vendor>> {
    for somebody in &unit.vendors {
        let Some(actor) = person::load_actor(db, somebody.id).await? else {
            continue;
        };
        let vendor = match portal::enter(db, &actor).await {
            Ok(vendor) => vendor,
            Err(DeskError::Hidden) => continue,
            Err(error) => return Err(error.into()),
        };
        match vendor.case(number).await {
            Ok(_) => return Ok(Some(vendor)),
            Err(DeskError::Hidden) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}

/// Open tickets about the same fault hang on it.
async fn hang(db: &Db, fault_id: Uuid) -> anyhow::Result<()> {
    let console = Actor::System(entities::Rule::Console);
    let open = rows(db, Standing::Open, Some(FAULT), HANGING as u64).await?;
    let waiting = rows(db, Standing::WaitingForVendor, Some(FAULT), HANGING as u64).await?;
    let others = open.into_iter().chain(waiting);
    for row in others.filter(|row| row.id != fault_id).take(HANGING) {
        let one = Permit::ask(&console, show::by_id(db, &console, row.id).await?)?;
        let other = Permit::ask(&console, show::by_id(db, &console, fault_id).await?)?;
        let kind = LinkKind::CausedBy;
        match db.change_pair(one, other, Link { kind }).await {
            Ok(_) | Err(DeskError::Rejected(Rejected::AlreadyLinked)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
