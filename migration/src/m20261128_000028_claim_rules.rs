//! Rules by which a provider's claims give roles, teams and organisations, and what they gave to whom.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("claim_rule")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(uuid("provider_id"))
                .col(string("path"))
                .col(string("operator"))
                .col(string("value"))
                .col(string("gives"))
                .col(uuid("target_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("claim_gift")
                .col(uuid("person_id"))
                .col(uuid("provider_id"))
                .col(string("gives"))
                .col(uuid("target_id"))
                .primary_key(
                    Index::create()
                        .col("person_id")
                        .col("provider_id")
                        .col("gives")
                        .col("target_id"),
                )
                .to_owned(),
        )
        .await?;
        m.get_connection()
            .execute_unprepared("CREATE UNIQUE INDEX claim_rule_name ON claim_rule (name)")
            .await?;
        Ok(())
    }
}
