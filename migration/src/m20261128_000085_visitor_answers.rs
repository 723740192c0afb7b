//! Whether articles helped those whom nobody knows: one answer a visitor and article, without anything about the visitor.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("article_visitor_answer")
                .col(uuid("article_id"))
                .col(string("visitor"))
                .col(integer("version"))
                .col(boolean("helped"))
                .col(timestamp_with_time_zone("given_at"))
                .primary_key(Index::create().col("article_id").col("visitor"))
                .to_owned(),
        )
        .await?;
        let sql = "CREATE INDEX article_visitor_answer_of ON article_visitor_answer (article_id, version, helped)";
        m.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
