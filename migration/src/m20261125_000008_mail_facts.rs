//! What was found while reading a mail, beside its text; older mails have nothing there and are reduced when shown.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.alter_table(
            Table::alter()
                .table("message")
                .add_column(text_null("mail_facts"))
                .to_owned(),
        )
        .await
    }
}
