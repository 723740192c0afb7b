//! Tasks by date: what comes back by a rule, and the tickets that were opened for it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("recurring_task")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(text("text"))
                .col(uuid_null("service_id"))
                .col(uuid("team_id"))
                .col(string("kind"))
                .col(small_integer("priority"))
                .col(uuid_null("checklist_id"))
                .col(text("schedule"))
                .col(uuid("calendar_id"))
                .col(integer("ahead_days"))
                .col(uuid("main_id"))
                .col(uuid_null("deputy_id"))
                .col(date("since_on"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("recurring_run")
                .col(uuid("task_id"))
                .col(date("day"))
                .col(uuid("ticket_id"))
                .col(timestamp_with_time_zone("opened_at"))
                .primary_key(Index::create().col("task_id").col("day"))
                .to_owned(),
        )
        .await?;
        m.get_connection()
            .execute_unprepared("CREATE UNIQUE INDEX recurring_task_name ON recurring_task (name)")
            .await?;
        Ok(())
    }
}
