//! When a repair went live, which messages told requesters of it, and of which repair a bulk tells.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [
            ("vendor_share", timestamp_with_time_zone_null("live_at")),
            ("message", uuid_null("told_of")),
            ("bulk", uuid_null("share_id")),
        ] {
            m.alter_table(Table::alter().table(table).add_column(column).to_owned())
                .await?;
        }
        for sql in [
            // When the step before was taken is not kept; nobody was told of a repair yet.
            "UPDATE vendor_share SET live_at = repair_at WHERE repair IN ('live', 'confirmed')",
            "CREATE INDEX message_told ON message (told_of, ticket_id) WHERE told_of IS NOT NULL",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
