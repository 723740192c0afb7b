//! Whom a provider means: its word for somebody, tied to a person of ours.

pub mod arrive;

mod link;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, Statement};

pub use Model as Identity;
pub use arrive::{Arrival, Claims, arrive, expect};
pub use link::{CreateLinked, Link, Told, Unlink};

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};

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

/// What a provider calls somebody, with the provider's own name.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct OfPerson {
    pub id: Uuid,
    pub provider_id: Uuid,
    pub provider: String,
    pub issuer: String,
    pub subject: String,
    pub linked_at: Instant,
    /// Whether nobody comes in by that provider any more.
    pub is_retired: bool,
}

/// By whom a person is known, the first first.
///
/// # Errors
/// `Forbidden` for those who may not manage roles.
pub async fn of(db: &Db, actor: &Actor, person_id: Uuid) -> Result<Vec<OfPerson>> {
    policy::require(actor, Permission::ManageRoles, Place::Desk)?;
    let sql = "SELECT i.id, i.provider_id, v.name AS provider, i.issuer, i.subject, i.linked_at, \
               v.retired_at IS NOT NULL AS is_retired FROM identity i JOIN identity_provider v ON v.id = i.provider_id \
               WHERE i.person_id = $1 ORDER BY i.linked_at, i.id";
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let statement = Statement::from_sql_and_values(backend, sql, [person_id.into()]);
    Ok(OfPerson::find_by_statement(statement)
        .all(db.reader())
        .await?)
}

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
