//! A person with roles and memberships, and what events make of them.

use chrono::NaiveDate;
use sea_orm::{DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::deputy::{self, Cover};
use super::event::PasswordBy;
use super::{COLUMN, Column, Entity, Model, PersonEvent, PersonFacts, membership, rows};
use crate::absence::{self, Absence};
use crate::actor::Actor;
use crate::claim_rule::gift;
use crate::clock::{Instant, day};
use crate::error::{Rejected, Result};
use crate::guest::invitation::{self, Invitation};
use crate::history::SubjectKind;
use crate::identity::{self, Identity};
use crate::ledger::{Batch, Subject};
use crate::policy::{Permission, Place};
use crate::role::person_role;
use crate::second_factor;
use crate::setting::{Setting, SettingEvent};
use crate::team::member;
use crate::text;

/// A person with what belongs to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub row: Model,
    /// Sorted.
    pub role_ids: Vec<Uuid>,
    /// Past ones too.
    pub memberships: Vec<membership::Model>,
    /// By whom the person is known.
    pub identities: Vec<Identity>,
    /// Who stands in for them, or did the last time.
    pub deputy: Option<Cover>,
    /// Past ones too.
    pub absences: Vec<Absence>,
    /// Of which teams they are a member, as far as it was read.
    pub team_ids: Vec<Uuid>,
    /// What rules of providers gave.
    pub gifts: Vec<gift::Model>,
    /// What signing in by a password needs beside it.
    pub factor: Option<second_factor::Model>,
    /// The last one into the portal of a vendor.
    pub invitation: Option<Invitation>,
}

impl Person {
    pub(super) fn of(
        row: Model,
        roles: &[person_role::Model],
        memberships: &[membership::Model],
        identities: &[Identity],
    ) -> Person {
        let mut role_ids: Vec<Uuid> = roles
            .iter()
            .filter(|r| r.person_id == row.id)
            .map(|r| r.role_id)
            .collect();
        role_ids.sort_unstable();
        let memberships = memberships
            .iter()
            .filter(|m| m.person_id == row.id)
            .cloned()
            .collect();
        let identities = identities
            .iter()
            .filter(|i| i.person_id == row.id)
            .cloned()
            .collect();
        Person {
            row,
            role_ids,
            memberships,
            identities,
            deputy: None,
            absences: vec![],
            team_ids: vec![],
            gifts: vec![],
            factor: None,
            invitation: None,
        }
    }

    /// With those of these gifts that are theirs.
    pub(super) fn given(self, gifts: &[gift::Model]) -> Person {
        let gifts = gifts.iter().filter(|g| g.person_id == self.row.id);
        Person {
            gifts: gifts.cloned().collect(),
            ..self
        }
    }

    /// With that of these factors which is theirs.
    pub(super) fn secured(self, factors: &[second_factor::Model]) -> Person {
        let factor = factors.iter().find(|f| f.person_id == self.row.id);
        Person {
            factor: factor.cloned(),
            ..self
        }
    }

    /// With that of these invitations which is theirs.
    pub(super) fn invited(self, invitations: &[Invitation]) -> Person {
        let invitation = invitations.iter().find(|i| i.person_id == self.row.id);
        Person {
            invitation: invitation.cloned(),
            ..self
        }
    }

    /// With whom of these stands in for them.
    fn covered(self, deputies: &[deputy::Model]) -> Person {
        let mine = deputies.iter().find(|d| d.person_id == self.row.id);
        Person {
            deputy: mine.map(deputy::Model::cover),
            ..self
        }
    }

    /// With those of these absences and teams that are theirs.
    fn away(self, absences: &[Absence], members: &[member::Model]) -> Person {
        let id = self.row.id;
        let absences = absences.iter().filter(|a| a.row.person_id == id);
        let teams = members.iter().filter(|m| m.person_id == id);
        Person {
            absences: absences.cloned().collect(),
            team_ids: teams.map(|m| m.team_id).collect(),
            ..self
        }
    }

