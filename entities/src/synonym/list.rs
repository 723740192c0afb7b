//! Groups of words that mean the same, as the settings list them and as an index takes them.

use std::collections::HashMap;
use std::sync::Arc;

use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{Entity, Model, words};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::Permission;
use crate::setting::{self, Show};
use crate::text::fold;

/// All groups, by their first word.
///
/// # Errors
/// `Forbidden` for those who may not manage them.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Model>> {
    if !actor.may_somewhere(Permission::ManageServices) {
        return Err(DeskError::Forbidden);
    }
    let all = every(db).await?;
    let is_shown = |one: &&Model| show == Show::All || one.retired_at.is_none();
    Ok(all.iter().filter(is_shown).cloned().collect())
}

/// One group.
///
/// # Errors
/// `Hidden` when there is none, or for those who may not manage them.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageServices, id).await
}

/// The groups in use, for an index.
pub async fn groups(db: &Db) -> Result<Vec<Vec<String>>> {
    let all = every(db).await?;
    let used = all.iter().filter(|one| one.retired_at.is_none());
    Ok(used.map(Model::words).collect())
}

/// Those words of a text that stand in a group in use, each with that group; `beside` is not asked.
///
/// # Errors
/// `Forbidden` for those who may not manage them.
pub async fn elsewhere(
    db: &Db,
    actor: &Actor,
    text: &str,
    beside: Option<Uuid>,
) -> Result<Vec<(String, Model)>> {
    let all = list(db, actor, Show::Active).await?;
    let others = all.iter().filter(|one| Some(one.id) != beside);
    let known: HashMap<String, &Model> = others
        .flat_map(|one| one.words().into_iter().map(move |w| (fold(&w), one)))
        .collect();
    let taken = words(text).into_iter().filter_map(|word| {
        let group = known.get(&fold(&word))?;
        Some((word, (*group).clone()))
    });
    Ok(taken.collect())
}

/// The question that [`every`] answers.
#[derive(PartialEq, Eq, Hash)]
struct Every;

async fn every(db: &Db) -> Result<Arc<Vec<Model>>> {
    db.kept_setting(Every, async || {
        let mut all = Entity::find().all(db.reader()).await?;
        all.sort_by_cached_key(|one| fold(&one.words));
        Ok(Arc::new(all))
    })
    .await
}
