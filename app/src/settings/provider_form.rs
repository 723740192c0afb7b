//! The fields of an identity provider's form, and the facts they stand for.

use entities::provider::{Provider, ProviderFacts, STANDARD_SCOPES};
use entities::secret;
use entities::setting::Noun as _;
use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::form;
use crate::web::cx::Cx;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ProviderForm {
    #[validate(custom(function = "form::needed"))]
    pub name: String,
    #[validate(custom(function = "issuer"))]
    pub issuer: String,
    #[validate(custom(function = "form::needed"))]
    pub client_id: String,
    pub client_secret: String,
    #[validate(custom(function = "domains"))]
    pub domains: String,
    #[validate(custom(function = "form::line"))]
    pub scopes: String,
    pub match_email: String,
    pub create_people: String,
    /// Whether one is stored; the form never holds it.
    pub has_secret: String,
    pub once: Option<String>,
}

impl ProviderForm {
    /// Fields that can have faults, as they follow on the page.
    pub const ORDER: &'static [&'static str] =
        &["name", "issuer", "client_id", "domains", "scopes"];

    pub fn blank() -> Self {
        ProviderForm {
            scopes: STANDARD_SCOPES.to_owned(),
            ..ProviderForm::default()
        }
    }

    pub fn of(provider: &Provider) -> Self {
        let facts = provider.facts();
        let tick = |on: bool| if on { "1" } else { "" }.to_owned();
        ProviderForm {
            name: facts.name,
            issuer: facts.issuer,
            client_id: facts.client_id,
            client_secret: String::new(),
            domains: facts.domains.join(", "),
            scopes: facts.scopes,
            match_email: tick(facts.match_email),
            create_people: tick(facts.create_people),
            has_secret: tick(facts.sealed_secret.is_some()),
            once: None,
        }
    }

    /// The facts; to be asked after the form was found without faults.
    pub fn facts(&self, cx: &Cx, before: Option<&Provider>) -> ProviderFacts {
        ProviderFacts {
            name: self.name.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            sealed_secret: self.sealed(cx, before),
            domains: split(&self.domains).map(str::to_owned).collect(),
            scopes: self.scopes.clone(),
            match_email: !self.match_email.is_empty(),
            create_people: !self.create_people.is_empty(),
        }
    }

    /// The typed secret sealed; an empty field keeps the one there is, unless it belongs to somebody else now:
    /// a secret must not be sent to a provider it was not typed for.
    fn sealed(&self, cx: &Cx, before: Option<&Provider>) -> Option<String> {
        if !self.client_secret.is_empty() {
            return Some(secret::seal(cx.db.key(), self.client_secret.trim()));
        }
        let before = before?;
        let same = before.issuer == self.issuer.trim() && before.client_id == self.client_id.trim();
        before.client_secret.clone().filter(|_| same)
    }
}

/// Domains as people separate them.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', ' ', '\n', '\r', '\t'])
        .filter(|part| !part.is_empty())
}

fn domains(text: &str) -> Result<(), ValidationError> {
    split(text).try_for_each(form::domain)
}

/// The address of a provider, written exactly as it names itself.
fn issuer(text: &str) -> Result<(), ValidationError> {
    form::needed(text)?;
    let url = reqwest::Url::parse(text.trim()).ok().filter(|url| {
        matches!(url.scheme(), "https" | "http")
            && url.has_host()
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
    });
    url.map(|_| ())
        .ok_or_else(|| ValidationError::new("provider-fault-issuer"))
}
