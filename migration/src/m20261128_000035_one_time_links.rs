//! Links that open one thing once: for forgotten passwords and invitations.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("one_time_link")
                .col(ColumnDef::new("hash").binary().not_null().primary_key())
                .col(string("purpose"))
                .col(uuid("person_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("valid_until"))
                .col(timestamp_with_time_zone_null("used_at"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE INDEX one_time_link_person ON one_time_link (person_id)",
            "CREATE INDEX one_time_link_valid ON one_time_link (valid_until)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
