//! Articles that somebody linked with a ticket by hand.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("linked_article")
            .col(uuid("ticket_id"))
            .col(uuid("article_id"))
            .col(timestamp_with_time_zone("since"))
            .primary_key(Index::create().col("ticket_id").col("article_id"))
            .to_owned();
        m.create_table(table).await
    }
}
