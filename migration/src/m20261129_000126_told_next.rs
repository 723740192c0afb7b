//! What a session is told on the next page it opens.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [text_null("told"), timestamp_with_time_zone_null("told_at")] {
            let alter = Table::alter()
                .table("session")
                .add_column(column)
                .to_owned();
            m.alter_table(alter).await?;
        }
        Ok(())
    }
}
