//! Who stands in for whom, one at a time.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("deputy")
                .col(uuid("person_id").primary_key())
                .col(uuid("deputy_id"))
                .col(date("from_on"))
                .col(date("to_on"))
                .to_owned(),
        )
        .await?;
        let sql = "CREATE INDEX deputy_deputy ON deputy (deputy_id)";
        m.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
