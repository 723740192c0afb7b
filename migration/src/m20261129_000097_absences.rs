//! Who is away from when until when, who stands in for which service, and in whose place somebody is told.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let absence = Table::create()
            .table("absence")
            .col(pk_uuid("id"))
            .col(uuid("person_id"))
            .col(date("from_on"))
            .col(date("to_on"))
            .col(uuid_null("deputy_id"))
            .col(boolean("names_deputy"))
            .col(string("source"))
            .col(uuid_null("entered_by_id"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("cancelled_at"))
            .to_owned();
        let service = Table::create()
            .table("absence_service")
            .col(uuid("absence_id"))
            .col(uuid("service_id"))
            .col(uuid("deputy_id"))
            .primary_key(Index::create().col("absence_id").col("service_id"))
            .to_owned();
        let seen = Table::create()
            .table("absence_seen")
            .col(uuid("absence_id").primary_key())
            .col(timestamp_with_time_zone("at"))
            .to_owned();
        for table in [absence, service, seen] {
            m.create_table(table).await?;
        }
        let in_place_of = Table::alter()
            .table("notice")
            .add_column(uuid_null("in_place_of_id"))
            .to_owned();
        m.alter_table(in_place_of).await?;
        for sql in [
            "CREATE INDEX absence_to ON absence (to_on) WHERE cancelled_at IS NULL",
            "CREATE INDEX absence_person ON absence (person_id, to_on)",
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) \
             SELECT id, 'enter_absences', 'everything', '[]' FROM role WHERE shipped_as = 'administrator'",
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) \
             SELECT id, 'enter_absences', 'own_teams', '[]' FROM role WHERE shipped_as = 'lead'",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
