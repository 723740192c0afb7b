//! What a provider says of itself: its discovery document and its keys, kept for an hour and fetched anew when a key is missing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::Duration;
use entities::Instant;
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType,
    CoreJsonWebKey, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{
    AdditionalProviderMetadata, DiscoveryError, IssuerUrl, JsonWebKeySet, LogoutProviderMetadata,
    ProviderMetadata,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex as AsyncMutex;

use super::refusal::{Refusal, Why};
use crate::fetch::{Fetch, FetchError};

/// How long what a provider said is believed.
const FRESH: Duration = Duration::hours(1);
/// Keys that do not fit are fetched again, but not faster than this.
const AGAIN_AFTER: Duration = Duration::seconds(10);
/// The most issuers whose words are kept; there are as many as administrators set.
const MOST_ISSUERS: usize = 64;

/// What matters beside what every provider says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Extra {
    pub code_challenge_methods_supported: Option<Vec<String>>,
    /// Whether each answer names its issuer (RFC 9207).
    pub authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Extra {}

/// The discovery document with the keys.
pub type Metadata = ProviderMetadata<
    LogoutProviderMetadata<Extra>,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What one provider said, and when.
#[derive(Debug)]
pub struct Known {
    pub metadata: Metadata,
    said_at: Instant,
    keys_at: Instant,
}

impl Known {
    pub fn extra(&self) -> &Extra {
        &self.metadata.additional_metadata().additional_metadata
    }
}

/// One at a time for each issuer, so that a slow one is asked once and holds up nobody else.
type Place = Arc<AsyncMutex<Option<Arc<Known>>>>;

/// What providers said.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<HashMap<String, Place>>>);

impl Memory {
    fn place(&self, issuer: &str) -> Place {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if places.len() >= MOST_ISSUERS && !places.contains_key(issuer) {
            places.clear();
        }
        places.entry(issuer.to_owned()).or_default().clone()
    }

    /// What the provider of an issuer says, kept or newly asked.
    pub async fn known(
        &self,
        fetch: &Fetch,
        issuer: &str,
        now: Instant,
    ) -> Result<Arc<Known>, Refusal> {
        let place = self.place(issuer);
        let mut kept = place.lock().await;
        if let Some(known) = kept.as_ref()
            && (known.said_at..known.said_at + FRESH).contains(&now)
        {
            return Ok(known.clone());
        }
        let known = Arc::new(discover(fetch, issuer, now).await?);
        *kept = Some(known.clone());
        Ok(known)
    }

    /// The same with keys fetched after those of `before`; none when they were fetched just now.
    pub async fn with_new_keys(
        &self,
        fetch: &Fetch,
        issuer: &str,
        before: &Known,
        now: Instant,
    ) -> Result<Option<Arc<Known>>, Refusal> {
        let place = self.place(issuer);
        let mut kept = place.lock().await;
        if let Some(known) = kept.as_ref()
            && known.keys_at > before.keys_at
        {
            return Ok(Some(known.clone()));
        }
        let again = before.keys_at != before.said_at && now < before.keys_at + AGAIN_AFTER;
        if again {
            return Ok(None);
        }
        let keys = keys(fetch, before.metadata.jwks_uri()).await?;
        let known = Arc::new(Known {
            metadata: before.metadata.clone().set_jwks(keys),
            said_at: before.said_at,
            // Later than before, even within one tick of the clock.
            keys_at: now.max(before.keys_at + Duration::microseconds(1)),
        });
        *kept = Some(known.clone());
        Ok(Some(known))
    }

    /// Forgets what a provider said, for an administrator who wants to see what it says now.
    pub async fn forget(&self, issuer: &str) {
        *self.place(issuer).lock().await = None;
    }
}

/// Asks a provider what it says of itself.
async fn discover(fetch: &Fetch, issuer: &str, now: Instant) -> Result<Known, Refusal> {
    let url = IssuerUrl::new(issuer.to_owned()).map_err(|e| Refusal::new(Why::Address, e))?;
    let metadata = Metadata::discover_async(url, fetch)
        .await
        .map_err(refusal)?;
    // The browser is sent there, so it is asked like what we fetch ourselves.
    fetch
        .may(metadata.authorization_endpoint().url())
        .map_err(|e| away(&e))?;
    Ok(Known {
        metadata,
        said_at: now,
        keys_at: now,
    })
}

async fn keys(
    fetch: &Fetch,
    url: &openidconnect::JsonWebKeySetUrl,
) -> Result<CoreJsonWebKeySet, Refusal> {
    JsonWebKeySet::fetch_async(url, fetch)
        .await
        .map_err(refusal)
}

/// What a fetch that failed means.
pub fn away(error: &FetchError) -> Refusal {
    let why = match error {
        FetchError::Address(_) | FetchError::Private(_) => Why::Address,
        FetchError::Redirect | FetchError::TooLarge => Why::Answer,
        FetchError::Away(_) => Why::Away,
    };
    Refusal::new(why, error)
}

fn refusal(error: DiscoveryError<FetchError>) -> Refusal {
    match error {
        DiscoveryError::Request(error) => away(&error),
        // Bodies stay out of it: they may be anything.
        DiscoveryError::Response(status, _, words) if status.is_server_error() => {
            Refusal::new(Why::Away, words)
        }
        DiscoveryError::Response(_, _, words) => Refusal::new(Why::Answer, words),
        DiscoveryError::Validation(words) => Refusal::new(Why::Issuer, words),
        DiscoveryError::Parse(error) => Refusal::new(Why::Answer, error),
        other => Refusal::new(Why::Answer, other),
    }
}
