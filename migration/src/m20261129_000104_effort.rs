//! Effort: activities, what was booked, and timers that run.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("activity")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(string("name_en"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("effort")
                .col(pk_uuid("id"))
                .col(uuid("person_id"))
                .col(uuid_null("ticket_id"))
                .col(uuid("activity_id"))
                .col(integer("minutes"))
                .col(date("day"))
                .col(text_null("remark"))
                .col(blob("salt"))
                .col(timestamp_with_time_zone("booked_at"))
                .col(timestamp_with_time_zone_null("corrected_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("effort_timer")
                .col(pk_uuid("id"))
                .col(uuid("person_id"))
                .col(uuid("ticket_id"))
                .col(timestamp_with_time_zone("started_at"))
                .col(timestamp_with_time_zone_null("stopped_at"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE UNIQUE INDEX activity_name ON activity (name)",
            "CREATE INDEX effort_person ON effort (person_id, day)",
            "CREATE INDEX effort_ticket ON effort (ticket_id) WHERE ticket_id IS NOT NULL",
            "CREATE INDEX effort_timer_person ON effort_timer (person_id)",
            // One timer of a person runs at a time.
            "CREATE UNIQUE INDEX effort_timer_running ON effort_timer (person_id) WHERE stopped_at IS NULL",
            // Whoever notes what they did may book how long it took.
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) SELECT role_id, 'book_effort', scope, \
             scope_ids FROM \"grant\" WHERE permission = 'note' ON CONFLICT DO NOTHING",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
