//! Services as the settings show them, and as a select offers them.

use std::collections::HashMap;
use std::sync::Arc;

use sea_orm::{EntityTrait, QueryOrder};
use uuid::Uuid;

use super::{Column, Entity, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::Permission;
use crate::setting::tree::{Branch, tree, ways};
use crate::setting::{self, Choice, Show};
use crate::team;

/// A line of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub service: Model,
    /// Steps below the top.
    pub depth: usize,
    /// Its own team.
    pub team_name: Option<String>,
}

/// All services, each followed by its modules, by name on every level.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Row>> {
    if !actor.may_somewhere(Permission::ManageServices) {
        return Err(DeskError::Forbidden);
    }
    let teams: HashMap<Uuid, String> = team::Entity::find()
        .all(db.reader())
        .await?
        .into_iter()
        .map(|t| (t.id, t.name))
        .collect();
    let rows = tree(all(db, show).await?);
    Ok(rows
        .into_iter()
        .map(|(service, depth)| Row {
            team_name: service.team_id.and_then(|id| teams.get(&id).cloned()),
            service,
            depth,
        })
        .collect())
}

/// Services in use in the order of the tree; a module's name stands behind its service's.
pub async fn choices(db: &Db) -> Result<Vec<Choice>> {
    ways_of(db, Show::Active).await
}

/// The same of those in use or of all there ever were.
pub async fn ways_of(db: &Db, show: Show) -> Result<Vec<Choice>> {
    Ok(ways(tree(all(db, show).await?)))
}

/// One service.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageServices, id).await
}

/// The team responsible for a service: its own, or the nearest of those above.
pub async fn responsible_team(db: &Db, service_id: Uuid) -> Result<Option<Uuid>> {
    let services: HashMap<Uuid, Model> = all(db, Show::All)
        .await?
        .into_iter()
        .map(|s| (s.id, s))
        .collect();
    let mut next = Some(service_id);
    for _ in 0..services.len() {
        let Some(service) = next.and_then(|id| services.get(&id)) else {
            break;
        };
        if service.team_id.is_some() {
            return Ok(service.team_id);
        }
        next = service.parent_id;
    }
    Ok(None)
}

/// The question that [`every`] answers.
#[derive(PartialEq, Eq, Hash)]
struct Every;

/// The name of each service and the service above it, retired ones too.
pub(crate) async fn every(db: &Db) -> Result<Arc<HashMap<Uuid, (String, Option<Uuid>)>>> {
    db.kept_setting(Every, async || {
        let services = Entity::find().all(db.reader()).await?.into_iter();
        Ok(Arc::new(
            services.map(|s| (s.id, (s.name, s.parent_id))).collect(),
        ))
    })
    .await
}

/// The service above each service, the retired ones' too.
pub async fn parents(db: &Db) -> Result<HashMap<Uuid, Option<Uuid>>> {
    let services = every(db).await?;
    let above = services.iter().map(|(id, (_, parent))| (*id, *parent));
    Ok(above.collect())
}

pub(crate) async fn parents_on(
    c: &impl sea_orm::ConnectionTrait,
) -> Result<HashMap<Uuid, Option<Uuid>>> {
    let services = Entity::find().all(c).await?;
    Ok(services.into_iter().map(|s| (s.id, s.parent_id)).collect())
}

/// A service and all below it.
pub async fn below(db: &Db, id: Uuid) -> Result<Vec<Uuid>> {
    Ok(setting::tree::below(id, &parents(db).await?))
}

/// The service above one.
pub async fn parent(db: &Db, id: Uuid) -> Result<Option<Uuid>> {
    let service = Entity::find_by_id(id).one(db.reader()).await?;
    Ok(service.and_then(|s| s.parent_id))
}

async fn all(db: &Db, show: Show) -> Result<Vec<Model>> {
    Ok(setting::shown::<Entity>(show)
        .order_by_asc(Column::Id)
        .all(db.reader())
        .await?)
}

impl Branch for Model {
    fn id(&self) -> Uuid {
        self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn above(&self) -> Option<Uuid> {
        self.parent_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_follow_their_service() {
        let service = |n: u128, name: &str, parent: Option<u128>| Model {
            id: Uuid::from_u128(n),
            name: name.into(),
            parent_id: parent.map(Uuid::from_u128),
            team_id: None,
            time_limit_id: None,
            created_at: chrono::DateTime::UNIX_EPOCH,
            retired_at: None,
        };
        let rows = tree(vec![
            service(1, "Zahlung", None),
            service(2, "Antrag", None),
            service(3, "Lauf", Some(1)),
            service(4, "Bescheid", Some(1)),
            service(5, "Waise", Some(99)),
        ]);
        let lines: Vec<_> = rows.iter().map(|(s, d)| (s.name.as_str(), *d)).collect();
        assert_eq!(
            lines,
            [
                ("Antrag", 0),
                ("Waise", 0),
                ("Zahlung", 0),
                ("Bescheid", 1),
                ("Lauf", 1)
            ]
        );
    }
}
