//! Counts of open work by channel, priority and district read their index alone, as the others do.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for sql in [
            "DROP INDEX ticket_counts",
            "CREATE INDEX ticket_counts ON ticket \
             (active, team_id, service_id, owner_id, state, waiting_for, reminder_at, due_at, \
             district_id, priority, channel)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
