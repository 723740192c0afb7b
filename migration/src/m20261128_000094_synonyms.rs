//! Words that mean the same: groups, and which word stands in which of them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("synonym")
                .col(pk_uuid("id"))
                .col(text("words"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("synonym_word")
                .col(string("word").primary_key())
                .col(uuid("synonym_id"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE INDEX synonym_word_of ON synonym_word (synonym_id)",
            // Who is called something else is looked up in what they wrote.
            "CREATE INDEX message_author ON message (author_id, ticket_id) WHERE author_id IS NOT NULL",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
