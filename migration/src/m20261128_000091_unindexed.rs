//! What changed since it was indexed, with a mark that is new with every change.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("unindexed")
                .col(pk_uuid("subject_id"))
                .col(string("kind"))
                .col(uuid("mark"))
                .col(timestamp_with_time_zone_null("claimed_until"))
                .to_owned(),
        )
        .await?;
        let sql = "CREATE UNIQUE INDEX unindexed_mark ON unindexed (mark)";
        m.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
