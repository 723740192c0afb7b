//! The tree of categories, as the settings show it and as a select offers it.

use std::collections::HashMap;
use std::sync::Arc;

use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{Entity, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::Permission;
use crate::setting::tree::{Branch, ways};
use crate::setting::{self, Choice, Show};

/// A line of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub category: Model,
    /// Steps below the top.
    pub depth: usize,
}

/// All categories, each followed by those below it, by name on every level.
///
/// # Errors
/// `Forbidden` for those who may not manage them.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Row>> {
    if !actor.may_somewhere(Permission::PublishArticles) {
        return Err(DeskError::Forbidden);
    }
    Ok(tree(&every(db).await?, show))
}

/// One category.
///
/// # Errors
/// `Hidden` when there is none, or for those who may not manage them.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::PublishArticles, id).await
}

/// Categories in use in the order of the tree, each with its way from the top.
pub async fn choices(db: &Db) -> Result<Vec<Choice>> {
    let shown = shown(&every(db).await?, Show::Active);
    Ok(ways(setting::tree::tree(shown)))
}

/// The lines of the tree that are in use.
pub async fn rows(db: &Db) -> Result<Vec<Row>> {
    Ok(tree(&every(db).await?, Show::Active))
}

/// The lines of the tree that lead to these categories, retired ones too, and nothing beside them.
pub(crate) async fn leading_to(db: &Db, ids: &[Uuid]) -> Result<Vec<Row>> {
    let all = every(db).await?;
    let by_id: HashMap<Uuid, &Model> = all.iter().map(|c| (c.id, c)).collect();
    let mut wanted: HashMap<Uuid, Model> = HashMap::new();
    for id in ids {
        let mut next = by_id.get(id);
        while let Some(category) = next {
            if wanted.insert(category.id, (*category).clone()).is_some() {
                break;
            }
            next = category.parent_id.and_then(|id| by_id.get(&id));
        }
    }
    let wanted: Vec<Model> = wanted.into_values().collect();
    Ok(tree(&wanted, Show::All))
}

/// The way to a category, from the top and with itself; retired ones too.
pub async fn path(db: &Db, id: Uuid) -> Result<Vec<Choice>> {
    let all = every(db).await?;
    let by_id: HashMap<Uuid, &Model> = all.iter().map(|c| (c.id, c)).collect();
    let mut path = Vec::new();
    let mut next = by_id.get(&id);
    while let Some(category) = next.filter(|_| path.len() < all.len()) {
        path.push(Choice {
            id: category.id,
            name: category.name.clone(),
        });
        next = category.parent_id.and_then(|id| by_id.get(&id));
    }
    path.reverse();
    Ok(path)
}

/// A category and all below it, retired ones too: what lies in them is still there.
pub async fn below(db: &Db, id: Uuid) -> Result<Vec<Uuid>> {
    let all = every(db).await?;
    let above = all.iter().map(|c| (c.id, c.parent_id)).collect();
    Ok(setting::tree::below(id, &above))
}

/// The question that [`every`] answers.
#[derive(PartialEq, Eq, Hash)]
struct Every;

async fn every(db: &Db) -> Result<Arc<Vec<Model>>> {
    db.kept_setting(Every, async || {
        Ok(Arc::new(Entity::find().all(db.reader()).await?))
    })
    .await
}

fn shown(all: &[Model], show: Show) -> Vec<Model> {
    let is_shown = |c: &&Model| show == Show::All || c.retired_at.is_none();
    all.iter().filter(is_shown).cloned().collect()
}

/// Children behind their parents; a child whose parent is not among them stands at the top.
fn tree(all: &[Model], show: Show) -> Vec<Row> {
    let rows = setting::tree::tree(shown(all, show)).into_iter();
    rows.map(|(category, depth)| Row { category, depth })
        .collect()
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
    fn what_lies_below_follows_what_it_lies_in() {
        let category = |n: u128, name: &str, parent: Option<u128>| Model {
            id: Uuid::from_u128(n),
            name: name.into(),
            parent_id: parent.map(Uuid::from_u128),
            created_at: chrono::DateTime::UNIX_EPOCH,
            retired_at: None,
        };
        let all = [
            category(1, "Bescheid", Some(3)),
            category(2, "Gutschein", Some(3)),
            category(3, "KITA-Netz", None),
            category(4, "Waise", Some(99)),
        ];
        let rows = tree(&all, Show::Active);
        let lines: Vec<_> = rows
            .iter()
            .map(|r| (r.category.name.as_str(), r.depth))
            .collect();
        assert_eq!(
            lines,
            [
                ("KITA-Netz", 0),
                ("Bescheid", 1),
                ("Gutschein", 1),
                ("Waise", 0)
            ]
        );
    }
}
