//! Who reads a mailbox and how far it has come; what is left on the server; how mail is taken.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column a statement.
        let mailbox = [
            date_null("imap_start_on"),
            string_null("imap_flag"),
            boolean("imap_read_only").default(false).take(),
        ];
        for column in mailbox {
            add(m, "mailbox", column).await?;
        }
        let state = [
            uuid_null("reader"),
            timestamp_with_time_zone_null("claimed_until"),
            string_null("doing"),
            timestamp_with_time_zone_null("doing_since"),
            big_integer("taken").default(0).take(),
            big_integer("to_take").default(0).take(),
            big_integer("left_old").default(0).take(),
            text_null("backlog"),
            string_null("last_failure_kind"),
        ];
        for column in state {
            add(m, "mailbox_state", column).await?;
        }
        add(
            m,
            "inbound_mail",
            boolean("on_server").default(false).take(),
        )
        .await?;
        // Whether the same bytes came before is asked for every mail.
        m.get_connection()
            .execute_unprepared("CREATE INDEX inbound_sha256 ON inbound_mail (sha256)")
            .await?;
        Ok(())
    }
}

async fn add(m: &SchemaManager<'_>, table: &'static str, column: ColumnDef) -> Result<(), DbErr> {
    let alter = Table::alter().table(table).add_column(column).to_owned();
    m.alter_table(alter).await
}
