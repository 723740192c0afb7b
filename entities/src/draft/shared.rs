//! A draft that its writer shows to colleagues: they read it as it grows, and one of them may go on with it.

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use super::{Mode, Place};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::ticket::Ticket;

/// What somebody else shows of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Shared {
    pub id: Uuid,
    pub name: String,
    /// [`Mode::name`].
    pub mode: String,
    /// As [`super::save`] was given it.
    pub content: String,
    pub changed_at: Instant,
    pub files: i64,
}

impl Shared {
    /// What it will become.
    pub fn mode(&self) -> Option<Mode> {
        Mode::from_name(&self.mode)
    }
}

/// Shows a draft to whoever may see its ticket and write there, or to nobody else again. One that is not begun is shown
/// as soon as something stands in it.
pub async fn share(db: &Db, place: Place, is_shared: bool) -> Result<()> {
    if !is_shared {
        let sql = "UPDATE draft SET shared_at = NULL WHERE id = $1";
        db.write_statement(sql, vec![place.id().into()]).await?;
        return Ok(());
    }
    let now = db.clock().now();
    db.write_statement(
        "INSERT INTO draft (id, person_id, ticket_id, mode, content, changed_at, shared_at) \
         VALUES ($1, $2, $3, $4, '', $5, $6) ON CONFLICT (id) DO UPDATE SET shared_at = excluded.shared_at",
        vec![
            place.id().into(),
            place.person_id.into(),
            place.ticket_id.into(),
            place.mode.into(),
            now.into(),
            now.into(),
        ],
    )
    .await?;
    Ok(())
}

/// The writer has read who took the draft over.
pub async fn note_taken_read(db: &Db, place: Place) -> Result<()> {
    let sql = "UPDATE draft SET taken_by = NULL WHERE id = $1";
    db.write_statement(sql, vec![place.id().into()]).await?;
    Ok(())
}

/// What others show in a ticket the actor has already found.
pub async fn of_ticket(db: &Db, actor: &Actor, ticket: &Ticket) -> Result<Vec<Shared>> {
    let sql = "SELECT draft.id, person.name, draft.mode, draft.content, draft.changed_at, \
               (SELECT count(*) FROM draft_file WHERE draft_file.draft_id = draft.id) AS files \
               FROM draft JOIN person ON person.id = draft.person_id \
               WHERE draft.ticket_id = $1 AND draft.shared_at IS NOT NULL AND draft.person_id <> $2 AND draft.content <> '' \
               ORDER BY draft.shared_at";
    let me = actor.person_id().unwrap_or_default();
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [ticket.id.into(), me.into()]);
    Ok(Shared::find_by_statement(statement)
        .all(db.reader())
        .await?)
}

/// Makes somebody's shared draft the draft of this place, files and all. Its writer is told by whom.
///
/// # Errors
/// `DraftThere` when something lies at the place already, `Hidden` when nobody shares that draft any more.
pub async fn take_over(db: &Db, place: Place, id: Uuid) -> Result<()> {
    let tx = db.begin_write().await?;
    let backend = tx.get_database_backend();
    let there = Statement::from_sql_and_values(
        backend,
        "SELECT 1 AS one FROM draft WHERE id = $1 AND content <> ''",
        [place.id().into()],
    );
    if tx.query_one_raw(there).await?.is_some() {
        return Err(Rejected::DraftThere.into());
    }
    // First, so that of two who take it at once the second waits for the row and then finds nothing to take.
    let taken = Statement::from_sql_and_values(
        backend,
        "UPDATE draft SET shared_at = NULL, taken_by = $1 \
         WHERE id = $2 AND ticket_id = $3 AND mode = $4 AND shared_at IS NOT NULL",
        [
            place.person_id.into(),
            id.into(),
            place.ticket_id.into(),
            place.mode.into(),
        ],
    );
    if tx.execute_raw(taken).await?.rows_affected() == 0 {
        return Err(DeskError::Hidden);
    }
    let copied = Statement::from_sql_and_values(
        backend,
        "INSERT INTO draft (id, person_id, ticket_id, mode, content, changed_at) \
         SELECT $1, $2, ticket_id, mode, content, $3 FROM draft WHERE id = $4 \
         ON CONFLICT (id) DO UPDATE SET content = excluded.content, changed_at = excluded.changed_at, taken_by = NULL",
        [
            place.id().into(),
            place.person_id.into(),
            db.clock().now().into(),
            id.into(),
        ],
    );
    tx.execute_raw(copied).await?;
    for (sql, values) in [
        (
            "UPDATE draft_file SET draft_id = $1 WHERE draft_id = $2",
            vec![place.id().into(), id.into()],
        ),
        (
            "UPDATE draft SET content = '' WHERE id = $1",
            vec![id.into()],
        ),
    ] {
        tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
    }
    tx.commit().await?;
    Ok(())
}
