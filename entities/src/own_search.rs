//! What somebody looked for, for them alone: the last searches, and those they keep.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};

/// So many that are not kept are remembered.
const MOST: u64 = 20;
/// So many are kept.
const MOST_KEPT: u64 = 50;
/// The most characters of one.
const MOST_CHARS: usize = 500;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "own_search")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// What was typed.
    pub words: String,
    /// All that was asked, as the part of an address behind the question mark; a person has each once.
    pub query: String,
    pub kept: bool,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Remembers a search; one that is too long is not.
pub async fn note(db: &Db, actor: &Actor, words: &str, query: &str) -> Result<()> {
    let Some(person_id) = actor.person_id() else {
        return Ok(());
    };
    if words.trim().is_empty() || query.chars().count() > MOST_CHARS {
        return Ok(());
    }
    let now = db.clock().now();
    let sql = "INSERT INTO own_search (id, person_id, words, query, kept, at) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (person_id, query) DO UPDATE SET at = excluded.at";
    let values = vec![
        crate::new_id().into(),
        person_id.into(),
        words.trim().into(),
        query.into(),
        false.into(),
        now.into(),
    ];
    db.write_statement(sql, values).await?;
    let sql = format!(
        "DELETE FROM own_search WHERE person_id = $1 AND NOT kept AND id NOT IN (SELECT id FROM own_search \
         WHERE person_id = $1 AND NOT kept ORDER BY at DESC, id LIMIT {MOST})"
    );
    db.write_statement(&sql, vec![person_id.into()]).await?;
    Ok(())
}

/// The actor's searches: those that are kept by their words, then the last ones.
pub async fn list(db: &Db, actor: &Actor) -> Result<(Vec<Model>, Vec<Model>)> {
    let Some(person_id) = actor.person_id() else {
        return Ok((vec![], vec![]));
    };
    let mine = Entity::find()
        .filter(COLUMN.person_id.eq(person_id))
        .order_by_desc(Column::At)
        .order_by_asc(Column::Id)
        .limit(MOST + MOST_KEPT)
        .all(db.reader())
        .await?;
    let (mut kept, last): (Vec<Model>, Vec<Model>) = mine.into_iter().partition(|one| one.kept);
    kept.sort_by_key(|one| crate::text::fold(&one.words));
    Ok((kept, last))
}

/// Keeps a search of the actor's, or lets it go.
///
/// # Errors
/// `Hidden` when it is not theirs, or there is none.
pub async fn keep(db: &Db, actor: &Actor, id: Uuid, kept: bool) -> Result<()> {
    let sql = "UPDATE own_search SET kept = $1 WHERE id = $2 AND person_id = $3";
    let values = vec![kept.into(), id.into(), mine(actor)?.into()];
    match db.write_statement(sql, values).await?.rows_affected() {
        0 => Err(DeskError::Hidden),
        _ => Ok(()),
    }
}

/// Forgets all that the actor looked for and does not keep.
pub async fn forget(db: &Db, actor: &Actor) -> Result<()> {
    let sql = "DELETE FROM own_search WHERE person_id = $1 AND NOT kept";
    db.write_statement(sql, vec![mine(actor)?.into()]).await?;
    Ok(())
}

fn mine(actor: &Actor) -> Result<Uuid> {
    actor.person_id().ok_or(DeskError::Hidden)
}
