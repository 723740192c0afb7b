//! Whom a provider means: its word for somebody, tied to a person of ours.

pub mod arrive;

mod link;

use sea_orm::entity::prelude::*;

pub use Model as Identity;
pub use arrive::{Arrival, Claims, arrive, expect};
pub use link::{CreateLinked, Link, Told, Unlink};

use crate::db::Db;
use crate::error::Result;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub provider_id: Uuid,
    /// Who says so; unique together with the subject.
    pub issuer: String,
    /// The provider's own word for the person. It never changes and is given to nobody else.
    pub subject: String,
    pub person_id: Uuid,
    /// Salt of the digest in the history.
    pub salt: Vec<u8>,
    pub linked_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The person a provider means by a subject.
pub async fn person_of(db: &Db, issuer: &str, subject: &str) -> Result<Option<Uuid>> {
    Ok(known(db, issuer, subject).await?.map(|i| i.person_id))
}

/// Whom a provider means by a subject.
pub(crate) async fn known(db: &Db, issuer: &str, subject: &str) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.issuer.eq(issuer))
        .filter(COLUMN.subject.eq(subject))
        .one(db.reader())
        .await?)
}
