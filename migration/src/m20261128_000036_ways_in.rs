//! By which way people came in or did not, and the browsers that got in before.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let alter = Table::alter()
            .table("sign_in_entry")
            // Until now only providers had entries.
            .add_column(string("way").default("provider").to_owned())
            .to_owned();
        m.alter_table(alter).await?;
        m.create_table(
            Table::create()
                .table("known_device")
                .col(binary("hash"))
                .col(uuid("person_id"))
                .col(timestamp_with_time_zone("used_at"))
                .primary_key(Index::create().col("hash").col("person_id"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE INDEX sign_in_entry_person ON sign_in_entry (person_id, at, id)",
            "CREATE INDEX known_device_person ON known_device (person_id)",
            "CREATE INDEX known_device_used ON known_device (used_at)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
