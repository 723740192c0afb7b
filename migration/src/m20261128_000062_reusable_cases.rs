//! Cases whose solution helps others too, and the articles that were drawn from cases.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("reusable_case")
                .col(pk_uuid("ticket_id"))
                .col(timestamp_with_time_zone("since"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("article_case")
                .col(uuid("ticket_id"))
                .col(uuid("article_id"))
                .col(timestamp_with_time_zone("since"))
                .primary_key(Index::create().col("ticket_id").col("article_id"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE INDEX reusable_case_since ON reusable_case (since, ticket_id)",
            "CREATE INDEX article_case_of ON article_case (article_id, since)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
