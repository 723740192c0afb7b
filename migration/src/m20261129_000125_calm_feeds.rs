//! When reading a calendar of absences began, and since when it reads empty; calendars of those who left go.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            timestamp_with_time_zone_null("begun_at"),
            timestamp_with_time_zone_null("empty_at"),
        ] {
            let alter = Table::alter()
                .table("absence_feed_state")
                .add_column(column)
                .to_owned();
            m.alter_table(alter).await?;
        }
        let c = m.get_connection();
        for sql in [
            "DELETE FROM absence_feed WHERE person_id IN (SELECT id FROM person WHERE retired_at IS NOT NULL)",
            "DELETE FROM absence_feed_state WHERE feed_id NOT IN (SELECT id FROM absence_feed)",
        ] {
            c.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
