//! What check lists of clean data held each day.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("check_day")
                .col(string("list"))
                .col(date("day"))
                .col(uuid("team_id"))
                .col(big_integer("n"))
                .primary_key(Index::create().col("day").col("list").col("team_id"))
                .to_owned(),
        )
        .await
    }
}
