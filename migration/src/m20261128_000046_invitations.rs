//! Invitations of people of vendors, and who may let them in.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("invitation")
                .col(uuid("person_id").primary_key())
                .col(uuid("organisation_id"))
                .col(uuid_null("invited_by"))
                .col(string("language"))
                .col(timestamp_with_time_zone("invited_at"))
                .col(timestamp_with_time_zone("valid_until"))
                .col(timestamp_with_time_zone_null("withdrawn_at"))
                .col(timestamp_with_time_zone_null("accepted_at"))
                .to_owned(),
        )
        .await?;
        // Whoever manages roles could make accounts of vendors by hand before.
        let sql = "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) SELECT role_id, 'invite_vendors', scope, \
                   scope_ids FROM \"grant\" WHERE permission = 'manage_roles' ON CONFLICT DO NOTHING";
        m.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
