//! The machines that serve the desk.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("machine")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(boolean("own_index"))
                .col(big_integer("beats"))
                .to_owned(),
        )
        .await
    }
}
