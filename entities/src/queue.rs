//! Tables that are queues: whoever claims a row first works on it.

use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::db::Db;
use crate::error::Result;

/// A table whose rows are worked on by whoever claims them first.
pub(crate) struct Queue {
    /// Begins the statement that claims one: `UPDATE … SET claimed_until = $2`.
    pub claim: &'static str,
    /// `table WHERE …`: the rows that wait.
    pub waiting: &'static str,
    /// The column the oldest is found by.
    pub oldest: &'static str,
}

impl Db {
    /// Claims the oldest row nobody works on for `hold`; the claim ends by itself when the process dies.
    pub(crate) async fn claim<M: FromQueryResult>(
        &self,
        queue: &Queue,
        hold: chrono::Duration,
    ) -> Result<Option<M>> {
        let Queue {
            claim,
            waiting,
            oldest,
        } = queue;
        let now = self.clock().now();
        let free = format!("{waiting} AND (claimed_until IS NULL OR claimed_until < $1)");
        let backend = self.reader().get_database_backend();
        let look = format!("SELECT 1 AS n FROM {free} LIMIT 1");
        let look = Statement::from_sql_and_values(backend, look, [now.into()]);
        if self.reader().query_one_raw(look).await?.is_none() {
            return Ok(None);
        }
        let skip = match self.is_postgres() {
            true => "FOR UPDATE SKIP LOCKED",
            false => "",
        };
        let sql = format!(
            "{claim} WHERE id IN (SELECT id FROM {free} ORDER BY {oldest} LIMIT 1 {skip}) RETURNING *"
        );
        self.write_returning(&sql, vec![now.into(), (now + hold).into()])
            .await
    }
}
