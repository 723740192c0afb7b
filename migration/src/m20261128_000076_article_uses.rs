//! Which articles, in which version, went into which message.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("article_use")
                .col(uuid("message_id"))
                .col(uuid("article_id"))
                .col(integer("version"))
                .primary_key(Index::create().col("message_id").col("article_id"))
                .to_owned(),
        )
        .await?;
        let sql = "CREATE INDEX article_use_of ON article_use (article_id, version, message_id)";
        m.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
