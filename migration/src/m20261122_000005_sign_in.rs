//! Signing in: sessions, failed attempts, what a person likes.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("session")
                .col(binary("token_hash").primary_key())
                .col(uuid("person_id"))
                .col(string("csrf"))
                .col(string("browser"))
                .col(string("address"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("used_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("sign_in_counter")
                .col(string("key").primary_key())
                .col(integer("failures"))
                .col(timestamp_with_time_zone("since_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("preference")
                .col(uuid("person_id").primary_key())
                .col(string_null("locale"))
                .col(string_null("theme"))
                .col(string("density"))
                .col(integer("undo_seconds"))
                .col(boolean("single_keys"))
                .to_owned(),
        )
        .await?;
        m.get_connection()
            .execute_unprepared("CREATE INDEX session_person ON session (person_id)")
            .await?;
        Ok(())
    }
}
