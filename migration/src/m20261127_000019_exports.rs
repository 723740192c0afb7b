//! Lists taken out of the desk as files, and who may take them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("export")
                .col(pk_uuid("id"))
                .col(uuid("person_id"))
                .col(string("format"))
                .col(string("name"))
                .col(text("list"))
                .col(text("about"))
                .col(binary_null("tickets"))
                .col(string("locale"))
                .col(string("state"))
                .col(string_null("failure"))
                .col(integer("rows_all"))
                .col(integer("rows_done"))
                .col(timestamp_with_time_zone("begun_at"))
                .col(timestamp_with_time_zone_null("ended_at"))
                .col(timestamp_with_time_zone_null("claimed_until"))
                .col(binary("salt"))
                .to_owned(),
        )
        .await?;
        let c = m.get_connection();
        for sql in [
            "CREATE INDEX export_person ON export (person_id, begun_at)",
            // Whoever may do everything, and whoever answers: as far as that reaches.
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) SELECT role_id, 'export_tickets', scope, \
             scope_ids FROM \"grant\" WHERE permission = 'reply' ON CONFLICT DO NOTHING",
        ] {
            c.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
