//! What a provider gives to ask again with: sealed beside the session, never shown, never logged.

use entities::history::Key;
use entities::{Uuid, secret};
use openidconnect::core::{CoreIdToken, CoreTokenResponse};
use openidconnect::{OAuth2TokenResponse as _, TokenResponse as _};
use serde::{Deserialize, Serialize};

use super::Proof;
use entities::session::vouched::Vouched;

const PURPOSE: &str = "tokens of a session";

/// Tokens of one session.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tokens {
    /// Tells the provider at the end which session ends.
    pub id_token: Option<String>,
    /// None: there is nothing to ask with.
    pub refresh: Option<String>,
}

impl Tokens {
    /// What an answer gives; what it does not give anew stays.
    pub fn of(said: &CoreTokenResponse, before: Option<Tokens>) -> Tokens {
        let before = before.unwrap_or_default();
        let id_token = said.id_token().map(CoreIdToken::to_string);
        let refresh = said.refresh_token().map(|token| token.secret().clone());
        Tokens {
            id_token: id_token.or(before.id_token),
            refresh: refresh.or(before.refresh),
        }
    }

    pub fn seal(&self, key: &Key) -> String {
        secret::seal_as(
            key,
            PURPOSE,
            &serde_json::to_string(self).unwrap_or_default(),
        )
    }

    /// None when the key differs or the text is damaged.
    pub fn open(key: &Key, sealed: &str) -> Option<Tokens> {
        serde_json::from_str(&secret::open_as(key, PURPOSE, sealed)?).ok()
    }
}

/// What is kept of a sign-in.
pub fn vouched(key: &Key, provider_id: Uuid, proof: &Proof, tokens: &Tokens) -> Vouched {
    Vouched {
        provider_id,
        sid: proof
            .all()
            .get("sid")
            .and_then(|sid| sid.as_str())
            .map(str::to_owned),
        tokens: Some(tokens.seal(key)),
        askable: tokens.refresh.is_some(),
    }
}
