//! What happens to people, full of words that must not get into its record.

use entities::guest::Invitation;
use entities::identity::Identity;
use entities::language::Language;
use entities::person::tell::Tell;
use entities::person::{PasswordBy, PersonEvent, PersonFacts, Salutation};
use entities::setting::SettingEvent;
use entities::ticket::event::Change;
use entities::{Clock, api_token, new_id, passkey, second_factor};

use super::events::canary;

pub fn person_events() -> Vec<PersonEvent> {
    let facts = |what: &str| {
        Box::new(PersonFacts {
            name: canary(what),
            salutation: Some(Salutation::Frau),
            email: Some(format!("{}@pa.example", canary(what))),
            phone: Some(canary("phone")),
        })
    };
    let ids = || Change {
        from: vec![],
        to: vec![new_id()],
    };
    vec![
        PersonEvent::Setting(SettingEvent::Created(facts("name"))),
        PersonEvent::Setting(SettingEvent::Updated {
            from: facts("name"),
            to: facts("other name"),
        }),
        PersonEvent::Setting(SettingEvent::Retired),
        PersonEvent::Setting(SettingEvent::Restored),
        PersonEvent::PasswordSet {
            person_id: new_id(),
            hash: canary("hash"),
            by: PasswordBy::Oneself,
        },
        PersonEvent::Invited(Box::new(Invitation {
            person_id: new_id(),
            organisation_id: new_id(),
            invited_by: Some(new_id()),
            language: Language::En,
            invited_at: Clock::default().now(),
            valid_until: Clock::default().now(),
            withdrawn_at: None,
            accepted_at: None,
        })),
        PersonEvent::InvitationWithdrawn {
            person_id: new_id(),
        },
        PersonEvent::ResetAsked {
            person_id: new_id(),
            tell: Tell::ResetPassword,
        },
        PersonEvent::SessionsEnded { all: true },
        PersonEvent::SecondFactorSet {
            factor: Box::new(second_factor::Model {
                person_id: new_id(),
                secret: canary("sealed secret"),
                set_at: Clock::default().now(),
            }),
            codes: vec![canary("hash of a code").into_bytes()],
        },
        PersonEvent::TokenMade(Box::new(api_token::Model {
            id: new_id(),
            person_id: new_id(),
            name: canary("name of a token"),
            hash: canary("hash of a token").into_bytes(),
            permissions: "[]".to_owned(),
            created_at: Clock::default().now(),
            expires_at: Clock::default().now(),
            ended_at: None,
            used_at: None,
        })),
        PersonEvent::PasskeyAdded(Box::new(passkey::Model {
            id: new_id(),
            person_id: new_id(),
            name: canary("name of a passkey"),
            credential_id: canary("credential").into_bytes(),
            credential: canary("public key"),
            created_at: Clock::default().now(),
            used_at: None,
        })),
        PersonEvent::PasskeyRemoved {
            person_id: new_id(),
            passkey_id: new_id(),
        },
        PersonEvent::TokenEnded {
            person_id: new_id(),
            token_id: new_id(),
        },
        PersonEvent::RecoveryCodesMade {
            codes: vec![canary("hash of a code").into_bytes()],
        },
        PersonEvent::RecoveryCodeUsed {
            person_id: new_id(),
            hash: canary("hash of a code").into_bytes(),
        },
        PersonEvent::SecondFactorRemoved {
            person_id: new_id(),
        },
        PersonEvent::RolesSet(ids()),
        PersonEvent::MembershipSet(ids()),
        PersonEvent::IdentityLinked(Box::new(Identity {
            id: new_id(),
            provider_id: new_id(),
            issuer: canary("issuer"),
            subject: canary("subject"),
            person_id: new_id(),
            salt: entities::history::salt(),
            linked_at: Clock::default().now(),
        })),
        PersonEvent::IdentityUnlinked {
            identity_id: new_id(),
        },
        PersonEvent::GiftsNoted {
            provider_id: new_id(),
            gifts: vec![],
        },
    ]
}
