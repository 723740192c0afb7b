//! Who was told that a review is due, and articles that two people look through.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            timestamp_with_time_zone_null("review_told_at"),
            boolean("second_review").default(false).to_owned(),
            uuid_null("approved_by"),
        ] {
            let alter = Table::alter()
                .table("article")
                .add_column(column)
                .to_owned();
            m.alter_table(alter).await?;
        }
        let untold = "CREATE INDEX article_untold ON article (review_due_on, id) \
                      WHERE review_told_at IS NULL AND owner_id IS NOT NULL AND state <> 'retired'";
        m.get_connection().execute_unprepared(untold).await?;
        Ok(())
    }
}
