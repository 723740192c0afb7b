//! Who watches which views and services, what lies in a watched view, and which tickets are to be looked for there.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let watch = |table: &'static str, of: ColumnDef| {
            let key = if table == "service_watch" {
                "service_id"
            } else {
                "view"
            };
            Table::create()
                .table(table)
                .col(of)
                .col(uuid("person_id"))
                .col(timestamp_with_time_zone("since"))
                .primary_key(Index::create().col(key).col("person_id"))
                .to_owned()
        };
        m.create_table(watch("service_watch", uuid("service_id")))
            .await?;
        let mut views = watch("view_watch", string("view"));
        // Which edition of the view the list of what lies in it belongs to; none was made yet.
        views.col(integer_null("edition"));
        m.create_table(views).await?;
        m.create_table(
            Table::create()
                .table("view_inside")
                .col(uuid("person_id"))
                .col(string("view"))
                .col(uuid("ticket_id"))
                .primary_key(
                    Index::create()
                        .col("person_id")
                        .col("view")
                        .col("ticket_id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("view_look")
                .col(pk_uuid("ticket_id"))
                .col(uuid("mark"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE INDEX service_watch_person ON service_watch (person_id)",
            "CREATE INDEX view_watch_person ON view_watch (person_id)",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
