//! Providers that a desk trusts, and people who come in by them.

use entities::Uuid;
use entities::claim_rule::{ClaimRule, ClaimRuleFacts, Gift, Gives, Operator};
use entities::provider::{Provider as Trusted, ProviderFacts, STANDARD_SCOPES};
use entities::secret;

use super::{Client, Page, TestDesk};
use crate::provider::{CLIENT, Does, Provider, SECRET};

/// What became of a try, as it is noted.
#[derive(Debug, sea_orm::FromQueryResult)]
pub struct Try {
    pub outcome: String,
    pub detail: String,
    pub person_id: Option<Uuid>,
}

impl TestDesk {
    /// A desk that may speak to providers on this machine.
    pub async fn beside_providers() -> TestDesk {
        Self::with(&[("LOTSE_SIGN_IN_INTERNAL_HOSTS", "127.0.0.1")]).await
    }

    /// Names a provider that there is not, and what the desk would be called there.
    pub async fn trust_nobody(&self, name: &str, client: &str) -> Uuid {
        let facts = ProviderFacts {
            name: name.to_owned(),
            issuer: "https://login.invalid".to_owned(),
            client_id: client.to_owned(),
            ..ProviderFacts::default()
        };
        self.create::<Trusted>(facts).await
    }

    /// Trusts a provider that speaks for the desk's own domain, as far as `set` says.
    pub async fn trust(
        &self,
        provider: &Provider,
        name: &str,
        set: impl FnOnce(&mut ProviderFacts),
    ) -> Uuid {
        let mut facts = ProviderFacts {
            name: name.to_owned(),
            issuer: provider.issuer(),
            client_id: CLIENT.to_owned(),
            sealed_secret: Some(secret::seal(self.db.key(), SECRET)),
            domains: vec!["desk.example".to_owned()],
            scopes: STANDARD_SCOPES.to_owned(),
            match_email: true,
            create_people: false,
        };
        set(&mut facts);
        self.create::<Trusted>(facts).await
    }

    /// A rule that puts whoever has this value at this place into a team.
    pub async fn claim_rule(&self, provider: Uuid, path: &str, value: &str, team: Uuid) -> Uuid {
        self.gives(provider, path, value, Gives::Team, team).await
    }

    /// A rule that gives something to whoever has this value at this place.
    pub async fn gives(
        &self,
        provider_id: Uuid,
        path: &str,
        value: &str,
        gives: Gives,
        id: Uuid,
    ) -> Uuid {
        let facts = ClaimRuleFacts {
            name: format!("{path} {value} {gives:?}"),
            provider_id,
            path: path.to_owned(),
            operator: Operator::Is,
            value: value.to_owned(),
            gift: Gift { gives, id },
        };
        self.create::<ClaimRule>(facts).await
    }

    /// The tries so far, the first one first.
    pub async fn tries(&self) -> Vec<Try> {
        let sql = "SELECT outcome, detail, person_id FROM sign_in_entry ORDER BY at, id";
        self.database().rows(sql, vec![]).await
    }
}

impl Client {
    /// Goes to a provider, does something there, and comes back; what the desk answers then.
    pub async fn sign_in_by(&self, provider: &Provider, id: Uuid, does: Does<'_>) -> Page {
        let back = self.walk_to(provider, id, does).await;
        self.get(&back).await
    }

    /// The same as far as the way back.
    pub async fn walk_to(&self, provider: &Provider, id: Uuid, does: Does<'_>) -> String {
        let page = self.get(&format!("/sign-in/with/{id}")).await;
        assert_eq!(page.status, 303, "{}", page.describe());
        provider.walk(&page.location().unwrap(), does).await
    }
}