    /// Organisations the person belongs to on that day, sorted.
    pub fn organisation_ids(&self, on: NaiveDate) -> Vec<Uuid> {
        let mut ids: Vec<Uuid> = self
            .memberships
            .iter()
            .filter(|m| m.is_current(on))
            .map(|m| m.organisation_id)
            .collect();
        ids.sort_unstable();
        ids
    }

    /// Whether the person has a password, or a provider that speaks for them.
    pub fn has_way_in(&self) -> bool {
        self.row.password_hash.is_some() || !self.identities.is_empty()
    }

    /// The event of the password of somebody who was invited, unless they are retired.
    pub(crate) fn first_password(&self, hash: String) -> Result<Vec<PersonEvent>, Rejected> {
        self.given_password(hash, PasswordBy::Invitation)
    }

    /// The event of a new password, unless the person is retired.
    pub(super) fn given_password(
        &self,
        hash: String,
        by: PasswordBy,
    ) -> Result<Vec<PersonEvent>, Rejected> {
        if self.row.retired_at.is_some() {
            return Err(Rejected::Retired);
        }
        Ok(vec![PersonEvent::PasswordSet {
            person_id: self.row.id,
            hash,
            by,
        }])
    }

    fn take(&mut self, facts: &PersonFacts) {
        self.row.name.clone_from(&facts.name);
        self.row.folded_name = text::fold(&facts.name);
        self.row.salutation = facts.salutation;
        self.row.email.clone_from(&facts.email);
        self.row.phone.clone_from(&facts.phone);
        self.row.phone_digits = facts
            .phone
            .as_deref()
            .map(text::phone_digits)
            .filter(|digits| !digits.is_empty());
    }

    /// Ends what is not among these and begins what is new.
    fn belong_to(&mut self, organisation_ids: &[Uuid], from: NaiveDate) {
        for m in &mut self.memberships {
            let stays = organisation_ids.contains(&m.organisation_id);
            if m.is_current(from) && !stays {
                m.to_on = Some(from);
            } else if !m.is_current(from) && stays {
                m.from_on = Some(from);
                m.to_on = None;
            }
        }
        for &organisation_id in organisation_ids {
            if !self
                .memberships
                .iter()
                .any(|m| m.organisation_id == organisation_id)
            {
                self.memberships.push(membership::Model {
                    person_id: self.row.id,
                    organisation_id,
                    from_on: Some(from),
                    to_on: None,
                });
            }
        }
    }
}

#[allow(private_interfaces)]
impl Subject for Person {
    type Event = PersonEvent;

    const KIND: SubjectKind = SubjectKind::Person;

    fn id(&self) -> Uuid {
        self.row.id
    }

    fn place(&self) -> Place {
        Place::Account {
            person_id: self.row.id,
        }
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        let rows = Entity::find()
            .filter(COLUMN.id.is_in(ids.clone()))
            .order_by_asc(Column::Id)
            .lock_exclusive()
            .all(tx)
            .await?;
        let roles = person_role::Entity::find()
            .filter(person_role::COLUMN.person_id.is_in(ids.clone()))
            .all(tx)
            .await?;
        let memberships = membership::Entity::find()
            .filter(membership::COLUMN.person_id.is_in(ids.clone()))
            .all(tx)
            .await?;
        let identities = identity::Entity::find()
            .filter(identity::COLUMN.person_id.is_in(ids.clone()))
            .all(tx)
            .await?;
        let factors = second_factor::Entity::find()
            .filter(second_factor::COLUMN.person_id.is_in(ids.clone()))
            .all(tx)
            .await?;
        let invitations = invitation::Entity::find()
            .filter(invitation::COLUMN.person_id.is_in(ids.clone()))
            .all(tx)
            .await?;
        let deputies = deputy::Entity::find()
            .filter(deputy::COLUMN.person_id.is_in(ids.clone()))
            .all(tx)
            .await?;
        let members = member::Entity::find()
            .filter(member::COLUMN.person_id.is_in(ids.clone()))
            .all(tx)
            .await?;
        let absences = absence::of(tx, ids.clone()).await?;
        let gifts = gift::of(tx, ids).await?;
        let whole = |row| {
            Person::of(row, &roles, &memberships, &identities)
                .given(&gifts)
                .secured(&factors)
                .invited(&invitations)
                .covered(&deputies)
                .away(&absences, &members)
        };
        Ok(rows.into_iter().map(whole).collect())
    }

