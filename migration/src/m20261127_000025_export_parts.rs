//! The tickets of an export, kept in parts beside it, and the columns it was asked for.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("export_part")
                .col(uuid("list_id"))
                .col(integer("part"))
                .col(binary("tickets"))
                .col(timestamp_with_time_zone("taken_at"))
                .primary_key(Index::create().col("list_id").col("part"))
                .to_owned(),
        )
        .await?;
        let c = m.get_connection();
        for sql in [
            "ALTER TABLE export ADD COLUMN list_id uuid",
            "ALTER TABLE export ADD COLUMN columns text NOT NULL DEFAULT ''",
            // What is under way goes on with its tickets as its only part.
            "INSERT INTO export_part (list_id, part, tickets, taken_at) SELECT id, 0, tickets, begun_at FROM export \
             WHERE tickets IS NOT NULL",
            "UPDATE export SET list_id = id WHERE tickets IS NOT NULL",
            "ALTER TABLE export DROP COLUMN tickets",
            // Few are under way at any time; those that are over are in no index.
            "CREATE INDEX export_under_way ON export (begun_at) WHERE state = 'running'",
        ] {
            c.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
