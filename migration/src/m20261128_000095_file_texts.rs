//! The texts in files, by their content, so that they are found by it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("file_text")
                .col(pk_uuid("id"))
                .col(string("sha256"))
                .col(string("name"))
                .col(string("content_type"))
                .col(text_null("text"))
                .col(timestamp_with_time_zone_null("claimed_until"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE UNIQUE INDEX file_text_sha256 ON file_text (sha256)",
            "CREATE INDEX file_text_waiting ON file_text (id) WHERE text IS NULL",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
