//! Notices tell of articles too: what they are about is a subject, whichever it is.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sql = "ALTER TABLE notice RENAME COLUMN ticket_id TO subject_id";
        m.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
