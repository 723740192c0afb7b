//! A logout token: a provider's word, sent by itself, that a session of its has ended.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entities::Instant;
use entities::provider::Provider;
use openidconnect::JsonWebKey as _;
use openidconnect::core::{CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::SignOn;
use super::client::{ALGORITHMS, OLDEST, SKEW};
use super::refusal::{Refusal, Why};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// The most characters of a token.
const MOST_CHARS: usize = 20_000;

/// Who has left, as the provider calls them.
#[derive(Clone, Debug)]
pub struct Left {
    pub sid: Option<String>,
    pub subject: Option<String>,
    /// Given once; the same token ends nothing twice.
    pub jti: String,
}

#[derive(Deserialize)]
struct Header {
    alg: CoreJwsSigningAlgorithm,
    kid: Option<String>,
    typ: Option<String>,
}

/// A token before its signature was looked at.
pub struct Unproven {
    header: Header,
    signed: String,
    signature: Vec<u8>,
    claims: Map<String, Value>,
}

impl Unproven {
    /// None when it is no token at all.
    pub fn read(token: &str) -> Option<Unproven> {
        if token.len() > MOST_CHARS {
            return None;
        }
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
        Some(Unproven {
            header: serde_json::from_slice(&decode(header)?).ok()?,
            claims: serde_json::from_slice(&decode(claims)?).ok()?,
            signature: decode(signature)?,
            signed: signed.to_owned(),
        })
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }

    /// Whether it claims to come from this provider; only its keys are asked then.
    pub fn names(&self, provider: &Provider) -> bool {
        self.text("iss") == Some(&provider.issuer) && self.is_for(&provider.client_id)
    }

    fn is_for(&self, client_id: &str) -> bool {
        match self.claims.get("aud") {
            Some(Value::String(audience)) => audience == client_id,
            Some(Value::Array(all)) => all.iter().any(|one| one.as_str() == Some(client_id)),
            _ => false,
        }
    }

    fn is_signed_by(&self, keys: &CoreJsonWebKeySet) -> bool {
        let fits =
            |key: &&openidconnect::core::CoreJsonWebKey| match (&self.header.kid, key.key_id()) {
                (Some(wanted), Some(id)) => id.as_str() == wanted,
                _ => true,
            };
        let message = self.signed.as_bytes();
        keys.keys().iter().filter(fits).any(|key| {
            key.verify_signature(&self.header.alg, message, &self.signature)
                .is_ok()
        })
    }

    fn left(&self, now: Instant) -> Result<Left, Refusal> {
        let wrong = |words: &str| Err(Refusal::new(Why::Answer, words));
        let typ = self.header.typ.as_deref().unwrap_or("JWT").to_lowercase();
        if !matches!(typ.trim_start_matches("application/"), "jwt" | "logout+jwt") {
            return wrong("not a logout token");
        }
        let event = self
            .claims
            .get("events")
            .and_then(|events| events.get(EVENT));
        // With a nonce it would be an ID token in disguise.
        if !event.is_some_and(Value::is_object) || self.claims.contains_key("nonce") {
            return wrong("not a logout token");
        }
        let at = |name: &str| self.claims.get(name).and_then(Value::as_i64);
        let issued = at("iat").unwrap_or_default();
        if issued > (now + SKEW).timestamp() || issued < (now - SKEW - OLDEST).timestamp() {
            return Err(Refusal::new(Why::Clock, "issued at another time"));
        }
        if at("exp").is_some_and(|end| end <= (now - SKEW).timestamp()) {
            return Err(Why::Expired.into());
        }
        let owned = |name| self.text(name).map(str::to_owned);
        let left = Left {
            sid: owned("sid"),
            subject: owned("sub"),
            jti: owned("jti").unwrap_or_default(),
        };
        match left.jti.is_empty() || (left.sid.is_none() && left.subject.is_none()) {
            true => wrong("names nobody"),
            false => Ok(left),
        }
    }
}

/// Who has left, when the provider has signed that. Keys that do not fit are fetched anew, once.
pub async fn prove(
    sign_on: &SignOn,
    provider: &Provider,
    token: &Unproven,
    now: Instant,
) -> Result<Left, Refusal> {
    if !ALGORITHMS.contains(&token.header.alg) {
        return Err(Why::Unsigned.into());
    }
    let known = sign_on.known(provider, now).await?;
    let mut signed = token.is_signed_by(known.metadata.jwks());
    if !signed {
        let newer = sign_on
            .memory
            .with_new_keys(&sign_on.fetch, &provider.issuer, &known, now)
            .await?;
        signed = newer.is_some_and(|known| token.is_signed_by(known.metadata.jwks()));
    }
    match signed {
        true => token.left(now),
        false => Err(Why::Signature.into()),
    }
}
