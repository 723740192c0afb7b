//! Who watches which ticket.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("watch")
                .col(uuid("person_id"))
                .col(uuid("ticket_id"))
                .col(timestamp_with_time_zone("since"))
                .primary_key(Index::create().col("person_id").col("ticket_id"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE INDEX watch_ticket ON watch (ticket_id)",
            // Whoever reads may watch, as far as they read.
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) SELECT role_id, 'watch', scope, \
             scope_ids FROM \"grant\" WHERE permission = 'read_tickets' ON CONFLICT DO NOTHING",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
