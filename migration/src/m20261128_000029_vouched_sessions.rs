//! Sessions that a provider vouches for: which one, under which name of its own, and when it last did.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            uuid_null("provider_id"),
            string_null("provider_sid"),
            text_null("provider_tokens"),
            timestamp_with_time_zone_null("vouched_at"),
            boolean("askable").default(false).to_owned(),
        ] {
            let alter = Table::alter()
                .table("session")
                .add_column(column)
                .to_owned();
            m.alter_table(alter).await?;
        }
        m.get_connection()
            .execute_unprepared(
                "CREATE INDEX session_vouched ON session (vouched_at) WHERE askable",
            )
            .await?;
        Ok(())
    }
}
