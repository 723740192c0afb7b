//! Dynamic fields: their definitions, their options, what tickets hold in them, and what that was before.

use sea_orm_migration::sea_orm::DbBackend;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("field")
                .col(pk_uuid("id"))
                .col(string("key"))
                .col(string("kind"))
                .col(string("label_de"))
                .col(string("label_en"))
                .col(integer("position"))
                .col(text("settings"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("field_option")
                .col(pk_uuid("id"))
                .col(uuid("field_id"))
                .col(uuid_null("parent_id"))
                .col(integer("position"))
                .col(string("label_de"))
                .col(string("label_en"))
                .col(text("given"))
                .col(boolean("retired"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("field_change")
                .col(pk_uuid("id"))
                .col(uuid("ticket_id"))
                .col(text("content"))
                .col(binary("salt"))
                .to_owned(),
        )
        .await?;
        let c = m.get_connection();
        // One row lies in its key's tree alone on SQLite: a ticket's values are read together.
        let values = match c.get_database_backend() {
            DbBackend::Postgres => {
                "CREATE TABLE field_value (ticket_id uuid NOT NULL, field_id uuid NOT NULL, part smallint NOT NULL, \
                 active boolean NOT NULL, folded text COLLATE \"C\", number bigint, ref_id uuid, text text, \
                 PRIMARY KEY (ticket_id, field_id, part))"
            }
            _ => {
                "CREATE TABLE field_value (ticket_id uuid_text NOT NULL, field_id uuid_text NOT NULL, \
                 part smallint NOT NULL, active boolean NOT NULL, folded text, number bigint, ref_id uuid_text, \
                 text text, PRIMARY KEY (ticket_id, field_id, part)) WITHOUT ROWID"
            }
        };
        for sql in [
            values,
            "CREATE UNIQUE INDEX field_key ON field (key)",
            "CREATE INDEX field_option_field ON field_option (field_id, position)",
            "CREATE INDEX field_change_ticket ON field_change (ticket_id)",
            "CREATE INDEX field_value_number ON field_value (field_id, active, number, ticket_id) WHERE number IS NOT NULL",
            "CREATE INDEX field_value_folded ON field_value (field_id, active, folded, ticket_id) WHERE folded IS NOT NULL",
            "CREATE INDEX field_value_ref ON field_value (field_id, active, ref_id, ticket_id) WHERE ref_id IS NOT NULL",
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) \
             SELECT id, 'manage_fields', 'everything', '[]' FROM role WHERE shipped_as = 'administrator'",
        ] {
            c.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
