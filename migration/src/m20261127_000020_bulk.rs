//! One thing done to many tickets: what was chosen, how far it is, and what became of each.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("bulk")
                .col(pk_uuid("id"))
                .col(uuid("person_id"))
                .col(string("verb"))
                .col(text_null("act"))
                .col(text("list"))
                .col(boolean("more"))
                .col(string("state"))
                .col(string_null("failure"))
                .col(timestamp_with_time_zone("staged_at"))
                .col(timestamp_with_time_zone_null("ended_at"))
                .col(timestamp_with_time_zone_null("undo_until"))
                .col(timestamp_with_time_zone_null("claimed_until"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("bulk_item")
                .col(uuid("bulk_id"))
                .col(uuid("ticket_id"))
                .col(integer("position"))
                .col(integer("version"))
                .col(string_null("outcome"))
                .col(text_null("why"))
                .col(text_null("before"))
                .col(integer_null("after_version"))
                .col(string_null("undone"))
                .col(text_null("undone_why"))
                .primary_key(Index::create().col("bulk_id").col("ticket_id"))
                .to_owned(),
        )
        .await?;
        let c = m.get_connection();
        for sql in [
            // Few are under way at any time; those that are over are in no index.
            "CREATE INDEX bulk_under_way ON bulk (staged_at) WHERE state IN ('running', 'undoing')",
            "CREATE INDEX bulk_staged ON bulk (staged_at)",
        ] {
            c.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
