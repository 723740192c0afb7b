//! Who has a ticket open, and drafts that others may see.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("presence")
                .col(uuid("ticket_id"))
                .col(uuid("person_id"))
                .col(timestamp_with_time_zone("seen_at"))
                .col(timestamp_with_time_zone_null("written_at"))
                .primary_key(Index::create().col("ticket_id").col("person_id"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE INDEX presence_seen ON presence (seen_at)",
            "ALTER TABLE draft ADD COLUMN shared_at TIMESTAMP WITH TIME ZONE",
            "ALTER TABLE draft ADD COLUMN taken_by UUID",
            "CREATE INDEX draft_shared ON draft (ticket_id) WHERE shared_at IS NOT NULL",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
