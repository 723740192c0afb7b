//! Open tickets in each order a list offers, by an index.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for sql in [
            "CREATE INDEX ticket_active_created ON ticket (active, created_at, id)",
            "CREATE INDEX ticket_active_reminder ON ticket (active, (reminder_at IS NULL), reminder_at, id)",
            "CREATE INDEX ticket_active_last_reminder ON ticket (active, (reminder_at IS NULL), reminder_at DESC, id DESC)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
