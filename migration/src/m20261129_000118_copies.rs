//! Which messages are copies of others in other tickets, and indexes for what is blacked out.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("message_copy")
            .col(uuid("message_id").primary_key())
            .col(uuid("copy_of"))
            .to_owned();
        m.create_table(table).await?;
        for sql in [
            "CREATE INDEX message_copied ON message_copy (copy_of)",
            "CREATE INDEX message_raw ON message (raw_sha256) WHERE raw_sha256 IS NOT NULL",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
