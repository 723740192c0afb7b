//! Which keys a person has put in the place of the desk's own.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.alter_table(
            Table::alter()
                .table("preference")
                .add_column(string_null("keys"))
                .to_owned(),
        )
        .await
    }
}
