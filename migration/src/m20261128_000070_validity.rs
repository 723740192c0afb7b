//! For which releases articles are valid, and which ones nobody has checked them for yet.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let release_of = |table: &'static str| {
            Table::create()
                .table(table)
                .col(uuid("article_id"))
                .col(uuid("release_id"))
                .primary_key(Index::create().col("article_id").col("release_id"))
                .to_owned()
        };
        m.create_table(release_of("article_release")).await?;
        let mut recheck = release_of("article_recheck");
        m.create_table(recheck.col(timestamp_with_time_zone("since")).to_owned())
            .await?;
        for sql in [
            "CREATE INDEX article_recheck_since ON article_recheck (since, article_id, release_id)",
            "CREATE INDEX article_recheck_release ON article_recheck (release_id)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
