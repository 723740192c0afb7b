//! The persons a letter can go to: found by their addresses, or because they belong to an organisation.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Model, membership};
use crate::actor::Actor;
use crate::clock::day;
use crate::db::{Db, few_forms};
use crate::error::Result;
use crate::organisation;
use crate::policy::{self, Permission, Place};

/// The most values of one query.
const AT_ONCE: usize = 500;

/// Somebody a letter could go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub id: Uuid,
    pub name: String,
    /// Lower case.
    pub email: Option<String>,
    /// Where they belong today, the one they belong to longest first.
    pub organisation_ids: Vec<Uuid>,
    pub is_retired: bool,
    /// Belongs to a vendor or another partner of the desk.
    pub is_guest: bool,
}

impl Recipient {
    /// The organisation they are written to at: `chosen` where they belong there, else the one they belong to longest.
    pub fn organisation_id(&self, chosen: Option<Uuid>) -> Option<Uuid> {
        let belongs = |id: &Uuid| self.organisation_ids.contains(id);
        let chosen = chosen.filter(belongs);
        chosen.or_else(|| self.organisation_ids.first().copied())
    }
}

/// Persons by address, retired ones and guests too.
///
/// # Errors
/// `Forbidden` for one who cannot open tickets.
pub async fn by_addresses(
    db: &Db,
    actor: &Actor,
    addresses: &[String],
) -> Result<HashMap<String, Recipient>> {
    require(actor)?;
    let mut all = HashMap::with_capacity(addresses.len());
    for some in addresses.chunks(AT_ONCE) {
        let people = Entity::find()
            .filter(COLUMN.email.is_in(some.iter().map(String::as_str)))
            .all(db.reader())
            .await?;
        let found = recipients(db, people).await?.into_iter();
        all.extend(found.filter_map(|one| Some((one.email.clone()?, one))));
    }
    Ok(all)
}

/// Persons by id, retired ones and guests too. Without a membership they belong where their mail domain does, as whoever
/// writes a mail does.
///
/// # Errors
/// `Forbidden` for one who cannot open tickets.
pub async fn by_ids(db: &Db, actor: &Actor, ids: &[Uuid]) -> Result<HashMap<Uuid, Recipient>> {
    require(actor)?;
    let mut all = HashMap::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        let people = Entity::find()
            .filter(COLUMN.id.is_in(few_forms(some.iter().copied())))
            .all(db.reader())
            .await?;
        all.extend(recipients(db, people).await?.into_iter().map(|p| (p.id, p)));
    }
    let homeless = all.values_mut().filter(|p| p.organisation_ids.is_empty());
    by_domain(db, homeless.collect()).await?;
    Ok(all)
}

/// Asks once for each domain.
async fn by_domain(db: &Db, people: Vec<&mut Recipient>) -> Result<()> {
    let mut known: HashMap<String, Option<Uuid>> = HashMap::new();
    for person in people {
        let email = person.email.as_deref().unwrap_or_default();
        let Some((_, domain)) = email.rsplit_once('@') else {
            continue;
        };
        let found = match known.get(domain) {
            Some(found) => *found,
            None => {
                let found = organisation::district::of_address(db, email).await?;
                let found = found.map(|organisation| organisation.id);
                known.insert(domain.to_owned(), found);
                found
            }
        };
        person.organisation_ids.extend(found);
    }
    Ok(())
}

/// The persons in use that belong to an organisation today, by name; so many at most.
///
/// # Errors
/// `Forbidden` for one who cannot open tickets.
pub async fn of_organisation(
    db: &Db,
    actor: &Actor,
    organisation_id: Uuid,
    most: u64,
) -> Result<Vec<Recipient>> {
    require(actor)?;
    let today = day(db.clock().now());
    let members: Vec<membership::Model> = membership::Entity::find()
        .filter(membership::COLUMN.organisation_id.eq(organisation_id))
        .all(db.reader())
        .await?;
    let current = members.iter().filter(|m| m.is_current(today));
    let ids: Vec<Uuid> = current.map(|m| m.person_id).collect();
    let mut all = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        let people = Entity::find()
            .filter(COLUMN.id.is_in(few_forms(some.iter().copied())))
            .filter(COLUMN.retired_at.is_null())
            .order_by_asc(Column::FoldedName)
            .order_by_asc(Column::Id)
            .limit(most)
            .all(db.reader())
            .await?;
        all.extend(people);
    }
    all.sort_by(|a, b| (&a.folded_name, a.id).cmp(&(&b.folded_name, b.id)));
    all.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    recipients(db, all).await
}

fn require(actor: &Actor) -> Result<()> {
    policy::require(actor, Permission::CreateTickets, Place::Desk)
}

/// The same persons in the same order, with where they belong.
async fn recipients(db: &Db, people: Vec<Model>) -> Result<Vec<Recipient>> {
    let today = day(db.clock().now());
    let mut memberships = Vec::new();
    for some in people.chunks(AT_ONCE) {
        let ids = few_forms(some.iter().map(|p| p.id));
        let rows = membership::Entity::find()
            .filter(membership::COLUMN.person_id.is_in(ids))
            .all(db.reader())
            .await?;
        memberships.extend(rows.into_iter().filter(|m| m.is_current(today)));
    }
    memberships.sort_by_key(|m| (m.from_on, m.organisation_id));
    let mut houses: Vec<Uuid> = memberships.iter().map(|m| m.organisation_id).collect();
    houses.sort_unstable();
    houses.dedup();
    let mut partners = Vec::new();
    for some in houses.chunks(AT_ONCE) {
        let rows: Vec<(Uuid, organisation::OrganisationKind)> = organisation::Entity::find()
            .select_only()
            .columns([organisation::Column::Id, organisation::Column::Kind])
            .filter(
                organisation::COLUMN
                    .id
                    .is_in(few_forms(some.iter().copied())),
            )
            .into_tuple()
            .all(db.reader())
            .await?;
        let found = rows.into_iter().filter(|(_, kind)| kind.is_partner());
        partners.extend(found.map(|(id, _)| id));
    }
    let mut belongs: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for one in memberships {
        let own = belongs.entry(one.person_id).or_default();
        own.push(one.organisation_id);
    }
    let one = |person: Model| {
        let own = belongs.remove(&person.id).unwrap_or_default();
        Recipient {
            id: person.id,
            name: person.name,
            email: person.email,
            is_retired: person.retired_at.is_some(),
            is_guest: own.iter().any(|id| partners.contains(id)),
            organisation_ids: own,
        }
    };
    Ok(people.into_iter().map(one).collect())
}
