//! An article that was brought in says from where, so that it is known again.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            string_null("source"),
            string_null("source_id"),
            string_null("source_digest"),
            integer_null("source_version"),
        ] {
            let table = Table::alter()
                .table("article")
                .add_column(column)
                .to_owned();
            m.alter_table(table).await?;
        }
        let index = "CREATE UNIQUE INDEX article_source ON article (source, source_id)";
        m.get_connection().execute_unprepared(index).await?;
        Ok(())
    }
}
