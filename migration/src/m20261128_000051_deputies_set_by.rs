//! Who said that somebody stands in: the absent person sees whether it was somebody else.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let by = Table::alter()
            .table("deputy")
            .add_column(uuid_null("set_by_id"))
            .to_owned();
        m.alter_table(by).await?;
        // Until now everybody said it for themselves.
        let sql = "UPDATE deputy SET set_by_id = person_id";
        m.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
