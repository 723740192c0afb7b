//! Invite somebody into the portal of their vendor.

use uuid::Uuid;

use super::house::House;
use super::invitation::Invitation;
use super::part::{Part, Roles};
use super::{NEEDS, count_invitation, done};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::language::Language;
use crate::ledger::Command;
use crate::one_time::Purpose;
use crate::permit::{Permit, Protected as _};
use crate::person::{self, Person, PersonEvent, PersonFacts};
use crate::policy::{Permission, Place};
use crate::setting::{Facts as _, SettingEvent};
use crate::ticket::event::Change;

/// Whom somebody typed to invite.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub name: String,
    pub email: String,
    pub language: Language,
    pub part: Part,
    /// The key that lets a form act only once.
    pub once: Option<String>,
}

/// Lets somebody in by a link in a mail, whom the desk may know as one of the house already.
#[derive(Clone, Debug)]
pub struct Invite {
    house: House,
    facts: PersonFacts,
    language: Language,
    part: Part,
    /// Whose address it is.
    known: Option<Uuid>,
    roles: Roles,
    once: Option<String>,
}

impl Command for Invite {
    type Target = Person;
    type On = House;
    const NEEDS: Permission = NEEDS;

    fn target(&self, _: &House) -> Option<Uuid> {
        self.known
    }

    fn once(&self) -> Option<&str> {
        self.once.as_deref()
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
        if self.known.is_some() {
            self.require_invitable(person, now)?;
        }
        let mut events = match self.known {
            // Whoever knows the way in needs no link.
            Some(_) if person.has_way_in() => {
                let given = self.roles.give(person, self.part);
                return Ok(given.into_iter().collect());
            }
            Some(_) => vec![],
            None => vec![
                PersonEvent::Setting(SettingEvent::Created(Box::new(self.facts))),
                PersonEvent::MembershipSet(Change {
                    from: vec![],
                    to: vec![self.house.id],
                }),
            ],
        };
        events.extend(self.roles.give(person, self.part));
        events.push(invited(person, &self.house, self.language, actor, now));
        Ok(events)
    }
}

impl Invite {
    fn require_invitable(&self, person: &Person, now: Instant) -> Result<(), Rejected> {
        self.house.require_own(person, self.roles, now)?;
        if person.row.retired_at.is_some() {
            return Err(Rejected::AccountEnded);
        }
        let invitation = person.invitation.as_ref();
        if invitation.is_some_and(Invitation::is_open) {
            return Err(Rejected::InvitedAlready);
        }
        match person.has_way_in() && !person.role_ids.is_empty() {
            true => Err(Rejected::HasAccount),
            false => Ok(()),
        }
    }
}

/// The event of a new invitation in place of the one before, with its mail.
pub(super) fn invited(
    person: &Person,
    house: &House,
    language: Language,
    actor: &Actor,
    now: Instant,
) -> PersonEvent {
    PersonEvent::Invited(Box::new(Invitation {
        person_id: person.row.id,
        organisation_id: house.id,
        invited_by: actor.person_id(),
        language,
        invited_at: now,
        valid_until: now + Purpose::Invitation.lasts(),
        withdrawn_at: None,
        accepted_at: None,
    }))
}

/// Invites somebody.
///
/// # Errors
/// `OfTheDesk`, `OfAnotherOrganisation` and `OfNoVendor` for an address that belongs to somebody else; `HasAccount`,
/// `InvitedAlready` and `AccountEnded` for one of the house.
pub async fn invite(db: &Db, permit: Permit<Invite>, typed: Typed) -> Result<()> {
    let house = permit.on().clone();
    let facts = PersonFacts {
        name: typed.name,
        email: Some(typed.email),
        ..PersonFacts::default()
    };
    let facts = facts.checked()?;
    let email = facts.email.clone().ok_or(Rejected::NotAnAddress)?;
    house.require_address(db, &email).await?;
    let known = person::by_email(db, &email).await?.map(|person| person.id);
    count_invitation(db, &house, known).await?;
    let invite = Invite {
        house,
        facts,
        language: typed.language,
        part: typed.part,
        known,
        roles: Roles::load(db).await?,
        once: typed.once,
    };
    done(db.change(permit, invite).await)
}
