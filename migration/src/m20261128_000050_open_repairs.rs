//! Finds where repairs lie: open shares by their step, and all of a vendor by when they were last spoken of.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for sql in [
            "CREATE INDEX vendor_share_step ON vendor_share (repair, ticket_id) WHERE withdrawn_at IS NULL",
            // Where mails to a vendor went last is asked of what was withdrawn too.
            "DROP INDEX vendor_share_of",
            "CREATE INDEX vendor_share_of ON vendor_share (organisation_id, last_message_at, id)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
