//! Open work is counted by how it stands and by which way it came out of indexes in that order, and a person's own
//! with what is overdue of it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for sql in [
            "CREATE INDEX ticket_standing ON ticket (active, state, waiting_for, due_at, created_at)",
            "CREATE INDEX ticket_active_channel ON ticket (active, channel)",
            "DROP INDEX ticket_active_owner",
            "CREATE INDEX ticket_active_owner ON ticket (active, owner_id, state, changed_at, id, due_at)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
