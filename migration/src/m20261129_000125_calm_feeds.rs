//! When reading a calendar of absences began, and since when it reads empty.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            timestamp_with_time_zone_null("begun_at"),
            timestamp_with_time_zone_null("empty_at"),
        ] {
            let alter = Table::alter()
                .table("absence_feed_state")
                .add_column(column)
                .to_owned();
            m.alter_table(alter).await?;
        }
        Ok(())
    }
}
