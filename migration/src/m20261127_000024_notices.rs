//! Notices: what people are told of events that concern them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("notice")
                .col(pk_uuid("id"))
                .col(uuid("person_id"))
                .col(uuid("ticket_id"))
                .col(integer("number"))
                .col(string("kind"))
                .col(timestamp_with_time_zone("at"))
                .col(timestamp_with_time_zone_null("read_at"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE UNIQUE INDEX notice_once ON notice (person_id, ticket_id, number)",
            "CREATE INDEX notice_person ON notice (person_id, at, id)",
            "CREATE INDEX notice_unread ON notice (person_id, ticket_id) WHERE read_at IS NULL",
            "CREATE INDEX notice_at ON notice (at)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
