//! What is done with somebody of a vendor who was let in, or is about to be.

use uuid::Uuid;

use super::house::House;
use super::invite::invited;
use super::part::{Part, Roles};
use super::{NEEDS, count_invitation, done};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::ledger::Command;
use crate::permit::{Permit, Protected as _};
use crate::person::{Person, PersonEvent};
use crate::policy::{Permission, Place};
use crate::session;
use crate::setting::SettingEvent;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The mail is sent again; links before it end.
    InviteAgain,
    /// The invitation ends before it was taken up.
    Withdraw,
    /// The account ends, and every session with it.
    End,
    /// Becomes something else for the vendor.
    Become(Part),
}

/// Does it with one of a house.
#[derive(Clone, Debug)]
pub struct ChangeGuest {
    house: House,
    person_id: Uuid,
    act: Act,
    roles: Roles,
}

impl Command for ChangeGuest {
    type Target = Person;
    type On = House;
    const NEEDS: Permission = NEEDS;

    fn target(&self, _: &House) -> Option<Uuid> {
        Some(self.person_id)
    }

    fn place(&self, _: &Person) -> Place {
        self.house.place()
    }

    fn decide(
        self,
        person: &Person,
        actor: &Actor,
        now: Instant,
    ) -> Result<Vec<PersonEvent>, Rejected> {
        self.house.require_own(person, self.roles, now)?;
        if person.row.retired_at.is_some() {
            return Err(Rejected::AccountEnded);
        }
        let invitation = person.invitation.as_ref();
        let invitation = invitation.filter(|invitation| invitation.is_open());
        let open = || invitation.ok_or(Rejected::NotInvited);
        Ok(match self.act {
            Act::InviteAgain => vec![invited(person, &self.house, open()?.language, actor, now)],
            Act::Withdraw => {
                open()?;
                let person_id = person.row.id;
                let withdrawn = PersonEvent::InvitationWithdrawn { person_id };
                // Whom a provider speaks for could come in without the link.
                let gone = Roles::take(person);
                [withdrawn].into_iter().chain(gone).collect()
            }
            Act::End => vec![PersonEvent::Setting(SettingEvent::Retired)],
            Act::Become(part) => {
                let given = self.roles.give(person, part);
                vec![given.ok_or(Rejected::NothingToDo)?]
            }
        })
    }
}

/// Does something with one of a house.
///
/// # Errors
/// `LastCoordinator` when nobody of a vendor could let others in and out after it, unless the unit does it.
pub async fn change(db: &Db, permit: Permit<ChangeGuest>, person_id: Uuid, act: Act) -> Result<()> {
    let house = permit.on().clone();
    if act == Act::InviteAgain {
        count_invitation(db, &house, Some(person_id)).await?;
    }
    let command = ChangeGuest {
        house,
        person_id,
        act,
        roles: Roles::load(db).await?,
    };
    done(db.change(permit, command).await)?;
    if act == Act::End {
        session::end_all(db, person_id).await?;
    }
    Ok(())
}
