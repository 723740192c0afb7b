//! Articles with their versions, the tree they are filed in, and who reads, writes, reviews and publishes them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("category")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(uuid_null("parent_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("article")
                .col(pk_uuid("id"))
                .col(string("state"))
                .col(integer("newest"))
                .col(integer_null("published"))
                .col(string("title"))
                .col(string("folded_title"))
                .col(text("summary"))
                .col(text("found_by"))
                .col(string("audience"))
                .col(string("language"))
                .col(uuid_null("category_id"))
                .col(uuid_null("owner_id"))
                .col(date_null("review_due_on"))
                .col(integer("edition"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("changed_at"))
                .col(timestamp_with_time_zone_null("published_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("article_version")
                .col(uuid("article_id"))
                .col(integer("number"))
                .col(string("title"))
                .col(text("summary"))
                .col(text("body"))
                .col(text("keywords"))
                .col(string("audience"))
                .col(text("vendor_ids"))
                .col(text("note"))
                .col(uuid_null("author_id"))
                .col(timestamp_with_time_zone("written_at"))
                .col(integer_null("restored_from"))
                .col(uuid_null("published_by"))
                .col(timestamp_with_time_zone_null("published_at"))
                .col(binary("salt"))
                .primary_key(Index::create().col("article_id").col("number"))
                .to_owned(),
        )
        .await?;
        for (table, other) in [
            ("article_service", "service_id"),
            ("article_vendor", "organisation_id"),
        ] {
            m.create_table(
                Table::create()
                    .table(table)
                    .col(uuid("article_id"))
                    .col(uuid(other))
                    .primary_key(Index::create().col("article_id").col(other))
                    .to_owned(),
            )
            .await?;
        }
        m.create_table(
            Table::create()
                .table("article_remark")
                .col(pk_uuid("id"))
                .col(uuid("article_id"))
                .col(integer("version"))
                .col(string("kind"))
                .col(uuid_null("author_id"))
                .col(timestamp_with_time_zone("written_at"))
                .col(text("text"))
                .col(binary("salt"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE UNIQUE INDEX category_name ON category (name) WHERE parent_id IS NULL",
            "CREATE UNIQUE INDEX category_name_below ON category (parent_id, name)",
            "CREATE INDEX article_title ON article (folded_title, id)",
            "CREATE INDEX article_state ON article (state, folded_title, id)",
            "CREATE INDEX article_owner ON article (owner_id, folded_title, id)",
            "CREATE INDEX article_category ON article (category_id, folded_title, id)",
            "CREATE INDEX article_due ON article (review_due_on, id)",
            "CREATE INDEX article_service_of ON article_service (service_id)",
            "CREATE INDEX article_vendor_of ON article_vendor (organisation_id)",
            "CREATE INDEX article_remark_of ON article_remark (article_id, written_at)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        // Whoever may do everything may this too, and whoever opens tickets reads what is known.
        for (permission, like) in [
            ("read_articles", "create_tickets"),
            ("read_articles", "manage_roles"),
            ("write_articles", "manage_roles"),
            ("review_articles", "manage_roles"),
            ("publish_articles", "manage_roles"),
        ] {
            let sql = format!(
                "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) SELECT role_id, '{permission}', scope, \
                 scope_ids FROM \"grant\" WHERE permission = '{like}' AND scope = 'everything' ON CONFLICT DO NOTHING"
            );
            m.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
