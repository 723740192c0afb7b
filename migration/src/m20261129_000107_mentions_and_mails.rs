//! Who is mentioned in a note, why somebody is told of something, and when and by which mail they are told of it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("mention")
                .col(uuid("message_id"))
                .col(uuid("person_id"))
                .primary_key(Index::create().col("message_id").col("person_id"))
                .to_owned(),
        )
        .await?;
        for column in [
            string_null("reason"),
            timestamp_with_time_zone_null("mail_at"),
            uuid_null("mail_id"),
        ] {
            let added = Table::alter().table("notice").add_column(column).to_owned();
            m.alter_table(added).await?;
        }
        m.create_table(
            Table::create()
                .table("notify_choice")
                .col(pk_uuid("person_id"))
                .col(string("channels"))
                .col(integer("daily_at"))
                .col(integer_null("quiet_from"))
                .col(integer_null("quiet_to"))
                .col(boolean("quiet_weekend"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE INDEX notice_mail_at ON notice (mail_at, person_id) WHERE mail_at IS NOT NULL",
            "CREATE INDEX notice_mail ON notice (mail_id) WHERE mail_id IS NOT NULL",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
