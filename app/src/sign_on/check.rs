//! Asks a provider everything a sign-in will ask, and says in plain lines what fits and what does not.

use entities::Db;
use entities::provider::Provider;
use openidconnect::core::CoreResponseType;

use super::client::{ALGORITHMS, Brought};
use super::discovery::Known;
use super::refusal::{Refusal, Why};
use super::{SignOn, client};
use crate::config::Config;
use crate::locale::Locale;
use crate::web::parts::Tone;

/// One line of what was found.
pub struct Finding {
    pub tone: Tone,
    pub words: String,
    /// The provider's or the network's own words.
    pub detail: String,
}

/// Where the findings are told.
struct Told<'a> {
    locale: Locale,
    all: &'a mut Vec<Finding>,
}

impl Told<'_> {
    fn add(&mut self, tone: Tone, key: &str, detail: impl Into<String>) {
        self.all.push(Finding {
            tone,
            words: self.locale.t(key),
            detail: detail.into(),
        });
    }

    fn either(&mut self, holds: bool, good: &str, otherwise: (Tone, &str)) {
        match holds {
            true => self.add(Tone::Ok, good, ""),
            false => self.add(otherwise.0, otherwise.1, ""),
        }
    }
}

/// What a provider says now, whatever was kept of it.
pub async fn check(
    sign_on: &SignOn,
    db: &Db,
    config: &Config,
    provider: &Provider,
    locale: Locale,
) -> Vec<Finding> {
    let mut all = Vec::new();
    let mut told = Told {
        locale,
        all: &mut all,
    };
    sign_on.memory.forget(&provider.issuer).await;
    match sign_on.known(provider, db.clock().now()).await {
        Err(refusal) => told.add(Tone::Error, unreachable(refusal.why), refusal.detail),
        Ok(known) => {
            told.add(Tone::Ok, "provider-check-found", provider.issuer.as_str());
            abilities(&mut told, &known, provider);
            secret(&mut told, sign_on, db, config, provider, &known).await;
        }
    }
    told.either(
        config.is_https(),
        "provider-check-https",
        (Tone::Warn, "provider-check-no-https"),
    );
    told.either(
        provider.match_email || provider.create_people,
        "provider-check-people",
        (Tone::Warn, "provider-check-nobody"),
    );
    all
}

fn unreachable(why: Why) -> &'static str {
    match why {
        Why::Address => "provider-check-address",
        Why::Away => "provider-check-away",
        Why::Issuer => "provider-check-issuer",
        _ => "provider-check-answer",
    }
}

/// What the discovery document promises.
fn abilities(told: &mut Told<'_>, known: &Known, provider: &Provider) {
    let metadata = &known.metadata;
    let kinds = metadata.response_types_supported();
    let code = kinds.iter().any(|kind| **kind == [CoreResponseType::Code]);
    told.either(
        code,
        "provider-check-code",
        (Tone::Error, "provider-check-no-code"),
    );
    let keys = !metadata.jwks().keys().is_empty();
    let signed = metadata
        .id_token_signing_alg_values_supported()
        .iter()
        .any(|algorithm| ALGORITHMS.contains(algorithm));
    told.either(
        keys && signed,
        "provider-check-keys",
        (Tone::Error, "provider-check-no-keys"),
    );
    let challenge = known.extra().code_challenge_methods_supported.as_ref();
    let pkce = challenge.is_some_and(|ways| ways.iter().any(|way| way == "S256"));
    told.either(
        pkce,
        "provider-check-pkce",
        (Tone::Warn, "provider-check-no-pkce"),
    );
    if let Some(offered) = metadata.scopes_supported() {
        let missing: Vec<&str> = provider
            .scopes
            .split_whitespace()
            .filter(|scope| !offered.iter().any(|offered| offered.as_str() == *scope))
            .collect();
        if !missing.is_empty() {
            told.add(Tone::Warn, "provider-check-scopes", missing.join(" "));
        }
    }
}

/// A code nobody gave out is refused for itself by a provider that knows us, and for us by one that does not.
async fn secret(
    told: &mut Told<'_>,
    sign_on: &SignOn,
    db: &Db,
    config: &Config,
    provider: &Provider,
    known: &Known,
) {
    let brought = Brought {
        code: "a-code-that-nobody-gave-out",
        nonce: "",
        verifier: "a-verifier-that-belongs-to-no-challenge-at-all",
    };
    let answer = match client(provider, db.key(), config) {
        Ok(client) => client.redeem(&sign_on.fetch, known, &brought).await,
        Err(refusal) => Err(refusal),
    };
    match answer {
        Err(Refusal { why: Why::Code, .. }) => told.add(Tone::Ok, "provider-check-client", ""),
        Err(Refusal {
            why: Why::Client,
            detail,
        }) => told.add(Tone::Error, "provider-check-secret", detail),
        Err(refusal) => told.add(Tone::Warn, "provider-check-unclear", refusal.detail),
        Ok(_) => told.add(Tone::Error, "provider-check-unclear", ""),
    }
}
