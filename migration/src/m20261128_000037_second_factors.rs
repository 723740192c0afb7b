//! Second factors of accounts with a password: what an app counts with, and codes for when it is lost.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("second_factor")
                .col(uuid("person_id").primary_key())
                .col(text("secret"))
                .col(timestamp_with_time_zone("set_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("recovery_code")
                .col(uuid("person_id"))
                .col(binary("hash"))
                .primary_key(Index::create().col("person_id").col("hash"))
                .to_owned(),
        )
        .await
    }
}
