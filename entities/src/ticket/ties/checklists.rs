//! The lines of checklists, written by the events of their tickets.

use sea_orm::{DatabaseTransaction, Value};
use uuid::Uuid;

use super::{count, run, something};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::ticket::checklist::{ChecklistEvent, HERE, MOST_LINES, NewLine};

pub(super) async fn write(
    tx: &DatabaseTransaction,
    ticket_id: Uuid,
    event: ChecklistEvent,
    at: Instant,
) -> Result<()> {
    match event {
        ChecklistEvent::Added { lines, .. } => add(tx, ticket_id, lines).await,
        ChecklistEvent::Changed { line, seen } => {
            let sql = format!(
                "UPDATE checklist_line SET text = $2, salt = $3, responsible_id = $4, due_on = $5, version = version + 1 \
                 WHERE ticket_id IN {HERE} AND id = $6 AND version = $7 AND removed_at IS NULL"
            );
            let values = vec![
                ticket_id.into(),
                line.text.into(),
                line.salt.into(),
                line.responsible_id.into(),
                line.due_on.into(),
                line.id.into(),
                seen.into(),
            ];
            match run(tx, &sql, values).await? {
                0 => Err(Rejected::ChangedMeanwhile.into()),
                _ => is_there(tx, line.responsible_id).await,
            }
        }
        ChecklistEvent::Ticked { line_id, by } => {
            let sql = format!(
                "UPDATE checklist_line SET done_at = $3, done_by = $4 \
                 WHERE ticket_id IN {HERE} AND id = $2 AND done_at IS NULL AND removed_at IS NULL"
            );
            let values = vec![ticket_id.into(), line_id.into(), at.into(), by.into()];
            something(run(tx, &sql, values).await?)
        }
        ChecklistEvent::Unticked { line_id } => {
            let sql = format!(
                "UPDATE checklist_line SET done_at = NULL, done_by = NULL \
                 WHERE ticket_id IN {HERE} AND id = $2 AND done_at IS NOT NULL AND removed_at IS NULL"
            );
            something(run(tx, &sql, vec![ticket_id.into(), line_id.into()]).await?)
        }
        ChecklistEvent::Moved { line_id, over_id } => swap(tx, ticket_id, line_id, over_id).await,
        ChecklistEvent::Removed { line_id } => {
            let sql = format!(
                "UPDATE checklist_line SET removed_at = $3 WHERE ticket_id IN {HERE} AND id = $2 AND removed_at IS NULL"
            );
            let values = vec![ticket_id.into(), line_id.into(), at.into()];
            something(run(tx, &sql, values).await?)
        }
    }
}

async fn add(tx: &DatabaseTransaction, ticket_id: Uuid, lines: Vec<NewLine>) -> Result<()> {
    let sql = format!(
        "SELECT CAST(COALESCE(max(position), 0) AS bigint) AS n FROM checklist_line WHERE ticket_id IN {HERE}"
    );
    let last = count(tx, &sql, vec![ticket_id.into()]).await?;
    for (line, position) in lines.iter().zip(last + 1..) {
        let sql = "INSERT INTO checklist_line (id, ticket_id, position, text, salt, responsible_id, due_on, version) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, 1)";
        let values: Vec<Value> = vec![
            line.id.into(),
            ticket_id.into(),
            i32::try_from(position).unwrap_or(i32::MAX).into(),
            line.text.clone().into(),
            line.salt.clone().into(),
            line.responsible_id.into(),
            line.due_on.into(),
        ];
        run(tx, sql, values).await?;
        is_there(tx, line.responsible_id).await?;
    }
    let sql = format!(
        "SELECT count(*) AS n FROM checklist_line WHERE ticket_id IN {HERE} AND removed_at IS NULL"
    );
    if count(tx, &sql, vec![ticket_id.into()]).await? > MOST_LINES {
        return Err(Rejected::TooManySteps.into());
    }
    Ok(())
}

/// Nobody who has left is made responsible.
async fn is_there(tx: &DatabaseTransaction, person_id: Option<Uuid>) -> Result<()> {
    let Some(id) = person_id else { return Ok(()) };
    let sql = "SELECT count(*) AS n FROM person WHERE id = $1 AND retired_at IS NULL";
    match count(tx, sql, vec![id.into()]).await? {
        0 => Err(Rejected::Retired.into()),
        _ => Ok(()),
    }
}

/// Lets two lines change places.
async fn swap(tx: &DatabaseTransaction, ticket_id: Uuid, one: Uuid, other: Uuid) -> Result<()> {
    let place = async |id: Uuid| {
        let sql = format!(
            "SELECT CAST(COALESCE(max(position), 0) AS bigint) AS n FROM checklist_line \
             WHERE ticket_id IN {HERE} AND id = $2 AND removed_at IS NULL"
        );
        count(tx, &sql, vec![ticket_id.into(), id.into()]).await
    };
    let (first, second) = (place(one).await?, place(other).await?);
    if first == 0 || second == 0 {
        return Err(Rejected::ChangedMeanwhile.into());
    }
    for (id, position) in [(one, second), (other, first)] {
        let sql = "UPDATE checklist_line SET position = $1 WHERE id = $2";
        let position = i32::try_from(position).unwrap_or(i32::MAX);
        run(tx, sql, vec![position.into(), id.into()]).await?;
    }
    Ok(())
}
