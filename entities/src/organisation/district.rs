//! From an organisation up to the district office it counts for.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Model, OrganisationKind};
use crate::db::Db;
use crate::error::Result;

/// The most steps upwards; no authority is nested deeper.
const MOST_STEPS: usize = 10;

/// Organisations with everything above them.
#[derive(Clone, Debug, Default)]
pub struct Family(HashMap<Uuid, Model>);

impl Family {
    /// Loads these organisations and those above them, one query a level.
    pub async fn load(db: &Db, ids: impl IntoIterator<Item = Uuid>) -> Result<Family> {
        let mut family = HashMap::new();
        let mut wanted: Vec<Uuid> = ids.into_iter().collect();
        for _ in 0..MOST_STEPS {
            wanted.retain(|id| !family.contains_key(id));
            if wanted.is_empty() {
                break;
            }
            let rows = Entity::find()
                .filter(COLUMN.id.is_in(std::mem::take(&mut wanted)))
                .all(db.reader())
                .await?;
            for row in rows {
                wanted.extend(row.parent_id);
                family.insert(row.id, row);
            }
        }
        Ok(Family(family))
    }

    /// One of those loaded.
    pub fn get(&self, id: Uuid) -> Option<&Model> {
        self.0.get(&id)
    }

    /// The organisation itself when it is a district office, else the nearest above it.
    pub fn district(&self, id: Uuid) -> Option<&Model> {
        let mut next = Some(id);
        for _ in 0..MOST_STEPS {
            let row = self.get(next?)?;
            if row.kind == OrganisationKind::DistrictOffice {
                return Some(row);
            }
            next = row.parent_id;
        }
        None
    }
}

/// The organisation whose mail domain a mail address has: the exact one, else the nearest domain above.
pub async fn of_address(db: &Db, address: &str) -> Result<Option<Model>> {
    let Some((_, domain)) = address.rsplit_once('@') else {
        return Ok(None);
    };
    let mut rows = Entity::find()
        .filter(COLUMN.domain.is_in(domains(domain)))
        .filter(COLUMN.retired_at.is_null())
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .all(db.reader())
        .await?;
    // The longest domain is the nearest; among equals the oldest organisation stands last.
    rows.sort_by_key(|row| row.domain.as_ref().map_or(0, String::len));
    Ok(rows.pop())
}

/// A domain and those above it, without the top-level one.
fn domains(domain: &str) -> Vec<String> {
    let domain = domain.trim_end_matches('.').to_lowercase();
    let parts: Vec<&str> = domain.split('.').collect();
    (0..parts.len().saturating_sub(1))
        .map(|i| parts[i..].join("."))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_followed_up_to_but_not_into_the_top_level() {
        assert_eq!(
            domains("Jugend.Pankow.example"),
            ["jugend.pankow.example", "pankow.example"]
        );
        assert!(domains("localhost").is_empty());
    }
}
