//! Passkeys: what devices prove themselves by, in place of a password.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("passkey")
                .col(pk_uuid("id"))
                .col(uuid("person_id"))
                .col(string("name"))
                .col(binary("credential_id"))
                .col(text("credential"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("used_at"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE UNIQUE INDEX passkey_credential ON passkey (credential_id)",
            "CREATE INDEX passkey_person ON passkey (person_id)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
