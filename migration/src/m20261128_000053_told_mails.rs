//! Mails that tell people of their accounts, so that they count in the hour of their mailbox and are remembered.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("told_mail")
                .col(uuid("id").primary_key())
                .col(uuid("person_id"))
                .col(text("tell"))
                .col(uuid("mailbox_id"))
                .col(text("state"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("limited_until"))
                .col(timestamp_with_time_zone_null("sent_at"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE INDEX told_hour ON told_mail (mailbox_id, sent_at) WHERE sent_at IS NOT NULL",
            "CREATE INDEX told_open ON told_mail (mailbox_id, state) WHERE state IN ('queued', 'sending')",
            "CREATE INDEX told_at ON told_mail (created_at)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
