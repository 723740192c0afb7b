//! The demo's people in the database, and the accounts among them that are printed at the start.

use std::collections::HashMap;

use entities::ledger::Step;
use entities::person::{self, PersonFacts, Salutation as Word};
use entities::setting::Show;
use entities::{DeskError, Uuid, first_start, role};

use super::database::{Maker, importer};
use super::people::{COORDINATOR, People, Person, Salutation};
use super::unit::{OWN_UNIT, UNIT_DOMAIN};

/// The password of every account of the demo; it is printed, not secret.
pub const PASSWORD: &str = "lotse-demo";
/// The person who manages the desk.
pub const ADMINISTRATOR: &str = "Verwaltung Servicedesk";

const MOST_PEOPLE: u64 = 100_000;

/// The address the administrator signs in with.
pub fn administrator_address() -> String {
    format!("verwaltung@{UNIT_DOMAIN}")
}

/// Makes whoever is missing; ids by address.
pub(super) async fn build(
    maker: &Maker<'_>,
    people: &People,
    organisations: &[Uuid],
) -> anyhow::Result<HashMap<String, Uuid>> {
    let mut known = HashMap::new();
    let all = person::list(maker.db, &importer(), Show::Active, "", None, MOST_PEOPLE).await?;
    for row in all.rows {
        known.extend(row.person.email.map(|email| (email, row.person.id)));
    }

    let administrator = person::Create {
        facts: PersonFacts {
            name: ADMINISTRATOR.to_owned(),
            salutation: None,
            email: Some(administrator_address()),
            phone: Some(super::unit::UNIT_PHONE.to_owned()),
        },
        organisation_ids: vec![organisations[OWN_UNIT]],
        once: None,
    };
    let everybody = [&people.agents, &people.requesters, &people.vendors];
    let wanted = everybody
        .into_iter()
        .flatten()
        .map(|one| create(one, organisations))
        .chain([administrator])
        .filter(|one| {
            let address = one.facts.email.as_deref();
            address.is_none_or(|address| !known.contains_key(address))
        });
    let pairs = wanted
        .map(|one| Ok((maker.permit()?, one)))
        .collect::<Result<Vec<_>, DeskError>>()?;
    let mut made = HashMap::new();
    for one in maker.db.change_many(pairs).await? {
        let row = one?.subject.row;
        made.extend(row.email.map(|email| (email, row.id)));
    }
    let new = |address: &str| made.get(address).copied();
    let agents = people.agents.iter().filter_map(|one| new(&one.address));
    let vendors = people.vendors.iter().filter_map(|one| new(&one.address));
    let new = New {
        agents: agents.collect(),
        vendors: vendors.collect(),
        coordinator: new(&people.vendors[COORDINATOR].address),
        administrator: new(&administrator_address()),
    };
    let_in(maker, new).await?;
    known.extend(made);
    Ok(known)
}

fn create(one: &Person, organisations: &[Uuid]) -> person::Create {
    person::Create {
        facts: PersonFacts {
            name: one.name(),
            salutation: Some(match one.salutation {
                Salutation::Frau => Word::Frau,
                Salutation::Herr => Word::Herr,
            }),
            email: Some(one.address.clone()),
            phone: Some(one.phone.clone()),
        },
        organisation_ids: vec![organisations[one.organisation]],
        once: None,
    }
}

/// Accounts that were not there before.
struct New {
    agents: Vec<Uuid>,
    vendors: Vec<Uuid>,
    /// Of those.
    coordinator: Option<Uuid>,
    administrator: Option<Uuid>,
}

/// Gives roles and the password.
async fn let_in(maker: &Maker<'_>, new: New) -> anyhow::Result<()> {
    let role = async |name| -> anyhow::Result<Uuid> {
        let role = role::shipped(maker.db, name).await?;
        Ok(role.ok_or(DeskError::Hidden)?.id)
    };
    let agent = role(first_start::AGENT).await?;
    let boss = role(first_start::ADMINISTRATOR).await?;
    let vendor = role(first_start::VENDOR).await?;
    let coordinator = role(first_start::VENDOR_COORDINATOR).await?;
    let of_vendor = |id| match Some(id) == new.coordinator {
        true => coordinator,
        false => vendor,
    };
    let author = role(first_start::KNOWLEDGE_AUTHOR).await?;
    let reviewer = role(first_start::KNOWLEDGE_REVIEWER).await?;
    let of_agent = |place: usize| match place {
        0 => vec![agent, author],
        1 => vec![agent, reviewer],
        _ => vec![agent],
    };
    let agents = new.agents.into_iter().enumerate();
    let with_roles: Vec<_> = (agents.map(|(place, id)| (id, of_agent(place))))
        .chain(new.vendors.into_iter().map(|id| (id, vec![of_vendor(id)])))
        .chain(new.administrator.map(|id| (id, vec![boss, agent])))
        .collect();
    if with_roles.is_empty() {
        return Ok(());
    }
    // One hash for all: fifty would take longer than everything else.
    let hash = person::password::hash(PASSWORD).await?;
    let mut steps = Vec::new();
    for (id, role_ids) in with_roles {
        let hash = hash.clone();
        steps.push(Step::new(
            maker.permit()?,
            person::SetRoles { id, role_ids },
        ));
        steps.push(Step::new(maker.permit()?, person::SetPassword { id, hash }));
    }
    for one in maker.db.change_series(steps).await? {
        one?;
    }
    Ok(())
}
