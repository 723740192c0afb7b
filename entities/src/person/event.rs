//! What can happen to a person.

use serde_json::{Value, json};
use uuid::Uuid;

use super::PersonFacts;
use crate::claim_rule::Gift;
use crate::history::digest;
use crate::identity::Identity;
use crate::ledger::Event;
use crate::outbox::Effect;
use crate::setting::SettingEvent;
use crate::ticket::event::Change;

/// One thing that happened to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonEvent {
    /// What happens to every setting.
    Setting(SettingEvent<PersonFacts>),
    /// The hash is stored with the person, never in the history.
    PasswordSet {
        hash: String,
    },
    /// Ids of roles, sorted.
    RolesSet(Change<Vec<Uuid>>),
    /// Ids of the organisations the person belongs to from this day on, sorted.
    MembershipSet(Change<Vec<Uuid>>),
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
            PersonEvent::RolesSet(_) => "roles_set",
            PersonEvent::MembershipSet(_) => "membership_set",
            PersonEvent::IdentityLinked(_) => "identity_linked",
            PersonEvent::IdentityUnlinked { .. } => "identity_unlinked",
            PersonEvent::GiftsNoted { .. } => "gifts_noted",
        }
    }

    fn record(&self) -> Value {
        match self {
            PersonEvent::Setting(event) => event.record(),
            PersonEvent::PasswordSet { .. } => json!({}),
            PersonEvent::RolesSet(c) | PersonEvent::MembershipSet(c) => {
                json!({ "from": c.from, "to": c.to })
            }
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
            PersonEvent::PasswordSet { .. }
            | PersonEvent::RolesSet(_)
            | PersonEvent::MembershipSet(_)
            | PersonEvent::IdentityLinked(_)
            | PersonEvent::IdentityUnlinked { .. }
            | PersonEvent::GiftsNoted { .. } => vec![],
        }
    }
}
