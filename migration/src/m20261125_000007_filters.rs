//! Filters of incoming mail, the closing note, and a list of every automatic answer with what stopped it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("mail_filter")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(integer("position"))
                .col(uuid_null("mailbox_id"))
                .col(text("conditions"))
                .col(uuid_null("service_id"))
                .col(uuid_null("team_id"))
                .col(small_integer_null("priority"))
                .col(string_null("kind"))
                .col(boolean("ignore"))
                .col(boolean("no_answer"))
                .col(binary("salt"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("automatic_answer")
                .col(pk_uuid("id"))
                .col(timestamp_with_time_zone("at"))
                .col(string("occasion"))
                .col(uuid("ticket_id"))
                .col(uuid_null("message_id"))
                .col(text_null("recipients"))
                .col(string_null("suppressed_by"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("answer_stop")
                .col(pk_uuid("id"))
                .col(timestamp_with_time_zone("stopped_at"))
                .col(integer("most"))
                .col(integer("minutes"))
                .col(timestamp_with_time_zone_null("resumed_at"))
                .to_owned(),
        )
        .await?;
        let c = m.get_connection();
        for sql in [
            "ALTER TABLE mailbox ADD COLUMN closing_note boolean NOT NULL DEFAULT FALSE",
            "ALTER TABLE mailbox ADD COLUMN closing_note_text text NOT NULL DEFAULT ''",
            "ALTER TABLE message ADD COLUMN filters text",
            "ALTER TABLE inbound_mail ADD COLUMN filter_id uuid",
            "CREATE UNIQUE INDEX mail_filter_name ON mail_filter (name)",
            "CREATE INDEX inbound_filter ON inbound_mail (filter_id, received_at) WHERE filter_id IS NOT NULL",
            "CREATE INDEX automatic_answer_at ON automatic_answer (at, id)",
            "CREATE INDEX automatic_answer_message ON automatic_answer (message_id) WHERE message_id IS NOT NULL",
            "CREATE INDEX automatic_answer_reason ON automatic_answer (suppressed_by, at, id)",
            "CREATE INDEX answer_stop_open ON answer_stop (stopped_at) WHERE resumed_at IS NULL",
        ] {
            c.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
