//! Views: saved filters with their columns, for one person, a team or all, and who may share them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("view")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(string("folded_name"))
                .col(string("shelf"))
                .col(uuid_null("person_id"))
                .col(uuid_null("team_id"))
                .col(text("query"))
                .col(text("columns"))
                .col(string("sort"))
                .col(string("grouping"))
                .col(integer("position"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        for sql in [
            // A name is taken on its own shelf alone, and only while it is in use.
            "CREATE UNIQUE INDEX view_name ON view (shelf, folded_name) WHERE retired_at IS NULL",
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) \
             SELECT id, 'share_views', 'everything', '[]' FROM role WHERE shipped_as = 'administrator'",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
