//! Mailboxes that send plain text alone.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.alter_table(
            Table::alter()
                .table("mailbox")
                .add_column(boolean("plain_only").default(false).take())
                .to_owned(),
        )
        .await
    }
}
