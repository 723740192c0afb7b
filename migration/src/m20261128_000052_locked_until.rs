//! Until when somebody has to wait at the door, so that who administrates sees it beside the person.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // What was locked before has passed within the quarter of an hour; nothing is known of it.
        let until = Table::alter()
            .table("sign_in_entry")
            .add_column(timestamp_with_time_zone_null("locked_until"))
            .to_owned();
        m.alter_table(until).await
    }
}
