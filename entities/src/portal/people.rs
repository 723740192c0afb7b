//! The people of a vendor as one of them sees them who coordinates, and what that one does with them.

use uuid::Uuid;

use super::Vendor;
use crate::error::{DeskError, Rejected, Result};
use crate::guest::{self, Act, Guest, House, Typed, list};
use crate::permit::Permit;
use crate::policy::{Permission, Place, allows};

impl Vendor {
    /// Whether the reader lets colleagues in and out.
    pub fn coordinates(&self) -> bool {
        let place = Place::Share {
            organisation_id: self.organisation_id,
        };
        allows(&self.actor, Permission::InviteVendors, place)
    }

    /// Whether this is the reader.
    pub fn is_me(&self, id: Uuid) -> bool {
        self.actor.person_id() == Some(id)
    }

    /// Everybody of the vendor who was let in, by name. Who at the desk invited somebody is not told.
    ///
    /// # Errors
    /// `Forbidden` for who does not coordinate.
    pub async fn people(&self) -> Result<Vec<Guest>> {
        let mut people = list::of(&self.db, &self.house().await?).await?;
        let invited = people.iter_mut().filter_map(|one| one.invited.as_mut());
        invited
            .filter(|invited| !invited.by_own)
            .for_each(|invited| invited.by = None);
        Ok(people)
    }

    /// Invites a colleague.
    ///
    /// # Errors
    /// `OtherDomain` for an address outside of the vendor's own; `NotInvitable` for whoever is somebody else to the desk,
    /// without saying what.
    pub async fn invite(&self, typed: Typed) -> Result<()> {
        let permit = Permit::ask(&self.actor, self.house().await?)?;
        match guest::invite(&self.db, permit, typed).await {
            Err(DeskError::Rejected(
                Rejected::OfTheDesk | Rejected::OfAnotherOrganisation | Rejected::OfNoVendor,
            )) => Err(Rejected::NotInvitable.into()),
            done => done,
        }
    }

    /// Does something with a colleague.
    ///
    /// # Errors
    /// `Hidden` for who is none; `LastCoordinator` when nobody could do so after it.
    pub async fn change(&self, id: Uuid, act: Act) -> Result<()> {
        if !self.people().await?.iter().any(|one| one.id == id) {
            return Err(DeskError::Hidden);
        }
        let permit = Permit::ask(&self.actor, self.house().await?)?;
        guest::change(&self.db, permit, id, act).await
    }

    async fn house(&self) -> Result<House> {
        House::own(&self.db, &self.actor, self.organisation_id).await
    }
}
