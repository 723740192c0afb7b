//! The proof: events in keyed chains, their heads, anchors, queued consequences, used form keys.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("event")
                .col(string("subject_kind"))
                .col(uuid("subject_id"))
                .col(integer("number"))
                .col(timestamp_with_time_zone("at"))
                .col(uuid_null("actor_id"))
                .col(uuid_null("on_behalf_of_id"))
                .col(string_null("rule"))
                .col(string("name"))
                .col(text("payload"))
                .col(binary("previous_hash"))
                .col(binary("hash"))
                .primary_key(Index::create().col("subject_id").col("number"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("head")
                .col(uuid("subject_id").primary_key())
                .col(string("subject_kind"))
                .col(integer("number"))
                .col(binary("hash"))
                .col(binary("mac"))
                .col(boolean("anchored"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("anchor")
                .col(big_integer("number").primary_key())
                .col(timestamp_with_time_zone("at"))
                .col(integer("count"))
                .col(binary("heads"))
                .col(binary("root"))
                .col(binary("previous_hash"))
                .col(binary("hash"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("outbox")
                .col(pk_uuid("id"))
                .col(string("effect"))
                .col(uuid("subject_id"))
                .col(string("state"))
                .col(timestamp_with_time_zone("not_before"))
                .col(integer("attempts"))
                .col(text_null("last_error"))
                .col(timestamp_with_time_zone_null("claimed_until"))
                .col(timestamp_with_time_zone("created_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("once_key")
                .col(string("key").primary_key())
                .col(uuid("subject_id"))
                .col(timestamp_with_time_zone("used_at"))
                .to_owned(),
        )
        .await?;
        let c = m.get_connection();
        for sql in [
            "CREATE INDEX event_at ON event (at)",
            "CREATE INDEX head_unanchored ON head (subject_id) WHERE NOT anchored",
            "CREATE INDEX outbox_due ON outbox (not_before, id) WHERE state = 'waiting'",
            "CREATE INDEX outbox_subject ON outbox (subject_id)",
        ] {
            c.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
