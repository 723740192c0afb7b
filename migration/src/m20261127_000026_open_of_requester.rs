//! Finds the open tickets of somebody who has asked a thousand times, without walking those.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sql =
            "CREATE INDEX ticket_active_requester ON ticket (active, requester_id, changed_at, id)";
        m.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
