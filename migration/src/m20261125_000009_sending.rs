//! How each mailbox sends: a mail server, an hourly limit and a signature of its own.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            string_null("smtp_host"),
            integer_null("smtp_port"),
            string("smtp_tls").default("starttls").take(),
            string_null("smtp_user"),
            text_null("smtp_password"),
            string_null("envelope_sender"),
            integer_null("hourly_limit"),
            string_null("dkim_domain"),
            string_null("dkim_selector"),
            text_null("dkim_key"),
        ] {
            add(m, "mailbox", column).await?;
        }
        add(
            m,
            "outbound_mail",
            timestamp_with_time_zone_null("limited_until"),
        )
        .await?;
        let c = m.get_connection();
        for sql in [
            "CREATE INDEX outbound_hour ON outbound_mail (mailbox_id, sent_at) WHERE sent_at IS NOT NULL",
            "CREATE INDEX outbound_open ON outbound_mail (mailbox_id, state) WHERE state IN ('queued', 'sending')",
            "CREATE INDEX outbox_dead ON outbox (created_at, id) WHERE state = 'dead'",
        ] {
            c.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}

/// SQLite adds one column at a time.
async fn add(m: &SchemaManager<'_>, table: &'static str, column: ColumnDef) -> Result<(), DbErr> {
    m.alter_table(Table::alter().table(table).add_column(column).to_owned())
        .await
}
