//! Who stands at the door: the person a provider's claims mean, found, or made where that is allowed.

use sea_orm::EntityTrait;
use uuid::Uuid;

use super::link::Told;
use super::{CreateLinked, Link, known};
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::organisation;
use crate::permit::{Desk, Permit};
use crate::person::{self, PersonFacts};
use crate::provider::Provider;
use crate::sign_in::SIGN_ON;
use crate::text;

/// The longest name a provider gives a person, in characters.
const MOST_CHARS: usize = 120;

/// What a provider has proven to say.
#[derive(Clone, Debug)]
pub struct Claims {
    pub subject: String,
    pub email: Option<String>,
    /// Whether the provider says that the address was checked.
    pub email_verified: bool,
    pub name: Option<String>,
}

/// Who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    Person(Uuid),
    /// Nobody we know, and nobody is made.
    Unknown,
    /// Nobody we know, and no checked address in a domain the provider speaks for.
    Unverified,
    /// The address belongs to a person, but it is not enough to be taken for them.
    AddressTaken,
    /// The person is retired.
    Retired(Uuid),
}

/// The person behind these claims. What was tied once stays; an address counts only as the provider's settings say.
///
/// # Errors
/// Only the database's own.
pub async fn arrive(db: &Db, provider: &Provider, claims: &Claims) -> Result<Arrival> {
    match look(db, provider, claims).await {
        // The same person came in by another window at the same moment.
        Err(DeskError::Rejected(Rejected::IdentityTaken | Rejected::AddressTaken)) => {
            look(db, provider, claims).await
        }
        other => other,
    }
}

/// Whom these claims would mean, without anything being written: unknown is also who would be made.
pub async fn expect(db: &Db, provider: &Provider, claims: &Claims) -> Result<Arrival> {
    if let Some(identity) = known(db, &provider.issuer, &claims.subject).await? {
        return of_person(db, identity.person_id).await;
    }
    match trusted(provider, claims) {
        Some(email) if provider.match_email => match person::by_email(db, &email).await? {
            Some(person) => of_person(db, person.id).await,
            None => Ok(Arrival::Unknown),
        },
        _ => Ok(Arrival::Unknown),
    }
}

/// The address that counts, if one does.
fn trusted(provider: &Provider, claims: &Claims) -> Option<String> {
    let email = claims.email.as_deref().map(text::address);
    email.filter(|email| claims.email_verified && provider.speaks_for(email))
}

async fn look(db: &Db, provider: &Provider, claims: &Claims) -> Result<Arrival> {
    if let Some(identity) = known(db, &provider.issuer, &claims.subject).await? {
        return of_person(db, identity.person_id).await;
    }
    let told = Told {
        provider_id: provider.id,
        issuer: provider.issuer.clone(),
        subject: claims.subject.clone(),
    };
    let trusted = trusted(provider, claims);
    if let Some(email) = &trusted
        && let Some(person) = person::by_email(db, email).await?
    {
        if person.retired_at.is_some() {
            return Ok(Arrival::Retired(person.id));
        }
        if !provider.match_email {
            return Ok(Arrival::AddressTaken);
        }
        let command = Link {
            person_id: person.id,
            told,
        };
        db.change(Permit::ask(&SIGN_ON, Desk)?, command).await?;
        return Ok(Arrival::Person(person.id));
    }
    if !provider.create_people {
        return Ok(Arrival::Unknown);
    }
    if trusted.is_none() && !provider.domains().is_empty() {
        return Ok(Arrival::Unverified);
    }
    let organisation = match &trusted {
        Some(email) => organisation::district::of_address(db, email).await?,
        None => None,
    };
    let command = CreateLinked {
        facts: PersonFacts {
            name: name_of(claims, trusted.as_deref()),
            // An address nobody has checked is nobody's.
            email: trusted,
            ..PersonFacts::default()
        },
        organisation_ids: organisation.iter().map(|o| o.id).collect(),
        told,
    };
    let done = db.change(Permit::ask(&SIGN_ON, Desk)?, command).await?;
    Ok(Arrival::Person(done.subject.row.id))
}

async fn of_person(db: &Db, person_id: Uuid) -> Result<Arrival> {
    let person = person::Entity::find_by_id(person_id)
        .one(db.reader())
        .await?;
    Ok(match person {
        Some(person) if person.retired_at.is_none() => Arrival::Person(person.id),
        Some(person) => Arrival::Retired(person.id),
        None => Arrival::Unknown,
    })
}

fn name_of(claims: &Claims, email: Option<&str>) -> String {
    let given = claims.name.as_deref().unwrap_or_default().trim();
    let name = match given.is_empty() {
        false => given,
        true => email.unwrap_or(&claims.subject),
    };
    name.chars().take(MOST_CHARS).collect()
}
