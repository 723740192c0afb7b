//! Who works and who asks: people, organisations, teams, services, roles.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("organisation")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(string("folded_name"))
                .col(string_null("short_name"))
                .col(string("kind"))
                .col(uuid_null("parent_id"))
                .col(string_null("domain"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("person")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(string("folded_name"))
                .col(string_null("salutation"))
                .col(string_null("email"))
                .col(string_null("phone"))
                .col(string_null("phone_digits"))
                .col(string_null("password_hash"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("membership")
                .col(uuid("person_id"))
                .col(uuid("organisation_id"))
                .col(date_null("from_on"))
                .col(date_null("to_on"))
                .primary_key(Index::create().col("person_id").col("organisation_id"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("team")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("team_member")
                .col(uuid("team_id"))
                .col(uuid("person_id"))
                .primary_key(Index::create().col("team_id").col("person_id"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("service")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(uuid_null("parent_id"))
                .col(uuid_null("team_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("role")
                .col(pk_uuid("id"))
                .col(string("name"))
                .col(string_null("shipped_as"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("grant")
                .col(uuid("role_id"))
                .col(string("permission"))
                .col(string("scope"))
                .col(text("scope_ids"))
                .primary_key(
                    Index::create()
                        .col("role_id")
                        .col("permission")
                        .col("scope"),
                )
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("person_role")
                .col(uuid("person_id"))
                .col(uuid("role_id"))
                .primary_key(Index::create().col("person_id").col("role_id"))
                .to_owned(),
        )
        .await?;
        let c = m.get_connection();
        for sql in [
            r#"CREATE UNIQUE INDEX person_email ON person (email)"#,
            r#"CREATE INDEX person_folded_name ON person (folded_name, id)"#,
            r#"CREATE INDEX person_phone_digits ON person (phone_digits)"#,
            r#"CREATE INDEX membership_organisation ON membership (organisation_id)"#,
            r#"CREATE INDEX organisation_folded_name ON organisation (folded_name, id)"#,
            r#"CREATE INDEX organisation_domain ON organisation (domain)"#,
            r#"CREATE INDEX team_member_person ON team_member (person_id)"#,
            r#"CREATE INDEX service_parent ON service (parent_id)"#,
            r#"CREATE INDEX person_role_role ON person_role (role_id)"#,
            r#"CREATE UNIQUE INDEX team_name ON team (name)"#,
            r#"CREATE UNIQUE INDEX service_name ON service (name) WHERE parent_id IS NULL"#,
            r#"CREATE UNIQUE INDEX service_module_name ON service (parent_id, name)"#,
            r#"CREATE UNIQUE INDEX role_name ON role (name)"#,
        ] {
            c.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
