//! Checklists: their templates, and the lines of each ticket.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("checklist")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(text("service_ids"))
                .col(text("steps"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("checklist_line")
                .col(pk_uuid("id"))
                .col(uuid("ticket_id"))
                .col(integer("position"))
                .col(text("text"))
                .col(blob("salt"))
                .col(uuid_null("responsible_id"))
                .col(date_null("due_on"))
                .col(timestamp_with_time_zone_null("done_at"))
                .col(uuid_null("done_by"))
                .col(timestamp_with_time_zone_null("removed_at"))
                .col(integer("version"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE UNIQUE INDEX checklist_name ON checklist (name)",
            "CREATE INDEX checklist_line_ticket ON checklist_line (ticket_id, position)",
            // What somebody has to do next.
            "CREATE INDEX checklist_line_due ON checklist_line (responsible_id, due_on) \
             WHERE done_at IS NULL AND removed_at IS NULL AND due_on IS NOT NULL",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
