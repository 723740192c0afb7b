//! Text blocks for answers: approved by a second person, for teams and services, and people's own.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            uuid_null("owner_id"),
            text_null("approved"),
            uuid_null("author_id"),
            uuid_null("approved_by"),
            string("category").default("").to_owned(),
            uuid_null("team_id"),
            text("services").default("[]").to_owned(),
            date_null("review_on"),
        ] {
            m.alter_table(
                Table::alter()
                    .table("text_block")
                    .add_column(column)
                    .to_owned(),
            )
            .await?;
        }
        m.create_table(
            Table::create()
                .table("text_block_use")
                .col(pk_uuid("text_block_id"))
                .col(big_integer("times"))
                .col(timestamp_with_time_zone("last_at"))
                .to_owned(),
        )
        .await?;
        for sql in [
            // What is offered today stays so.
            "UPDATE text_block SET approved = content",
            "DROP INDEX text_block_name",
            "CREATE UNIQUE INDEX text_block_name ON text_block (name) WHERE owner_id IS NULL",
            "CREATE UNIQUE INDEX text_block_own_name ON text_block (owner_id, name) WHERE owner_id IS NOT NULL AND retired_at IS NULL",
            // Who leads a team drafts texts with the administrators; two are needed for each.
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) SELECT id, 'manage_text_blocks', 'everything', '[]' \
             FROM role WHERE shipped_as = 'lead' ON CONFLICT DO NOTHING",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
