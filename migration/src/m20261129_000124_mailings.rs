//! Letters to many people: what was said, who gets one, and the ticket each of them was given.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mailing = Table::create()
            .table("mailing")
            .col(pk_uuid("id"))
            .col(uuid("person_id"))
            .col(text("title"))
            .col(text("wanted"))
            .col(integer("revision"))
            .col(string("state"))
            .col(string_null("failure"))
            .col(uuid_null("bulk_id"))
            .col(timestamp_with_time_zone("staged_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .col(timestamp_with_time_zone_null("claimed_until"))
            .to_owned();
        let item = Table::create()
            .table("mailing_item")
            .col(uuid("mailing_id"))
            .col(integer("position"))
            .col(integer_null("line"))
            .col(text("said"))
            .col(uuid_null("person_id"))
            .col(text_null("refused"))
            .col(uuid_null("ticket_id"))
            .primary_key(Index::create().col("mailing_id").col("position"))
            .to_owned();
        for table in [mailing, item] {
            m.create_table(table).await?;
        }
        let c = m.get_connection();
        for sql in [
            // Few are under way at any time; those that are over are in no index of the queue.
            "CREATE INDEX mailing_under_way ON mailing (staged_at) WHERE state = 'running'",
            "CREATE INDEX mailing_own ON mailing (person_id, staged_at)",
            "CREATE INDEX mailing_staged ON mailing (staged_at)",
            "CREATE UNIQUE INDEX mailing_item_person ON mailing_item (mailing_id, person_id)",
        ] {
            c.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
