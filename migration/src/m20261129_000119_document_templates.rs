//! Templates of documents: files with places that a ticket fills, approved by a second person.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("document_template")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(string("language"))
                .col(text("content"))
                .col(text_null("approved"))
                .col(uuid_null("author_id"))
                .col(uuid_null("approved_by"))
                .col(uuid_null("team_id"))
                .col(text("services"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.get_connection()
            .execute_unprepared(
                "CREATE UNIQUE INDEX document_template_name ON document_template (name)",
            )
            .await?;
        Ok(())
    }
}
