//! Signing in by somebody who vouches for people: OpenID Connect, as its client.

pub mod check;
pub mod client;
pub mod discovery;
pub mod flow;
pub mod logout;
pub mod refusal;
pub mod vouching;

mod proof;

use std::sync::Arc;

use entities::Instant;
use entities::history::Key;
use entities::provider::Provider;

use openidconnect::core::{CoreIdToken, CoreTokenResponse};
use openidconnect::{ClientId, LogoutRequest, PostLogoutRedirectUrl};

use crate::config::Config;
use crate::fetch::Fetch;
use client::{Brought, Client, wants_keys};
use discovery::{Known, Memory};
pub use proof::{Proof, claims_of, word};
use refusal::{Refusal, Why};
use vouching::Tokens;

/// What signing in by providers needs while the desk runs; cheap to clone.
#[derive(Clone, Debug)]
pub struct SignOn {
    fetch: Fetch,
    memory: Memory,
}

impl SignOn {
    pub fn new(config: &Config) -> anyhow::Result<SignOn> {
        let settings = &config.sign_in;
        Ok(SignOn {
            fetch: Fetch::new(
                "sign_in",
                &settings.internal_hosts,
                settings.ca_file.as_deref(),
            )?,
            memory: Memory::default(),
        })
    }

    /// What a provider says of itself, kept or newly asked.
    pub async fn known(&self, provider: &Provider, now: Instant) -> Result<Arc<Known>, Refusal> {
        self.memory.known(&self.fetch, &provider.issuer, now).await
    }

    /// What a provider proves of whoever brought a code. Keys that do not fit are fetched anew, once.
    pub async fn prove(
        &self,
        provider: &Provider,
        client: &Client<'_>,
        brought: &Brought<'_>,
        now: impl Fn() -> Instant,
    ) -> Result<(Proof, Tokens), Refusal> {
        let fetch = &self.fetch;
        let mut known = self.known(provider, now()).await?;
        let tokens = client.redeem(fetch, &known, brought).await?;
        let mut proof = client.verify(&known, &tokens, brought.nonce, now());
        if proof.as_ref().is_err_and(wants_keys) {
            let newer = self
                .memory
                .with_new_keys(fetch, &provider.issuer, &known, now())
                .await?;
            if let Some(newer) = newer {
                known = newer;
                proof = client.verify(&known, &tokens, brought.nonce, now());
            }
        }
        let mut proof = proof?;
        client.complete(fetch, &known, &tokens, &mut proof).await?;
        Ok((proof, Tokens::of(&tokens, None)))
    }

    /// Whether a provider still vouches, asked with what it gave for that.
    pub async fn ask_again(
        &self,
        provider: &Provider,
        client: &Client<'_>,
        refresh: &str,
        now: Instant,
    ) -> Result<CoreTokenResponse, Refusal> {
        let known = self.known(provider, now).await?;
        client.refresh(&self.fetch, &known, refresh).await
    }

    /// Where a browser ends its session at the provider; none when there is no such place.
    pub fn end_session(
        &self,
        known: &Known,
        provider: &Provider,
        id_token: Option<&str>,
        back: String,
    ) -> Option<String> {
        let place = known
            .metadata
            .additional_metadata()
            .end_session_endpoint
            .clone()?;
        self.fetch.may(place.url()).ok()?;
        let mut request = LogoutRequest::from(place)
            .set_client_id(ClientId::new(provider.client_id.clone()))
            .set_post_logout_redirect_uri(PostLogoutRedirectUrl::new(back).ok()?);
        if let Some(token) = id_token.and_then(|token| token.parse::<CoreIdToken>().ok()) {
            request = request.set_id_token_hint(&token);
        }
        Some(request.http_get_url().to_string())
    }
}

/// Where providers send people back to; every one of them must be told.
pub fn redirect_url(config: &Config) -> String {
    format!("{}{}", config.public_url, crate::web::url::sign_in_back())
}

/// The desk as this provider knows it.
pub fn client<'a>(
    provider: &'a Provider,
    key: &Key,
    config: &Config,
) -> Result<Client<'a>, Refusal> {
    Client::new(provider, key, redirect_url(config))
}

/// Whether an answer names the provider that was asked, when it names any (RFC 9207).
pub fn from_issuer(known: &Known, provider: &Provider, named: &str) -> Result<(), Refusal> {
    let must = known.extra().authorization_response_iss_parameter_supported;
    match (named.is_empty(), must) {
        (true, false) => Ok(()),
        (false, _) if named == provider.issuer => Ok(()),
        _ => Err(Refusal::new(Why::Issuer, "the answer names another issuer")),
    }
}
