//! Text blocks: the first kind fills the parts of an enquiry to a vendor.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("text_block")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(string("kind"))
                .col(text("content"))
                .col(date_null("valid_from"))
                .col(date_null("valid_to"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE UNIQUE INDEX text_block_name ON text_block (name)",
            // Whoever defines fields may write the texts that go with them.
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) SELECT role_id, 'manage_text_blocks', scope, \
             scope_ids FROM \"grant\" WHERE permission = 'manage_fields' ON CONFLICT DO NOTHING",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
