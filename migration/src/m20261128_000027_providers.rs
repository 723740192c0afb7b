//! Signing in by identity providers: who they are, whom they speak of, and what became of each try.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("identity_provider")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(string("issuer"))
                .col(string("client_id"))
                .col(text_null("client_secret"))
                .col(text("domains"))
                .col(string("scopes"))
                .col(boolean("match_email"))
                .col(boolean("create_people"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("identity")
                .col(pk_uuid("id"))
                .col(uuid("provider_id"))
                .col(string("issuer"))
                .col(string("subject"))
                .col(uuid("person_id"))
                .col(binary("salt"))
                .col(timestamp_with_time_zone("linked_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("sign_in_entry")
                .col(pk_uuid("id"))
                .col(timestamp_with_time_zone("at"))
                .col(uuid_null("provider_id"))
                .col(uuid_null("person_id"))
                .col(string("outcome"))
                .col(text("detail"))
                .col(string("address"))
                .col(string("browser"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("used_state")
                .col(ColumnDef::new("hash").binary().not_null().primary_key())
                .col(timestamp_with_time_zone("used_at"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE UNIQUE INDEX identity_provider_name ON identity_provider (name)",
            "CREATE UNIQUE INDEX identity_subject ON identity (issuer, subject)",
            "CREATE INDEX identity_person ON identity (person_id)",
            "CREATE INDEX sign_in_entry_at ON sign_in_entry (at)",
            "CREATE INDEX sign_in_entry_provider ON sign_in_entry (provider_id, at, id)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
