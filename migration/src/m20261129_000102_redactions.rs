//! What is to be blacked out of messages, who asked and who decided, and files whose content has to go for ever.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("redaction_request")
                .col(pk_uuid("id"))
                .col(uuid("message_id"))
                .col(uuid("asked_by"))
                .col(timestamp_with_time_zone("asked_at"))
                .col(text("reason"))
                .col(text("passages"))
                .col(text("files"))
                .col(blob("salt"))
                .col(string_null("outcome"))
                .col(uuid_null("decided_by"))
                .col(timestamp_with_time_zone_null("decided_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("redacted_file")
                .col(string("sha256").primary_key())
                .col(timestamp_with_time_zone("at"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE INDEX redaction_request_message ON redaction_request (message_id)",
            // Whoever leads a team, or everything, approves what others ask for.
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) SELECT role_id, 'redact_messages', scope, \
             scope_ids FROM \"grant\" WHERE permission = 'share_views' ON CONFLICT DO NOTHING",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
