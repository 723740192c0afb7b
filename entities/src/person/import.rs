//! Imports of people between upload, preview and report: state of work, removed when it is over.

use chrono::Duration;
use sea_orm::entity::prelude::*;
use sea_orm::{Iterable as _, QueryOrder, QuerySelect};

use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::{self, Permission, Place};

pub use super::import_work::{Counts, claim, end, keep};

/// How long an import that nobody started, or its report, is kept.
const KEPT: Duration = Duration::days(7);

/// The most imports the page lists.
const MOST: u64 = 20;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "people_import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who uploaded it; nobody else sees it.
    pub person_id: Uuid,
    pub file_name: String,
    /// The file as it was uploaded; gone once the import is over.
    pub content: Option<Vec<u8>>,
    /// How it is to be read, as JSON.
    pub choices: String,
    pub state: String,
    /// Why it stopped, when nobody stopped it.
    pub failure: Option<String>,
    pub lines: i32,
    pub lines_done: i32,
    pub created: i32,
    pub updated: i32,
    pub unchanged: i32,
    pub refused: i32,
    /// The refused lines, one JSON value a line.
    pub refusals: String,
    pub created_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
    pub claimed_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Uploaded, to be looked at.
    Staged,
    /// Started.
    Running,
    /// Every line was taken or refused.
    Done,
    /// Ended before its last line.
    Stopped,
}

impl Model {
    /// How far it is.
    pub fn state(&self) -> State {
        match self.state.as_str() {
            "staged" => State::Staged,
            "running" => State::Running,
            "done" => State::Done,
            _ => State::Stopped,
        }
    }
}

fn me(actor: &Actor) -> Result<Uuid> {
    policy::require(actor, Permission::ManagePeople, Place::Desk)?;
    actor.person_id().ok_or(DeskError::Forbidden)
}

/// Keeps an uploaded file until it is imported or discarded.
///
/// # Errors
/// `Forbidden` without `ManagePeople`.
pub async fn stage(
    db: &Db,
    actor: &Actor,
    file_name: &str,
    content: Vec<u8>,
    choices: &str,
) -> Result<Uuid> {
    let (id, person_id) = (crate::new_id(), me(actor)?);
    db.write_statement(
        "INSERT INTO people_import (id, person_id, file_name, content, choices, state, lines, lines_done, \
         created, updated, unchanged, refused, refusals, created_at) \
         VALUES ($1, $2, $3, $4, $5, 'staged', 0, 0, 0, 0, 0, 0, '', $6)",
        vec![
            id.into(),
            person_id.into(),
            file_name.into(),
            content.into(),
            choices.into(),
            db.clock().now().into(),
        ],
    )
    .await?;
    Ok(id)
}

/// One import of the actor's own.
///
/// # Errors
/// `Forbidden` without `ManagePeople`, `Hidden` when it is not theirs.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    let person_id = me(actor)?;
    Entity::find_by_id(id)
        .filter(COLUMN.person_id.eq(person_id))
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)
}

/// The actor's own imports, the newest first, without their files.
///
/// # Errors
/// `Forbidden` without `ManagePeople`.
pub async fn own(db: &Db, actor: &Actor) -> Result<Vec<Model>> {
    let person_id = me(actor)?;
    Ok(Entity::find()
        .select_only()
        .columns(Column::iter().filter(|c| !matches!(c, Column::Content | Column::Refusals)))
        .expr_as(sea_orm::sea_query::Expr::cust("NULL"), "content")
        .expr_as(sea_orm::sea_query::Expr::cust("''"), "refusals")
        .filter(COLUMN.person_id.eq(person_id))
        .order_by_desc(Column::CreatedAt)
        .limit(MOST)
        .all(db.reader())
        .await?)
}

/// Changes how a staged file is to be read.
pub async fn choose(db: &Db, actor: &Actor, id: Uuid, choices: &str) -> Result<()> {
    let sql = "UPDATE people_import SET choices = $1 WHERE id = $2 AND person_id = $3 AND state = 'staged'";
    let values = vec![choices.into(), id.into(), me(actor)?.into()];
    db.write_statement(sql, values).await?;
    Ok(())
}

/// Hands a staged import to the work behind the pages; twice is no fault.
pub async fn start(db: &Db, actor: &Actor, id: Uuid, lines: i32) -> Result<()> {
    let sql = "UPDATE people_import SET state = 'running', lines = $1 WHERE id = $2 AND person_id = $3 AND state = 'staged'";
    let values = vec![lines.into(), id.into(), me(actor)?.into()];
    db.write_statement(sql, values).await?;
    Ok(())
}

/// Discards a staged import, or stops a running one after the lines in hand.
pub async fn stop(db: &Db, actor: &Actor, id: Uuid) -> Result<()> {
    let person_id = me(actor)?;
    let discard = "DELETE FROM people_import WHERE id = $1 AND person_id = $2 AND state = 'staged'";
    db.write_statement(discard, vec![id.into(), person_id.into()])
        .await?;
    let stop = "UPDATE people_import SET state = 'stopped', content = NULL, ended_at = $3 \
                WHERE id = $1 AND person_id = $2 AND state = 'running'";
    let now = db.clock().now();
    db.write_statement(stop, vec![id.into(), person_id.into(), now.into()])
        .await?;
    Ok(())
}

/// Removes what nobody started and reports that are old.
pub async fn sweep(db: &Db) -> Result<()> {
    let before = db.clock().now() - KEPT;
    let sql = "DELETE FROM people_import WHERE state <> 'running' AND created_at < $1";
    db.write_statement(sql, vec![before.into()]).await?;
    Ok(())
}
