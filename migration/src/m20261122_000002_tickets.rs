//! The desk: tickets, their messages and files, numbers, drafts, what was seen.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("ticket")
                .col(pk_uuid("id"))
                .col(string("number"))
                .col(string("title"))
                .col(string("kind"))
                .col(string("channel"))
                .col(string("state"))
                .col(boolean("active"))
                .col(string_null("waiting_for"))
                .col(string_null("closing_reason"))
                .col(small_integer("priority"))
                .col(uuid_null("team_id"))
                .col(uuid_null("service_id"))
                .col(uuid_null("owner_id"))
                .col(uuid_null("requester_id"))
                .col(uuid_null("organisation_id"))
                .col(uuid_null("district_id"))
                .col(uuid_null("mailbox_id"))
                .col(timestamp_with_time_zone_null("reminder_at"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("changed_at"))
                .col(timestamp_with_time_zone("last_message_at"))
                .col(timestamp_with_time_zone_null("first_reply_at"))
                .col(timestamp_with_time_zone_null("solved_at"))
                .col(timestamp_with_time_zone_null("closed_at"))
                .col(uuid_null("merged_into"))
                .col(uuid_null("follows_id"))
                .col(integer("message_count"))
                .col(integer("version"))
                .col(binary("salt"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("ticket_number")
                .col(integer("year").primary_key())
                .col(big_integer("last"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("message")
                .col(pk_uuid("id"))
                .col(uuid("ticket_id"))
                .col(integer("number"))
                .col(string("audience"))
                .col(string("direction"))
                .col(string("channel"))
                .col(uuid_null("author_id"))
                .col(text("addresses"))
                .col(text_null("subject"))
                .col(text("body"))
                .col(text_null("html"))
                .col(string_null("mail_id"))
                .col(text_null("in_reply_to"))
                .col(text_null("mail_references"))
                .col(string_null("raw_sha256"))
                .col(text_null("threaded_by"))
                .col(text_null("notes"))
                .col(string("delivery"))
                .col(timestamp_with_time_zone_null("delivered_at"))
                .col(text_null("undo"))
                .col(integer_null("call_minutes"))
                .col(timestamp_with_time_zone("created_at"))
                .col(binary("salt"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("blob")
                .col(string("sha256").primary_key())
                .col(big_integer("size_bytes"))
                .col(timestamp_with_time_zone("created_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("attachment")
                .col(pk_uuid("id"))
                .col(uuid("message_id"))
                .col(uuid("ticket_id"))
                .col(string("name"))
                .col(string("content_type"))
                .col(big_integer("size_bytes"))
                .col(string("sha256"))
                .col(boolean("inline"))
                .col(string_null("content_id"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("draft")
                .col(pk_uuid("id"))
                .col(uuid("person_id"))
                .col(uuid_null("ticket_id"))
                .col(string("mode"))
                .col(text("content"))
                .col(timestamp_with_time_zone("changed_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("draft_file")
                .col(pk_uuid("id"))
                .col(uuid("draft_id"))
                .col(string("name"))
                .col(string("content_type"))
                .col(big_integer("size_bytes"))
                .col(string("sha256"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("seen")
                .col(uuid("person_id"))
                .col(uuid("ticket_id"))
                .col(timestamp_with_time_zone("seen_at"))
                .primary_key(Index::create().col("person_id").col("ticket_id"))
                .to_owned(),
        )
        .await?;
        let c = m.get_connection();
        for sql in [
            "CREATE UNIQUE INDEX ticket_number_text ON ticket (number)",
            "CREATE INDEX ticket_active_changed ON ticket (active, changed_at, id)",
            "CREATE INDEX ticket_active_priority ON ticket (active, priority, id)",
            "CREATE INDEX ticket_changed ON ticket (changed_at, id)",
            "CREATE INDEX ticket_created ON ticket (created_at, id)",
            "CREATE INDEX ticket_active_owner ON ticket (active, owner_id, state, changed_at, id)",
            "CREATE INDEX ticket_active_team ON ticket (active, team_id, changed_at, id)",
            "CREATE INDEX ticket_counts ON ticket (active, team_id, service_id, owner_id, state, waiting_for, reminder_at)",
            "CREATE INDEX ticket_active_service ON ticket (active, service_id, changed_at, id)",
            "CREATE INDEX ticket_state ON ticket (state, changed_at, id)",
            "CREATE INDEX ticket_reminder ON ticket (reminder_at) WHERE reminder_at IS NOT NULL",
            "CREATE INDEX ticket_requester ON ticket (requester_id, changed_at)",
            "CREATE INDEX ticket_owner ON ticket (owner_id, changed_at, id)",
            "CREATE INDEX ticket_solved ON ticket (solved_at) WHERE state = 'solved'",
            "CREATE UNIQUE INDEX message_ticket ON message (ticket_id, number)",
            "CREATE INDEX message_mail_id ON message (mail_id) WHERE mail_id IS NOT NULL",
            "CREATE INDEX attachment_message ON attachment (message_id)",
            "CREATE INDEX attachment_ticket ON attachment (ticket_id)",
            "CREATE INDEX attachment_sha256 ON attachment (sha256)",
            "CREATE UNIQUE INDEX draft_place ON draft (person_id, ticket_id, mode)",
            "CREATE INDEX draft_file_draft ON draft_file (draft_id)",
        ] {
            c.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
