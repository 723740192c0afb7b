//! At which passage a remark was made, and when its authors were done with it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            text("quote").default("").to_owned(),
            timestamp_with_time_zone_null("done_at"),
            uuid_null("done_by"),
        ] {
            let alter = Table::alter()
                .table("article_remark")
                .add_column(column)
                .to_owned();
            m.alter_table(alter).await?;
        }
        Ok(())
    }
}