    async fn make(_: &DatabaseTransaction, ids: Vec<Uuid>, now: Instant) -> Result<Vec<Self>> {
        let blank = |id| Model {
            id,
            name: String::new(),
            folded_name: String::new(),
            salutation: None,
            email: None,
            phone: None,
            phone_digits: None,
            password_hash: None,
            created_at: now,
            retired_at: None,
        };
        Ok(ids
            .into_iter()
            .map(|id| Person::of(blank(id), &[], &[], &[]))
            .collect())
    }

    fn apply(&mut self, event: &PersonEvent, at: Instant) {
        match event {
            PersonEvent::Setting(SettingEvent::Created(facts)) => {
                self.take(facts);
                self.row.created_at = at;
            }
            PersonEvent::Setting(SettingEvent::Updated { to, .. }) => self.take(to),
            PersonEvent::Setting(SettingEvent::Retired) => {
                self.row.retired_at = Some(at);
                self.invitation.iter_mut().for_each(|i| i.withdraw(at));
            }
            PersonEvent::Setting(SettingEvent::Restored) => self.row.retired_at = None,
            PersonEvent::PasswordSet { hash, .. } => {
                self.row.password_hash = Some(hash.clone());
                self.invitation.iter_mut().for_each(|i| i.accept(at));
            }
            PersonEvent::Invited(invitation) => self.invitation = Some((**invitation).clone()),
            PersonEvent::InvitationWithdrawn { .. } => {
                self.invitation.iter_mut().for_each(|i| i.withdraw(at));
            }
            PersonEvent::SecondFactorSet { factor, .. } => self.factor = Some((**factor).clone()),
            PersonEvent::SecondFactorRemoved { .. } => self.factor = None,
            PersonEvent::ResetAsked { .. }
            | PersonEvent::PasskeyAdded(_)
            | PersonEvent::PasskeyRemoved { .. }
            | PersonEvent::TokenMade(_)
            | PersonEvent::TokenEnded { .. }
            | PersonEvent::RecoveryCodesMade { .. }
            | PersonEvent::RecoveryCodeUsed { .. }
            | PersonEvent::SessionsEnded { .. } => {}
            PersonEvent::RolesSet(c) => self.role_ids.clone_from(&c.to),
            PersonEvent::MembershipSet(c) => self.belong_to(&c.to, day(at)),
            PersonEvent::DeputySet(c) => self.deputy = c.to,
            PersonEvent::Absence(event) => event.apply(self, at),
            PersonEvent::IdentityLinked(identity) => {
                self.identities.push((**identity).clone());
                self.invitation.iter_mut().for_each(|i| i.accept(at));
            }
            PersonEvent::IdentityUnlinked { identity_id } => {
                self.identities.retain(|i| i.id != *identity_id);
            }
            PersonEvent::GiftsNoted { provider_id, gifts } => {
                self.gifts.retain(|g| g.provider_id != *provider_id);
                self.gifts.extend(gifts.iter().map(|gift| gift::Model {
                    person_id: self.row.id,
                    provider_id: *provider_id,
                    gives: gift.gives,
                    target_id: gift.id,
                }));
            }
        }
    }

    fn write(&self, events: &[PersonEvent], actor: &Actor, at: Instant, batch: &mut Batch) {
        rows::write(self, events, actor, at, batch);
        batch.people.push(self.row.clone());
    }
}

impl Setting for Person {
    type Facts = PersonFacts;

    const MANAGE: Permission = Permission::ManagePeople;

    fn facts(&self) -> PersonFacts {
        PersonFacts {
            name: self.row.name.clone(),
            salutation: self.row.salutation,
            email: self.row.email.clone(),
            phone: self.row.phone.clone(),
        }
    }

    fn is_retired(&self) -> bool {
        self.row.retired_at.is_some()
    }

    fn event(event: SettingEvent<PersonFacts>) -> PersonEvent {
        PersonEvent::Setting(event)
    }
}
