//! Mail that came back, of which there is little among much that did not.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let index =
            "CREATE INDEX message_bounced ON message (ticket_id) WHERE delivery = 'bounced'";
        m.get_connection().execute_unprepared(index).await?;
        Ok(())
    }
}
