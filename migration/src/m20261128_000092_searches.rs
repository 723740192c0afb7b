//! What people look for: of each their own searches, and what was looked for in vain by nobody in particular.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("own_search")
                .col(pk_uuid("id"))
                .col(uuid("person_id"))
                .col(string("words"))
                .col(string("query"))
                .col(boolean("kept"))
                .col(timestamp_with_time_zone("at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("search_miss")
                .col(string("words").primary_key())
                .col(integer("count"))
                .col(timestamp_with_time_zone("last_at"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE UNIQUE INDEX own_search_once ON own_search (person_id, query)",
            "CREATE INDEX own_search_last ON own_search (person_id, at)",
            "CREATE INDEX search_miss_count ON search_miss (count, last_at)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
