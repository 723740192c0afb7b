//! What a provider has proven to say of somebody: the claims of the token, and beside them those it gives when asked.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entities::Instant;
use entities::identity::Claims;
use openidconnect::core::{CoreGenderClaim, CoreIdToken};
use openidconnect::{AdditionalClaims, UserInfoClaims, UserInfoError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::discovery::away;
use super::refusal::{Refusal, Why};
use crate::fetch::FetchError;

/// Claims nobody has standardised, such as groups.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Others(HashMap<String, Value>);

impl AdditionalClaims for Others {}

/// What a provider says when it is asked with the access token.
pub type UserInfo = UserInfoClaims<Others, CoreGenderClaim>;

/// Claims whose token was verified.
#[derive(Clone, Debug)]
pub struct Proof {
    claims: Map<String, Value>,
}

impl Proof {
    /// The claims of a token that was verified before; none when they are no object.
    pub(super) fn of(token: &CoreIdToken) -> Option<Proof> {
        let text = token.to_string();
        let payload = URL_SAFE_NO_PAD.decode(text.split('.').nth(1)?).ok()?;
        let claims = serde_json::from_slice(&payload).ok()?;
        Some(Proof { claims })
    }

    /// What the library leaves to us: for whom the token was made, and from when on it counts.
    pub(super) fn check(&self, client_id: &str, latest: Instant) -> Result<(), Refusal> {
        let party = self.claims.get("azp");
        if party.is_some_and(|party| party.as_str() != Some(client_id)) {
            return Err(Refusal::new(Why::Audience, "azp names another client"));
        }
        let from = self.claims.get("nbf").and_then(Value::as_i64);
        if from.is_some_and(|from| from > latest.timestamp()) {
            return Err(Refusal::new(Why::Clock, "nbf lies ahead"));
        }
        match self.subject().is_empty() {
            true => Err(Refusal::new(Why::Subject, "no subject")),
            false => Ok(()),
        }
    }

    pub fn subject(&self) -> &str {
        self.text("sub").unwrap_or_default()
    }

    /// Adds claims the token does not have; those it has win.
    pub(super) fn add(&mut self, said: &UserInfo) -> Result<(), Refusal> {
        if said.subject().as_str() != self.subject() {
            return Err(Refusal::new(
                Why::Subject,
                "userinfo speaks of another subject",
            ));
        }
        if let Ok(Value::Object(more)) = serde_json::to_value(said) {
            for (name, value) in more {
                self.claims.entry(name).or_insert(value);
            }
        }
        Ok(())
    }

    fn text(&self, name: &str) -> Option<&str> {
        let text = self.claims.get(name)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// Some providers write truth as a text or a number.
    fn holds(&self, name: &str) -> bool {
        match self.claims.get(name) {
            Some(Value::Bool(holds)) => *holds,
            Some(Value::String(text)) => matches!(text.as_str(), "true" | "1"),
            Some(Value::Number(number)) => number.as_u64() == Some(1),
            _ => false,
        }
    }

    /// All of it, for rules.
    pub fn all(&self) -> &Map<String, Value> {
        &self.claims
    }

    /// What the model needs to know.
    pub fn claims(&self) -> Claims {
        let full = match (self.text("given_name"), self.text("family_name")) {
            (Some(given), Some(family)) => Some(format!("{given} {family}")),
            _ => None,
        };
        let name = self.text("name").map(str::to_owned).or(full);
        Claims {
            subject: self.subject().to_owned(),
            email: self.text("email").map(str::to_owned),
            // Entra ID says it in a claim of its own.
            email_verified: self.holds("email_verified") || self.holds("xms_edov"),
            name: name.or_else(|| self.text("preferred_username").map(str::to_owned)),
        }
    }
}

/// The same of claims that somebody pasted and nobody has proven.
pub fn claims_of(claims: &Map<String, Value>) -> Claims {
    let claims = claims.clone();
    Proof { claims }.claims()
}

/// What it means that a provider does not say more when asked.
pub(super) fn refusal(error: UserInfoError<FetchError>) -> Refusal {
    match error {
        UserInfoError::Request(error) => away(&error),
        UserInfoError::Response(status, _, _) => {
            let why = match status.is_server_error() {
                true => Why::Away,
                false => Why::Answer,
            };
            Refusal::new(why, format!("userinfo answers {status}"))
        }
        UserInfoError::ClaimsVerification(_) => Refusal::new(Why::Subject, "userinfo"),
        _ => Refusal::new(Why::Answer, "userinfo cannot be read"),
    }
}

/// A word of another server, cut to what such a word is made of.
pub fn word(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
        .take(60)
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    fn proof(claims: Value) -> Proof {
        let Value::Object(claims) = claims else {
            panic!()
        };
        Proof { claims }
    }

    #[test]
    fn a_name_is_found_wherever_it_stands() {
        let name = |claims| proof(claims).claims().name;
        assert_eq!(
            name(json!({"name": " Annika Brandt "})).unwrap(),
            "Annika Brandt"
        );
        let parts = json!({"given_name": "Annika", "family_name": "Brandt"});
        assert_eq!(name(parts).unwrap(), "Annika Brandt");
        assert_eq!(
            name(json!({"preferred_username": "brandt"})).unwrap(),
            "brandt"
        );
        assert_eq!(name(json!({"name": 7})), None);
    }

    #[test]
    fn only_a_provider_that_says_so_has_verified_an_address() {
        let verified = |claims| proof(claims).claims().email_verified;
        assert!(verified(json!({"email_verified": true})));
        assert!(verified(json!({"email_verified": "true"})) && verified(json!({"xms_edov": 1})));
        assert!(!verified(json!({})) && !verified(json!({"email_verified": "no"})));
    }

    #[test]
    fn a_token_for_another_party_or_from_the_future_proves_nothing() {
        let now = entities::Clock::default().now();
        let check = |claims| proof(claims).check("lotse", now).map_err(|r| r.why);
        assert_eq!(check(json!({"sub": "1"})), Ok(()));
        assert_eq!(
            check(json!({"sub": "1", "azp": "other"})),
            Err(Why::Audience)
        );
        let later = now.timestamp() + 60;
        assert_eq!(check(json!({"sub": "1", "nbf": later})), Err(Why::Clock));
        assert_eq!(check(json!({})), Err(Why::Subject));
    }
}
