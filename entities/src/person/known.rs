//! The persons that many mail addresses belong to, with where they belong now.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{COLUMN, Entity, Person, membership};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};

/// The most addresses of one query.
const AT_ONCE: usize = 500;

/// Persons by address, retired ones too; roles are not read.
///
/// # Errors
/// `Forbidden` without `ManagePeople`.
pub async fn by_emails(
    db: &Db,
    actor: &Actor,
    emails: &[String],
) -> Result<HashMap<String, Person>> {
    policy::require(actor, Permission::ManagePeople, Place::Desk)?;
    let mut all = HashMap::with_capacity(emails.len());
    for some in emails.chunks(AT_ONCE) {
        let people = Entity::find()
            .filter(COLUMN.email.is_in(some.iter().map(String::as_str)))
            .all(db.reader())
            .await?;
        let ids: Vec<Uuid> = people.iter().map(|p| p.id).collect();
        let mut memberships: HashMap<Uuid, Vec<membership::Model>> = HashMap::new();
        for one in membership::Entity::find()
            .filter(membership::COLUMN.person_id.is_in(ids))
            .all(db.reader())
            .await?
        {
            memberships.entry(one.person_id).or_default().push(one);
        }
        for row in people {
            let own = memberships.remove(&row.id).unwrap_or_default();
            if let Some(email) = row.email.clone() {
                all.insert(email, Person::of(row, &[], &own, &[]));
            }
        }
    }
    Ok(all)
}
