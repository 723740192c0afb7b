//! Articles that say in another language what another says, and which version of it they follow.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [uuid_null("original_id"), integer_null("original_version")] {
            let alter = Table::alter()
                .table("article")
                .add_column(column)
                .to_owned();
            m.alter_table(alter).await?;
        }
        let sql = "CREATE INDEX article_original ON article (original_id, id) WHERE original_id IS NOT NULL";
        m.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
