//! Calendars that people's absences are read from, and by which event of one an absence is known.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let feed = Table::create()
            .table("absence_feed")
            .col(pk_uuid("id"))
            .col(uuid("person_id").unique_key())
            .col(string("address"))
            .col(string("words"))
            .col(timestamp_with_time_zone("set_at"))
            .to_owned();
        let state = Table::create()
            .table("absence_feed_state")
            .col(pk_uuid("feed_id"))
            .col(timestamp_with_time_zone("next_at"))
            .col(timestamp_with_time_zone_null("read_at"))
            .col(timestamp_with_time_zone_null("success_at"))
            .col(string_null("failure"))
            .col(integer_null("status"))
            .col(integer("found").default(0))
            .to_owned();
        for table in [feed, state] {
            m.create_table(table).await?;
        }
        for column in [
            string_null("feed_key"),
            date_null("feed_from_on"),
            date_null("feed_to_on"),
        ] {
            let alter = Table::alter()
                .table("absence")
                .add_column(column)
                .to_owned();
            m.alter_table(alter).await?;
        }
        Ok(())
    }
}
