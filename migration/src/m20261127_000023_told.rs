//! What of each deadline has been told.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in ["first_answer_told", "solution_told"] {
            let alter = Table::alter()
                .table("ticket")
                .add_column(string_null(column))
                .to_owned();
            m.alter_table(alter).await?;
        }
        Ok(())
    }
}
