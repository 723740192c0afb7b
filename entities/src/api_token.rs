//! Tokens of persons for programs: named, for some of their permissions, for some time. They open no pages.

mod commands;

use chrono::Duration;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder, Statement};

pub use commands::{EndOwn, EndToken, MakeToken};

use crate::actor::{Actor, PersonActor};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::{self, Permission, Place};
use crate::random::{self, hash};
use crate::session::actor_of;

/// How every token begins, so that people and scanners of secrets know it.
pub const PREFIX: &str = "lotse_";

/// What programs can do as yet, and so what a token can be for.
pub const OFFERED: &[Permission] = &[Permission::ReadTickets, Permission::CreateTickets];

/// For how many days a token can hold.
pub const DAYS: [i64; 4] = [30, 90, 180, 365];

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// SHA-256 of the token.
    pub hash: Vec<u8>,
    /// Names of permissions, as JSON.
    pub permissions: String,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
    /// Noted once a minute at most.
    pub used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What it is for. A permission that is not known any more is none.
    pub fn allows(&self) -> Vec<Permission> {
        permissions(&self.permissions)
    }

    /// Whether it opens anything at that time.
    pub fn holds(&self, at: Instant) -> bool {
        self.ended_at.is_none() && self.expires_at > at
    }
}

fn permissions(stored: &str) -> Vec<Permission> {
    let names: Vec<String> = serde_json::from_str(stored).unwrap_or_default();
    names
        .iter()
        .filter_map(|name| Permission::from_name(name))
        .collect()
}

/// A new token as its owner sees it once, and its hash.
pub fn invented() -> Result<(String, Vec<u8>)> {
    let token = format!("{PREFIX}{}", random::word()?);
    let hash = hash(&token);
    Ok((token, hash))
}

/// A person's tokens that hold, the newest first; their own, or for those who may manage roles.
///
/// # Errors
/// `Forbidden` for others.
pub async fn of(db: &Db, actor: &Actor, person_id: Uuid) -> Result<Vec<Model>> {
    policy::require(actor, Permission::ManageRoles, Place::Account { person_id })?;
    Ok(Entity::find()
        .filter(COLUMN.person_id.eq(person_id))
        .filter(COLUMN.ended_at.is_null())
        .filter(COLUMN.expires_at.gt(db.clock().now()))
        .order_by_desc(Column::CreatedAt)
        .all(db.reader())
        .await?)
}

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
    person_id: Uuid,
    permissions: String,
    used_at: Option<Instant>,
}

/// Whoever a token lets act, with no more than both the person and the token may; none when it does not hold.
pub async fn actor(db: &Db, token: &str) -> Result<Option<Actor>> {
    let now = db.clock().now();
    let sql = "SELECT id, person_id, permissions, used_at FROM api_token \
               WHERE hash = $1 AND ended_at IS NULL AND expires_at > $2";
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let statement = Statement::from_sql_and_values(backend, sql, [hash(token).into(), now.into()]);
    let found = Found::find_by_statement(statement).one(db.reader()).await?;
    let Some(found) = found else { return Ok(None) };
    let person = match actor_of(db, found.person_id).await {
        Ok(Actor::Person(person)) => person,
        Ok(Actor::System(_)) | Err(DeskError::Hidden) => return Ok(None),
        Err(error) => return Err(error),
    };
    if found
        .used_at
        .is_none_or(|used| used < now - Duration::minutes(1))
    {
        let sql = "UPDATE api_token SET used_at = $1 WHERE id = $2";
        db.write_note(sql, vec![now.into(), found.id.into()])
            .await?;
    }
    let allowed = permissions(&found.permissions);
    let mut narrowed: PersonActor = (*person).clone();
    narrowed
        .grants
        .retain(|grant| allowed.contains(&grant.permission));
    Ok(Some(Actor::Person(narrowed.into())))
}
