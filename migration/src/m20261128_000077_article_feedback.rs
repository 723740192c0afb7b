//! Whether an article helped, as its readers say: one answer a person and article, about a version.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("article_feedback")
                .col(uuid("article_id"))
                .col(uuid("person_id"))
                .col(integer("version"))
                .col(boolean("helped"))
                .col(text("word"))
                .col(timestamp_with_time_zone("given_at"))
                .col(binary("salt"))
                .primary_key(Index::create().col("article_id").col("person_id"))
                .to_owned(),
        )
        .await?;
        let sql =
            "CREATE INDEX article_feedback_of ON article_feedback (article_id, version, helped)";
        m.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
