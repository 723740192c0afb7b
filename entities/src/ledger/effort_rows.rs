//! The rows of effort: what was booked, and the timers that end by it.

use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};
use uuid::Uuid;

use super::batch::{newest, upsert};
use crate::effort::{Entity, MOST_MINUTES, Model};
use crate::error::{Rejected, Result};

/// What a transaction writes of effort.
#[derive(Default)]
pub struct EffortRows {
    pub rows: Vec<Model>,
    /// Person and timer.
    pub timers_ended: Vec<(Uuid, Uuid)>,
}

impl EffortRows {
    pub(super) async fn write(self, tx: &DatabaseTransaction) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut days: Vec<_> = self
            .rows
            .iter()
            .map(|row| (row.person_id, row.day))
            .collect();
        days.sort_unstable();
        days.dedup();
        let backend = tx.get_database_backend();
        for (person_id, timer_id) in self.timers_ended {
            let sql = "DELETE FROM effort_timer WHERE id = $1 AND person_id = $2";
            let values = [timer_id.into(), person_id.into()];
            let ended = tx.execute_raw(Statement::from_sql_and_values(backend, sql, values));
            // What a timer measured is booked once.
            if ended.await?.rows_affected() == 0 {
                return Err(Rejected::TimerEnded.into());
            }
        }
        upsert::<Entity>(tx, newest(self.rows, |row| row.id)).await?;
        for (person_id, day) in days {
            let sql = "SELECT CAST(COALESCE(sum(minutes), 0) AS bigint) AS n FROM effort WHERE person_id = $1 AND day = $2";
            let values = [person_id.into(), day.into()];
            let sum = tx.query_one_raw(Statement::from_sql_and_values(backend, sql, values));
            let sum: i64 = match sum.await? {
                Some(row) => row.try_get("", "n")?,
                None => 0,
            };
            if sum > i64::from(MOST_MINUTES) {
                return Err(Rejected::DayFull.into());
            }
        }
        Ok(())
    }
}
