//! A vendor as the house whose people are let in and out, from outside by the unit or from inside.

use sea_orm::EntityTrait;
use uuid::Uuid;

use super::NEEDS;
use super::part::Roles;
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::organisation::{self, Organisation, district};
use crate::permit::Protected;
use crate::person::Person;
use crate::policy::{self, Place};

/// A vendor or data centre. Whoever holds one was let at its people by the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct House {
    pub id: Uuid,
    pub name: String,
    /// Where its people have their addresses.
    domain: Option<String>,
    pub(super) side: Side,
}

/// From which side its people are let in and out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// By the unit, which knows everybody.
    Unit,
    /// By somebody of the house, who knows nobody else.
    Vendor,
}

impl Protected for House {
    /// The unit holds the permission for all vendors, somebody of a vendor for their own.
    fn place(&self) -> Place {
        match self.side {
            Side::Unit => Place::Desk,
            Side::Vendor => Place::Share {
                organisation_id: self.id,
            },
        }
    }

    /// By its id, for the unit. From inside no address names a house.
    async fn find(db: &Db, actor: &Actor, key: &str) -> Result<Self> {
        policy::require(actor, NEEDS, Place::Desk)?;
        let id = Uuid::try_parse(key).map_err(|_| DeskError::Hidden)?;
        let found = organisation::Entity::find_by_id(id)
            .one(db.reader())
            .await?;
        let house = found.filter(|house| house.kind.is_partner());
        Ok(House::of(house.ok_or(DeskError::Hidden)?, Side::Unit))
    }
}

impl House {
    fn of(organisation: Organisation, side: Side) -> House {
        House {
            id: organisation.id,
            name: organisation.name,
            domain: organisation.domain,
            side,
        }
    }

    /// The actor's own.
    ///
    /// # Errors
    /// `Forbidden` for who does not coordinate for it.
    pub(crate) async fn own(db: &Db, actor: &Actor, id: Uuid) -> Result<House> {
        let place = Place::Share {
            organisation_id: id,
        };
        policy::require(actor, NEEDS, place)?;
        let found = organisation::Entity::find_by_id(id)
            .one(db.reader())
            .await?;
        Ok(House::of(found.ok_or(DeskError::Hidden)?, Side::Vendor))
    }

    /// Whether somebody with this address can be one of its people, as far as the address alone tells.
    pub(super) async fn require_address(&self, db: &Db, email: &str) -> Result<()> {
        // From inside nobody is asked for elsewhere: so nothing is found out about others, and no stranger is let in.
        if self.side == Side::Vendor {
            let domain = self.domain.as_deref().ok_or(Rejected::NoDomain)?;
            if !is_within(email, domain) {
                return Err(Rejected::OtherDomain.into());
            }
        }
        match district::of_address(db, email).await? {
            Some(other) if other.id != self.id => Err(Rejected::OfAnotherOrganisation.into()),
            _ => Ok(()),
        }
    }

    /// Whether this person is one of its people and nothing else to the desk.
    pub(super) fn require_own(
        &self,
        person: &Person,
        roles: Roles,
        now: Instant,
    ) -> Result<(), Rejected> {
        if !roles.are_all_of(person) {
            return Err(Rejected::OfTheDesk);
        }
        match person.organisation_ids(day(now)).as_slice() {
            [only] if *only == self.id => Ok(()),
            [] => Err(Rejected::OfNoVendor),
            _ => Err(Rejected::OfAnotherOrganisation),
        }
    }
}

/// Whether an address is in a mail domain or one below it.
fn is_within(email: &str, domain: &str) -> bool {
    let host = email.rsplit_once('@').map_or("", |(_, host)| host);
    host == domain || host.ends_with(&format!(".{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_holds_itself_and_those_below_it() {
        let domain = "nordlicht.example";
        assert!(is_within("jonas@nordlicht.example", domain));
        assert!(is_within("jonas@hilfe.nordlicht.example", domain));
        for other in [
            "jonas@bösesnordlicht.example",
            "jonas@nordlicht.example.org",
            "nordlicht.example",
        ] {
            assert!(!is_within(other, domain), "{other}");
        }
    }
}
