//! Care for mail and people: what was seen a day, what was decided about a mail, what was turned away, imports.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let c = m.get_connection();
        let postgres = c.get_database_backend() == sea_orm_migration::sea_orm::DbBackend::Postgres;
        for column in [
            date("seen_on").default("1970-01-01").to_owned(),
            integer("earlier_attempts").default(0).to_owned(),
        ] {
            m.alter_table(
                Table::alter()
                    .table("inbound_mail")
                    .add_column(column)
                    .to_owned(),
            )
            .await?;
        }
        m.create_table(
            Table::create()
                .table("mailbox_day")
                .col(uuid("mailbox_id"))
                .col(date("day"))
                .col(big_integer("seen"))
                .col(uuid_null("ticket_id"))
                .primary_key(Index::create().col("mailbox_id").col("day"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("mail_shown")
                .col(uuid("mailbox_id"))
                .col(big_integer("uid_validity"))
                .col(big_integer("uid"))
                .col(date("day"))
                .primary_key(
                    Index::create()
                        .col("mailbox_id")
                        .col("uid_validity")
                        .col("uid"),
                )
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("mail_decision")
                .col(pk_uuid("id"))
                .col(uuid("mail_id"))
                .col(timestamp_with_time_zone("decided_at"))
                .col(uuid_null("person_id"))
                .col(string("decision"))
                .col(text_null("reason"))
                .col(uuid_null("ticket_id"))
                .col(binary("salt"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("refused_mail")
                .col(pk_uuid("id"))
                .col(string("mailbox"))
                .col(string("why"))
                .col(string("digest"))
                .col(string_null("subject"))
                .col(string_null("sender"))
                .col(string_null("mail_id"))
                .col(big_integer("size_bytes"))
                .col(integer("times"))
                .col(timestamp_with_time_zone("first_at"))
                .col(timestamp_with_time_zone("last_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("people_import")
                .col(pk_uuid("id"))
                .col(uuid("person_id"))
                .col(string("file_name"))
                .col(binary_null("content"))
                .col(text("choices"))
                .col(string("state"))
                .col(text_null("failure"))
                .col(integer("lines"))
                .col(integer("lines_done"))
                .col(integer("created"))
                .col(integer("updated"))
                .col(integer("unchanged"))
                .col(integer("refused"))
                .col(text("refusals"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("ended_at"))
                .col(timestamp_with_time_zone_null("claimed_until"))
                .to_owned(),
        )
        .await?;
        let day = match postgres {
            true => "(received_at AT TIME ZONE 'Europe/Berlin')::date",
            false => "substr(received_at, 1, 10)",
        };
        for sql in [
            format!("UPDATE inbound_mail SET seen_on = {day}").as_str(),
            "INSERT INTO mailbox_day (mailbox_id, day, seen) \
             SELECT mailbox_id, seen_on, count(*) FROM inbound_mail GROUP BY mailbox_id, seen_on",
            "DROP INDEX inbound_day",
            "CREATE INDEX inbound_received ON inbound_mail (received_at, id)",
            "CREATE INDEX inbound_mailbox ON inbound_mail (mailbox_id, received_at, id)",
            "CREATE INDEX inbound_seen ON inbound_mail (mailbox_id, seen_on, fate, received_at, id)",
            "CREATE INDEX inbound_fate ON inbound_mail (fate, received_at, id)",
            "CREATE INDEX inbound_sender ON inbound_mail (sender, received_at, id)",
            "CREATE INDEX inbound_alarm ON inbound_mail (received_at, id) \
             WHERE coalesce(fate, '') IN ('stored', 'failed') AND attempts + earlier_attempts >= 3",
            "CREATE INDEX mail_decision_mail ON mail_decision (mail_id, decided_at)",
            "CREATE UNIQUE INDEX refused_mail_digest ON refused_mail (digest)",
            "CREATE INDEX refused_mail_last ON refused_mail (last_at, id)",
            "CREATE INDEX people_import_running ON people_import (created_at) WHERE state = 'running'",
            "CREATE INDEX people_import_person ON people_import (person_id, created_at)",
        ] {
            c.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
