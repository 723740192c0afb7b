//! What a merger brought along, so that it can be taken back while nothing else happened.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("merger")
            .col(uuid("source_id").primary_key())
            .col(uuid("target_id"))
            .col(timestamp_with_time_zone("at"))
            .col(integer("source_version"))
            .col(integer("target_version"))
            .col(integer("target_before"))
            .col(text("brought"))
            .to_owned();
        m.create_table(table).await?;
        let index = Index::create()
            .name("merger_target")
            .table("merger")
            .col("target_id")
            .to_owned();
        m.create_index(index).await
    }
}
