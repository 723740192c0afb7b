//! Solved cases are counted by service and cause out of an index in the order in which they were solved.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sql = "CREATE INDEX ticket_solved_cause ON ticket (solved_at, service_id, closing_reason, state, team_id, \
                   owner_id, id) WHERE solved_at IS NOT NULL";
        m.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
