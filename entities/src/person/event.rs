//! What can happen to a person.

use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::PersonFacts;
use super::deputy::Cover;
use super::tell::Tell;
use crate::absence::AbsenceEvent;
use crate::api_token;
use crate::claim_rule::Gift;
use crate::guest::Invitation;
use crate::history::digest;
use crate::identity::Identity;
use crate::ledger::Event;
use crate::outbox::Effect;
use crate::passkey;
use crate::second_factor;
use crate::setting::SettingEvent;
use crate::ticket::event::Change;

/// By which way a password was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordBy {
    /// By the person, who knew the one before.
    Oneself,
    /// By a link in the person's mail.
    Link,
    /// By the link of an invitation: the first.
    Invitation,
    /// By somebody who administrates.
    Administrator,
    /// By the machine's owner.
    Console,
}

impl PasswordBy {
    /// Of what the machine's owner does they tell themselves, and a first password takes nobody's place.
    fn is_told(self) -> bool {
        !matches!(self, PasswordBy::Console | PasswordBy::Invitation)
    }
}

/// One thing that happened to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonEvent {
    /// What happens to every setting.
    Setting(SettingEvent<PersonFacts>),
    /// The hash is stored with the person, never in the history.
    PasswordSet {
        person_id: Uuid,
        hash: String,
        by: PasswordBy,
    },
    /// Invited into the portal of a vendor, or once more; a mail with a link goes to the person.
    Invited(Box<Invitation>),
    InvitationWithdrawn {
        person_id: Uuid,
    },
    /// Somebody says at the door that they forgot the password; a mail goes to the person.
    ResetAsked {
        person_id: Uuid,
        tell: Tell,
    },
    /// Somebody else ended them.
    SessionsEnded {
        all: bool,
    },
    /// An app's secret, sealed, and hashes of recovery codes; the history keeps neither.
    SecondFactorSet {
        factor: Box<second_factor::Model>,
        codes: Vec<Vec<u8>>,
    },
    /// In place of those before.
    RecoveryCodesMade {
        codes: Vec<Vec<u8>>,
    },
    RecoveryCodeUsed {
        person_id: Uuid,
        hash: Vec<u8>,
    },
    SecondFactorRemoved {
        person_id: Uuid,
    },
    /// A token for programs; the history knows neither its name nor its hash.
    TokenMade(Box<api_token::Model>),
    TokenEnded {
        person_id: Uuid,
        token_id: Uuid,
    },
    /// A device that opens the door; the history knows neither its name nor its key.
    PasskeyAdded(Box<passkey::Model>),
    PasskeyRemoved {
        person_id: Uuid,
        passkey_id: Uuid,
    },
    /// Ids of roles, sorted.
    RolesSet(Change<Vec<Uuid>>),
    /// Ids of the organisations the person belongs to from this day on, sorted.
    MembershipSet(Change<Vec<Uuid>>),
    /// Who stands in for them, and on which days.
    DeputySet(Change<Option<Cover>>),
    /// They are away on some days, or not any more.
    Absence(Box<AbsenceEvent>),
    /// A provider's word for the person; the history keeps a digest of it.
    IdentityLinked(Box<Identity>),
    IdentityUnlinked {
        identity_id: Uuid,
    },
    /// What the rules of a provider give the person from now on, so that only this is taken again.
    GiftsNoted {
        provider_id: Uuid,
        gifts: Vec<Gift>,
    },
}

