//! What ties tickets together: links, suggestions, messages that moved, the vendors' numbers.

use sea_orm_migration::sea_orm::DbBackend;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("link")
                .col(uuid("ticket_id"))
                .col(uuid("other_id"))
                .col(string("kind"))
                .col(timestamp_with_time_zone("created_at"))
                .primary_key(Index::create().col("ticket_id").col("other_id").col("kind"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("suggestion")
                .col(uuid("ticket_id"))
                .col(string("number"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("refused_at"))
                .primary_key(Index::create().col("ticket_id").col("number"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("vendor_number")
                .col(uuid("ticket_id"))
                .col(uuid("organisation_id"))
                .col(string("number"))
                .col(string("folded_number"))
                .col(timestamp_with_time_zone("created_at"))
                .primary_key(Index::create().col("ticket_id").col("organisation_id"))
                .to_owned(),
        )
        .await?;
        m.alter_table(
            Table::alter()
                .table("message")
                .add_column(uuid_null("origin_id"))
                .to_owned(),
        )
        .await?;
        m.alter_table(
            Table::alter()
                .table("ticket")
                .add_column(integer("numbers_given").default(0))
                .to_owned(),
        )
        .await?;
        let c = m.get_connection();
        let suggested = match c.get_database_backend() {
            DbBackend::Postgres => "threaded_by::json ->> 'number'",
            _ => "json_extract(threaded_by, '$.number')",
        };
        let suggestions = format!(
            "INSERT INTO suggestion (ticket_id, number, created_at) \
             SELECT ticket_id, {suggested}, min(created_at) FROM message \
             WHERE threaded_by LIKE '{{\"by\":\"number_from_stranger\"%' GROUP BY 1, 2"
        );
        for sql in [
            "CREATE INDEX link_other ON link (other_id)",
            "CREATE INDEX vendor_number_number ON vendor_number (organisation_id, folded_number)",
            "CREATE INDEX ticket_merged ON ticket (merged_into) WHERE merged_into IS NOT NULL",
            "UPDATE ticket SET numbers_given = message_count",
            "INSERT INTO link (ticket_id, other_id, kind, created_at) SELECT id, follows_id, 'follows', created_at \
             FROM ticket WHERE follows_id IS NOT NULL AND follows_id <> id",
            "INSERT INTO link (ticket_id, other_id, kind, created_at) SELECT follows_id, id, 'followed_by', created_at \
             FROM ticket WHERE follows_id IS NOT NULL AND follows_id <> id",
            // Whoever notes may link, whoever closes may merge, as far as before.
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) SELECT role_id, 'link_tickets', scope, \
             scope_ids FROM \"grant\" WHERE permission = 'note' ON CONFLICT DO NOTHING",
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) SELECT role_id, 'merge_tickets', scope, \
             scope_ids FROM \"grant\" WHERE permission = 'close_tickets' ON CONFLICT DO NOTHING",
            &suggestions,
        ] {
            c.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
