//! Passkeys of persons: a device proves itself and whoever holds it, in place of a password.

mod commands;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

pub use commands::{AddPasskey, RemoveOwnPasskey, RemovePasskey};

use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::person;
use crate::policy::{self, Permission, Place};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// What its owner calls it.
    pub name: String,
    pub credential_id: Vec<u8>,
    /// The public key and what belongs to it; the caller's to read.
    pub credential: String,
    pub created_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// A person's passkeys, the oldest first; their own, or for those who may manage roles.
///
/// # Errors
/// `Forbidden` for others.
pub async fn of(db: &Db, actor: &Actor, person_id: Uuid) -> Result<Vec<Model>> {
    policy::require(actor, Permission::ManageRoles, Place::Account { person_id })?;
    Ok(Entity::find()
        .filter(COLUMN.person_id.eq(person_id))
        .order_by_asc(Column::CreatedAt)
        .all(db.reader())
        .await?)
}

/// The passkey that a device names, if its owner may sign in by a password as well: whom a provider lets in is for it to say.
pub async fn at_the_door(db: &Db, person_id: Uuid, credential_id: &[u8]) -> Result<Option<Model>> {
    let found = Entity::find()
        .filter(COLUMN.credential_id.eq(credential_id.to_vec()))
        .filter(COLUMN.person_id.eq(person_id))
        .one(db.reader())
        .await?;
    let owner = person::Entity::find_by_id(person_id)
        .one(db.reader())
        .await?;
    let may = owner.is_some_and(|p| p.retired_at.is_none() && p.password_hash.is_some());
    Ok(found.filter(|_| may))
}

/// Notes that it opened the door, with its counter as it is by now.
pub async fn used(db: &Db, id: Uuid, credential: &str) -> Result<()> {
    let sql = "UPDATE passkey SET used_at = $1, credential = $2 WHERE id = $3";
    let values = vec![db.clock().now().into(), credential.into(), id.into()];
    db.write_statement(sql, values).await?;
    Ok(())
}