impl Event for PersonEvent {
    fn name(&self) -> &'static str {
        match self {
            PersonEvent::Setting(event) => event.name(),
            PersonEvent::PasswordSet { .. } => "password_set",
            PersonEvent::Invited(_) => "invited",
            PersonEvent::InvitationWithdrawn { .. } => "invitation_withdrawn",
            PersonEvent::ResetAsked { .. } => "reset_asked",
            PersonEvent::SessionsEnded { .. } => "sessions_ended",
            PersonEvent::SecondFactorSet { .. } => "second_factor_set",
            PersonEvent::RecoveryCodesMade { .. } => "recovery_codes_made",
            PersonEvent::RecoveryCodeUsed { .. } => "recovery_code_used",
            PersonEvent::SecondFactorRemoved { .. } => "second_factor_removed",
            PersonEvent::TokenMade(_) => "token_made",
            PersonEvent::TokenEnded { .. } => "token_ended",
            PersonEvent::PasskeyAdded(_) => "passkey_added",
            PersonEvent::PasskeyRemoved { .. } => "passkey_removed",
            PersonEvent::RolesSet(_) => "roles_set",
            PersonEvent::MembershipSet(_) => "membership_set",
            PersonEvent::DeputySet(_) => "deputy_set",
            PersonEvent::Absence(event) => event.name(),
            PersonEvent::IdentityLinked(_) => "identity_linked",
            PersonEvent::IdentityUnlinked { .. } => "identity_unlinked",
            PersonEvent::GiftsNoted { .. } => "gifts_noted",
        }
    }

    fn record(&self) -> Value {
        match self {
            PersonEvent::Setting(event) => event.record(),
            PersonEvent::PasswordSet { by, .. } => json!({ "by": by }),
            PersonEvent::Invited(i) => json!({
                "organisation": i.organisation_id,
                "language": i.language,
                "valid_until": i.valid_until,
            }),
            PersonEvent::ResetAsked { tell, .. } => json!({ "tell": tell.name() }),
            PersonEvent::SessionsEnded { all } => json!({ "all": all }),
            PersonEvent::SecondFactorSet { codes, .. }
            | PersonEvent::RecoveryCodesMade { codes } => json!({ "codes": codes.len() }),
            PersonEvent::InvitationWithdrawn { .. }
            | PersonEvent::RecoveryCodeUsed { .. }
            | PersonEvent::SecondFactorRemoved { .. } => json!({}),
            PersonEvent::TokenMade(token) => json!({
                "token": token.id,
                "permissions": token.allows(),
                "expires_at": token.expires_at,
            }),
            PersonEvent::TokenEnded { token_id, .. } => json!({ "token": token_id }),
            PersonEvent::PasskeyAdded(passkey) => json!({ "passkey": passkey.id }),
            PersonEvent::PasskeyRemoved { passkey_id, .. } => json!({ "passkey": passkey_id }),
            PersonEvent::RolesSet(c) | PersonEvent::MembershipSet(c) => {
                json!({ "from": c.from, "to": c.to })
            }
            PersonEvent::DeputySet(c) => json!({ "from": c.from, "to": c.to }),
            PersonEvent::Absence(event) => event.record(),
            PersonEvent::IdentityLinked(i) => json!({
                "identity": i.id,
                "provider": i.provider_id,
                "subject": digest(&i.salt, &i.subject),
            }),
            PersonEvent::IdentityUnlinked { identity_id } => json!({ "identity": identity_id }),
            PersonEvent::GiftsNoted { provider_id, gifts } => {
                json!({ "provider": provider_id, "gifts": gifts })
            }
        }
    }

    fn effects(&self) -> Vec<Effect> {
        match self {
            PersonEvent::Setting(event) => event.effects(),
            PersonEvent::Invited(i) => vec![Tell::Invited.to(i.person_id)],
            PersonEvent::ResetAsked { person_id, tell } => vec![tell.to(*person_id)],
            PersonEvent::PasswordSet { person_id, by, .. } if by.is_told() => {
                vec![Tell::PasswordSet.to(*person_id)]
            }
            PersonEvent::SecondFactorSet { factor, .. } => {
                vec![Tell::SecondFactorSet.to(factor.person_id)]
            }
            PersonEvent::PasskeyAdded(passkey) => {
                vec![Tell::PasskeyAdded.to(passkey.person_id)]
            }
            PersonEvent::RecoveryCodeUsed { person_id, .. } => {
                vec![Tell::RecoveryCodeUsed.to(*person_id)]
            }
            PersonEvent::SecondFactorRemoved { person_id } => {
                vec![Tell::SecondFactorRemoved.to(*person_id)]
            }
            PersonEvent::PasswordSet { .. }
            | PersonEvent::InvitationWithdrawn { .. }
            | PersonEvent::RecoveryCodesMade { .. }
            | PersonEvent::PasskeyRemoved { .. }
            | PersonEvent::TokenMade(_)
            | PersonEvent::TokenEnded { .. }
            | PersonEvent::SessionsEnded { .. }
            | PersonEvent::RolesSet(_)
            | PersonEvent::MembershipSet(_)
            | PersonEvent::DeputySet(_)
            | PersonEvent::Absence(_)
            | PersonEvent::IdentityLinked(_)
            | PersonEvent::IdentityUnlinked { .. }
            | PersonEvent::GiftsNoted { .. } => vec![],
        }
    }
}
