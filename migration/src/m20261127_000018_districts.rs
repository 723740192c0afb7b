//! Open tickets by district, for the numbers beside a list.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sql =
            "CREATE INDEX ticket_active_district ON ticket (active, district_id, changed_at, id)";
        m.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
