//! What can be set about an identity provider, and how that becomes its row.

use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

use super::{Entity, Model};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::Batch;
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// What is asked for unless an administrator says otherwise.
pub const STANDARD_SCOPES: &str = "email profile";

/// The content of a provider's form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProviderFacts {
    /// Unique.
    pub name: String,
    pub issuer: String,
    pub client_id: String,
    /// Made by [`crate::secret::seal`].
    pub sealed_secret: Option<String>,
    pub domains: Vec<String>,
    pub scopes: String,
    pub match_email: bool,
    pub create_people: bool,
}

impl Facts for ProviderFacts {
    fn checked(self) -> Result<Self, Rejected> {
        let mut domains: Vec<String> = self.domains.iter().map(|d| domain(d)).collect();
        domains.retain(|domain| !domain.is_empty());
        domains.sort_unstable();
        domains.dedup();
        // Whoever speaks for no domain could name anybody's address.
        if self.match_email && domains.is_empty() {
            return Err(Rejected::DomainMissing);
        }
        let scopes: Vec<&str> = self.scopes.split_whitespace().collect();
        Ok(ProviderFacts {
            name: setting::name(&self.name)?,
            issuer: setting::name(&self.issuer)?,
            client_id: setting::name(&self.client_id)?,
            sealed_secret: self.sealed_secret,
            domains,
            scopes: scopes.join(" "),
            match_email: self.match_email,
            create_people: self.create_people,
        })
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("name", &self.name),
            Field::open("issuer", &self.issuer),
            Field::open("client_id", &self.client_id),
            Field::private("client_secret", &self.sealed_secret),
            Field::open("domains", &self.domains),
            Field::open("scopes", &self.scopes),
            Field::open("match_email", self.match_email),
            Field::open("create_people", self.create_people),
        ]
    }
}

fn domain(text: &str) -> String {
    text.trim().trim_start_matches('@').to_lowercase()
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = ProviderFacts;

    const KIND: SubjectKind = SubjectKind::IdentityProvider;

    /// Whoever names who vouches for people can become anybody.
    const MANAGE: Permission = Permission::ManageRoles;

    fn id(&self) -> Uuid {
        self.id
    }

    fn retired_at(&mut self) -> &mut Option<Instant> {
        &mut self.retired_at
    }

    fn is_retired(&self) -> bool {
        self.retired_at.is_some()
    }

    fn blank(id: Uuid, now: Instant) -> Self {
        Model {
            id,
            name: String::new(),
            issuer: String::new(),
            client_id: String::new(),
            client_secret: None,
            domains: "[]".to_owned(),
            scopes: String::new(),
            match_email: false,
            create_people: false,
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> ProviderFacts {
        ProviderFacts {
            name: self.name.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            sealed_secret: self.client_secret.clone(),
            domains: self.domains(),
            scopes: self.scopes.clone(),
            match_email: self.match_email,
            create_people: self.create_people,
        }
    }

    fn take(&mut self, facts: &ProviderFacts) {
        self.name.clone_from(&facts.name);
        self.issuer.clone_from(&facts.issuer);
        self.client_id.clone_from(&facts.client_id);
        self.client_secret.clone_from(&facts.sealed_secret);
        self.domains = json!(facts.domains).to_string();
        self.scopes.clone_from(&facts.scopes);
        self.match_email = facts.match_email;
        self.create_people = facts.create_people;
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, _: &[SettingEvent<ProviderFacts>], batch: &mut Batch) {
        batch.providers.push(self.clone());
    }
}
