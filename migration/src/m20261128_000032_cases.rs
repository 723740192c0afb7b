//! Administrators of desks that are there may give what reads solved cases without names.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sql = "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) \
                   SELECT id, 'read_cases', 'everything', '[]' FROM role WHERE shipped_as = 'administrator' \
                   ON CONFLICT DO NOTHING";
        m.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
