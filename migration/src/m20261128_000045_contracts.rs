//! Contracts with vendors, and releases of services.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("contract")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(uuid("vendor_id"))
                .col(text("service_ids"))
                .col(date("from_on"))
                .col(date_null("until_on"))
                .col(uuid("calendar_id"))
                .col(integer_null("reaction_minutes"))
                .col(integer_null("delivery_minutes"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("release")
                .col(pk_uuid("id"))
                .col(uuid("service_id"))
                .col(string("name"))
                .col(date_null("live_on"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE UNIQUE INDEX contract_name ON contract (name)",
            "CREATE UNIQUE INDEX release_name ON release (service_id, name)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
