//! Mail and its fate: mailboxes, every mail fetched, every mail to send, automatic answers given.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("mailbox")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(string("address"))
                .col(string("display_name"))
                .col(uuid_null("team_id"))
                .col(uuid_null("service_id"))
                .col(boolean("receipt"))
                .col(text("receipt_text"))
                .col(integer("close_after_days"))
                .col(integer("reopen_within_days"))
                .col(string_null("imap_host"))
                .col(integer_null("imap_port"))
                .col(string("imap_tls"))
                .col(string_null("imap_user"))
                .col(text_null("imap_password"))
                .col(string("imap_folder"))
                .col(string_null("imap_move_to"))
                .col(integer("poll_seconds"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("mailbox_state")
                .col(uuid("mailbox_id").primary_key())
                .col(big_integer_null("uid_validity"))
                .col(big_integer_null("last_uid"))
                .col(timestamp_with_time_zone_null("last_success_at"))
                .col(timestamp_with_time_zone_null("last_failure_at"))
                .col(text_null("last_failure"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("inbound_mail")
                .col(pk_uuid("id"))
                .col(uuid("mailbox_id"))
                .col(big_integer_null("uid_validity"))
                .col(big_integer_null("uid"))
                .col(string("sha256"))
                .col(big_integer("size_bytes"))
                .col(timestamp_with_time_zone("received_at"))
                .col(string("fate"))
                .col(text_null("reason"))
                .col(string_null("subject"))
                .col(string_null("sender"))
                .col(string_null("mail_id"))
                .col(uuid_null("ticket_id"))
                .col(uuid_null("message_id"))
                .col(integer("attempts"))
                .col(timestamp_with_time_zone_null("claimed_until"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("outbound_mail")
                .col(uuid("message_id").primary_key())
                .col(uuid("ticket_id"))
                .col(uuid_null("mailbox_id"))
                .col(string("mail_id"))
                .col(text("recipients"))
                .col(boolean("automatic"))
                .col(string("state"))
                .col(integer("attempts"))
                .col(text_null("last_error"))
                .col(timestamp_with_time_zone("not_before"))
                .col(timestamp_with_time_zone_null("sent_at"))
                .col(timestamp_with_time_zone("created_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("mail_limit")
                .col(pk_uuid("id"))
                .col(string("recipient"))
                .col(uuid("ticket_id"))
                .col(timestamp_with_time_zone("sent_at"))
                .to_owned(),
        )
        .await?;
        let c = m.get_connection();
        for sql in [
            "CREATE UNIQUE INDEX mailbox_name ON mailbox (name)",
            "CREATE UNIQUE INDEX mailbox_address ON mailbox (address)",
            "CREATE UNIQUE INDEX inbound_uid ON inbound_mail (mailbox_id, uid_validity, uid)",
            "CREATE INDEX inbound_waiting ON inbound_mail (received_at, id) WHERE fate = 'stored'",
            "CREATE INDEX inbound_failed ON inbound_mail (received_at, id) WHERE fate = 'failed'",
            "CREATE INDEX inbound_mail_id ON inbound_mail (mail_id)",
            "CREATE INDEX inbound_day ON inbound_mail (mailbox_id, received_at)",
            "CREATE INDEX outbound_dead ON outbound_mail (created_at, message_id) WHERE state = 'dead'",
            "CREATE INDEX outbound_mail_id ON outbound_mail (mail_id)",
            "CREATE INDEX mail_limit_recipient ON mail_limit (recipient, sent_at)",
            "CREATE INDEX mail_limit_sent ON mail_limit (sent_at)",
        ] {
            c.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
