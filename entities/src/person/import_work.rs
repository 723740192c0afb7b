//! A running import as the work behind the pages sees it: claimed for a time, its progress kept.

use chrono::Duration;
use uuid::Uuid;

use super::import::Model;
use crate::db::Db;
use crate::error::Result;
use crate::queue::Queue;

/// What became of some lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub created: i32,
    pub updated: i32,
    pub unchanged: i32,
    pub refused: i32,
}

impl Counts {
    /// All lines.
    pub fn lines(self) -> i32 {
        self.created + self.updated + self.unchanged + self.refused
    }
}

const QUEUE: Queue = Queue {
    claim: "UPDATE people_import SET claimed_until = $2",
    waiting: "people_import WHERE state = 'running'",
    oldest: "created_at",
};

/// Claims the oldest running import.
pub async fn claim(db: &Db, hold: Duration) -> Result<Option<Model>> {
    db.claim(&QUEUE, hold).await
}

/// Keeps what became of some lines; false when the import was stopped.
pub async fn keep(
    db: &Db,
    id: Uuid,
    counts: Counts,
    refusals: &str,
    hold: Duration,
) -> Result<bool> {
    let kept = db
        .write_statement(
            "UPDATE people_import SET lines_done = lines_done + $1, created = created + $2, updated = updated + $3, \
             unchanged = unchanged + $4, refused = refused + $5, refusals = refusals || $6, claimed_until = $7 \
             WHERE id = $8 AND state = 'running'",
            vec![
                counts.lines().into(),
                counts.created.into(),
                counts.updated.into(),
                counts.unchanged.into(),
                counts.refused.into(),
                refusals.into(),
                (db.clock().now() + hold).into(),
                id.into(),
            ],
        )
        .await?;
    Ok(kept.rows_affected() == 1)
}

/// Ends an import and removes its file; `failure` says why when it did not come to its end.
pub async fn end(db: &Db, id: Uuid, failure: Option<&str>) -> Result<()> {
    let state = match failure {
        Some(_) => "stopped",
        None => "done",
    };
    db.write_statement(
        "UPDATE people_import SET state = $1, failure = $2, content = NULL, ended_at = $3, claimed_until = NULL \
         WHERE id = $4 AND state = 'running'",
        vec![
            state.into(),
            failure.map(str::to_owned).into(),
            db.clock().now().into(),
            id.into(),
        ],
    )
    .await?;
    Ok(())
}
