//! An identity provider: who vouches for people by OpenID Connect, and how far it is believed.

pub mod list;

mod facts;

use sea_orm::entity::prelude::*;

pub use Model as Provider;
pub use facts::{ProviderFacts, STANDARD_SCOPES};
pub use list::{active, find, in_use, list};

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_provider")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unique; it stands on the button.
    pub name: String,
    /// The address whose discovery document is read; tokens must name exactly it.
    pub issuer: String,
    pub client_id: String,
    /// Sealed by [`crate::secret`]; none for a public client.
    pub client_secret: Option<String>,
    /// JSON array of mail domains, lower case.
    pub domains: String,
    /// What is asked for beside `openid`, with blanks between.
    pub scopes: String,
    /// Whether a person is found by an address that the provider calls verified.
    pub match_email: bool,
    /// Whether somebody unknown becomes a person.
    pub create_people: bool,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The mail domains it speaks for; none when the stored form is damaged.
    pub fn domains(&self) -> Vec<String> {
        serde_json::from_str(&self.domains).unwrap_or_default()
    }

    /// Whether it speaks for the domain of this address: exactly, so that nobody speaks for a neighbour's.
    pub fn speaks_for(&self, address: &str) -> bool {
        let address = crate::text::address(address);
        let domain = address.rsplit_once('@').map(|(_, domain)| domain);
        domain.is_some_and(|domain| self.domains().iter().any(|own| own == domain))
    }
}
