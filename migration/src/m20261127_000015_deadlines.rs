//! Deadlines: calendars, times to keep, and what of them each ticket has to keep next.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("calendar")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(text("week"))
                .col(string_null("holidays"))
                .col(text("days"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("time_limit")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(uuid("calendar_id"))
                .col(boolean("standard"))
                .col(text("goals"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("setting_stamp")
                .col(string("name").primary_key())
                .col(big_integer("number"))
                .to_owned(),
        )
        .await?;
        m.alter_table(
            Table::alter()
                .table("service")
                .add_column(uuid_null("time_limit_id"))
                .to_owned(),
        )
        .await?;
        for column in [
            uuid_null("calendar_id"),
            integer_null("first_answer_minutes"),
            integer_null("solution_minutes"),
            timestamp_with_time_zone_null("first_answer_due_at"),
            timestamp_with_time_zone_null("solution_due_at"),
            timestamp_with_time_zone_null("due_at"),
            timestamp_with_time_zone_null("warn_at"),
            timestamp_with_time_zone_null("notice_at"),
            timestamp_with_time_zone_null("held_since"),
            big_integer("held_us").default(0).to_owned(),
        ] {
            let alter = Table::alter().table("ticket").add_column(column).to_owned();
            m.alter_table(alter).await?;
        }
        for sql in [
            "CREATE UNIQUE INDEX calendar_name ON calendar (name)",
            "CREATE UNIQUE INDEX time_limit_name ON time_limit (name)",
            "CREATE UNIQUE INDEX time_limit_standard ON time_limit (standard) WHERE standard AND retired_at IS NULL",
            "CREATE INDEX ticket_active_due ON ticket (active, (due_at IS NULL), due_at, id)",
            "CREATE INDEX ticket_active_last_due ON ticket (active, (due_at IS NULL), due_at DESC, id DESC)",
            "CREATE INDEX ticket_owner_due ON ticket (owner_id, due_at, id) WHERE due_at IS NOT NULL",
            "CREATE INDEX ticket_notice ON ticket (notice_at) WHERE due_at IS NOT NULL AND notice_at IS NOT NULL",
            "DROP INDEX ticket_counts",
            "CREATE INDEX ticket_counts ON ticket \
             (active, team_id, service_id, owner_id, state, waiting_for, reminder_at, due_at)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
