//! The rows that events of a person write beside the person's own, and what must hold for that.

use uuid::Uuid;

use super::PersonEvent;
use super::store::Person;
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::finding::renamed::Renamed;
use crate::ledger::{Batch, Table};
use crate::setting::SettingEvent;

pub(super) fn write(
    person: &Person,
    events: &[PersonEvent],
    actor: &Actor,
    at: Instant,
    batch: &mut Batch,
) {
    let is_own = actor.person_id() == Some(person.row.id);
    let added = |from: &[Uuid], to: &[Uuid]| -> Vec<Uuid> {
        to.iter().copied().filter(|id| !from.contains(id)).collect()
    };
    batch.invitations.extend(person.invitation.clone());
    for event in events {
        // Whoever opens another's account could come in with what it may.
        if !is_own && opens(event) {
            let held = person.role_ids.clone();
            batch.checks.must_hold_roles(actor, at, held);
        }
        // The unit can help who lets themselves out; a vendor cannot.
        if actor.is_guest() && shuts_out(event) {
            let houses = person.organisation_ids(day(at));
            batch.checks.coordinator_must_remain(houses, day(at));
        }
        if let PersonEvent::Setting(setting) = event
            && setting.changes(|f| (f.name.clone(), f.email.clone()))
        {
            batch.renamed.push(Renamed::Person(person.row.id));
        }
        match event {
            PersonEvent::Invited(invitation) => {
                let house = [invitation.organisation_id];
                batch.checks.must_be_active(Table::Organisation, house);
                batch.checks.must_be_vendors(house);
            }
            PersonEvent::RolesSet(c) => {
                batch
                    .checks
                    .must_be_active(Table::Role, added(&c.from, &c.to));
                batch
                    .checks
                    .must_hold_roles(actor, at, added(&c.from, &c.to));
                batch.checks.administrator_must_remain();
                batch.presence_changed = true;
                batch
                    .person_roles
                    .push((person.row.id, person.role_ids.clone()));
            }
            PersonEvent::MembershipSet(c) => {
                batch
                    .checks
                    .must_be_active(Table::Organisation, added(&c.from, &c.to));
                batch.memberships.extend(person.memberships.iter().cloned());
            }
            PersonEvent::Setting(SettingEvent::Retired) => {
                batch.presence_changed = true;
                batch.checks.administrator_must_remain();
                // Whoever knows its address reads the person's calendar; nobody needs it any more.
                batch.absence_feeds.push((person.row.id, None));
            }
            PersonEvent::Setting(SettingEvent::Restored) => batch.presence_changed = true,
            PersonEvent::Absence(event) => event.write(person, at, batch),
            PersonEvent::DeputySet(c) => {
                let row =
                    c.to.map(|cover| cover.row(person.row.id, actor.person_id()));
                let to = row.as_ref().map(|row| row.deputy_id);
                batch.checks.must_be_active(Table::Person, to);
                batch.deputies.push((person.row.id, row));
            }
            PersonEvent::IdentityLinked(identity) => {
                let provider = [identity.provider_id];
                batch.checks.must_be_active(Table::Provider, provider);
                batch.identities.push((**identity).clone());
            }
            PersonEvent::GiftsNoted { .. } => {
                batch
                    .claim_gifts
                    .push((person.row.id, person.gifts.clone()));
            }
            PersonEvent::IdentityUnlinked { identity_id } => {
                batch.checks.administrator_must_remain();
                batch.identities_cut.push(*identity_id);
            }
            PersonEvent::PasskeyAdded(passkey) => batch.passkeys.push((**passkey).clone()),
            PersonEvent::PasskeyRemoved { passkey_id, .. } => {
                batch.passkeys_removed.push((person.row.id, *passkey_id));
            }
            PersonEvent::TokenMade(token) => batch.tokens.push((**token).clone()),
            PersonEvent::TokenEnded { token_id, .. } => {
                batch.tokens_ended.push((person.row.id, *token_id, at));
            }
            PersonEvent::SecondFactorSet { codes, .. } => {
                batch.factors.set(person.factor.iter().cloned());
                batch.factors.new_codes(person.row.id, codes);
            }
            PersonEvent::RecoveryCodesMade { codes } => {
                batch.factors.new_codes(person.row.id, codes);
            }
            PersonEvent::RecoveryCodeUsed { hash, .. } => {
                batch.factors.use_code(person.row.id, hash);
            }
            PersonEvent::SecondFactorRemoved { .. } => batch.factors.remove(person.row.id),
            PersonEvent::Setting(_)
            | PersonEvent::PasswordSet { .. }
            | PersonEvent::InvitationWithdrawn { .. }
            | PersonEvent::ResetAsked { .. }
            | PersonEvent::SessionsEnded { .. } => {}
        }
    }
}

/// Whether somebody could come in by it who could not before.
fn opens(event: &PersonEvent) -> bool {
    match event {
        PersonEvent::Setting(SettingEvent::Updated { from, to }) => from.email != to.email,
        PersonEvent::Setting(SettingEvent::Restored)
        | PersonEvent::PasswordSet { .. }
        | PersonEvent::IdentityLinked(_)
        | PersonEvent::SecondFactorRemoved { .. } => true,
        _ => false,
    }
}

/// Whether somebody can do less after it.
fn shuts_out(event: &PersonEvent) -> bool {
    matches!(
        event,
        PersonEvent::RolesSet(_) | PersonEvent::Setting(SettingEvent::Retired)
    )
}
