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
use crate::setting::{self, Choice, Show};
use crate::text;

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
    let mut path: Vec<String> = Vec::new();
    let mut choices = Vec::new();
    for row in rows(db).await? {
        path.truncate(row.depth);
        path.push(row.category.name);
        choices.push(Choice {
            id: row.category.id,
            name: path.join(" › "),
        });
    }
    Ok(choices)
}

/// The lines of the tree that are in use.
pub async fn rows(db: &Db) -> Result<Vec<Row>> {
    Ok(tree(&every(db).await?, Show::Active))
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
    let mut found = vec![id];
    let mut at = 0;
    while let Some(above) = found.get(at).copied() {
        let children = all.iter().filter(|c| c.parent_id == Some(above));
        let new: Vec<Uuid> = children.map(|c| c.id).collect();
        let new: Vec<Uuid> = new.into_iter().filter(|id| !found.contains(id)).collect();
        found.extend(new);
        at += 1;
    }
    Ok(found)
}

/// The question that [`every`] answers.
#[derive(PartialEq, Eq, Hash)]
struct Every;

async fn every(db: &Db) -> Result<Arc<Vec<Model>>> {
    db.kept_setting(Every, async || {
        let mut all = Entity::find().all(db.reader()).await?;
        all.sort_by_cached_key(|c| (text::fold(&c.name), c.id));
        Ok(Arc::new(all))
    })
    .await
}

/// Children behind their parents; a child whose parent is not among them stands at the top.
fn tree(all: &[Model], show: Show) -> Vec<Row> {
    let shown: Vec<&Model> = all
        .iter()
        .filter(|c| show == Show::All || c.retired_at.is_none())
        .collect();
    let mut rows = Vec::with_capacity(shown.len());
    let is_top = |c: &Model| !shown.iter().any(|other| Some(other.id) == c.parent_id);
    let mut stack: Vec<(&Model, usize)> = Vec::new();
    stack.extend(shown.iter().rev().filter(|c| is_top(c)).map(|c| (*c, 0)));
    while let Some((category, depth)) = stack.pop() {
        let children = shown.iter().rev();
        let children = children.filter(|c| c.parent_id == Some(category.id));
        stack.extend(children.map(|c| (*c, depth + 1)));
        rows.push(Row {
            category: category.clone(),
            depth,
        });
    }
    rows
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
