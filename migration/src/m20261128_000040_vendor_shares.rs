//! What is shared with vendors: one row a ticket and vendor, messages that belong to one of them, reasons for what was let through.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("vendor_share")
                .col(pk_uuid("id"))
                .col(uuid("ticket_id"))
                .col(uuid("organisation_id"))
                .col(string("title"))
                .col(text("enquiry"))
                .col(uuid_null("service_id"))
                .col(uuid_null("contact_id"))
                .col(string("repair"))
                .col(timestamp_with_time_zone("repair_at"))
                .col(string_null("assessment"))
                .col(string_null("fixed_in"))
                .col(date_null("planned_for"))
                .col(integer_null("effort_hundredths"))
                .col(timestamp_with_time_zone_null("reaction_due_at"))
                .col(timestamp_with_time_zone_null("delivery_due_at"))
                .col(timestamp_with_time_zone_null("reacted_at"))
                .col(timestamp_with_time_zone_null("delivered_at"))
                .col(timestamp_with_time_zone("shared_at"))
                .col(timestamp_with_time_zone_null("withdrawn_at"))
                .col(timestamp_with_time_zone("last_message_at"))
                .col(boolean("vendor_spoke_last"))
                .col(integer("version"))
                .col(binary("salt"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("justification")
                .col(pk_uuid("id"))
                .col(uuid("ticket_id"))
                .col(uuid("message_id"))
                .col(string("kind"))
                .col(text("found"))
                .col(text("reason"))
                .col(timestamp_with_time_zone("created_at"))
                .col(binary("salt"))
                .to_owned(),
        )
        .await?;
        m.alter_table(
            Table::alter()
                .table("message")
                .add_column(uuid_null("share_id"))
                .to_owned(),
        )
        .await?;
        for sql in [
            "CREATE UNIQUE INDEX vendor_share_ticket ON vendor_share (ticket_id, organisation_id)",
            "CREATE INDEX vendor_share_of ON vendor_share (organisation_id, last_message_at, id) \
             WHERE withdrawn_at IS NULL",
            "CREATE INDEX vendor_share_about ON vendor_share (service_id, shared_at)",
            "CREATE INDEX message_share ON message (share_id, number) WHERE share_id IS NOT NULL",
            "CREATE INDEX justification_message ON justification (message_id)",
            // Whoever answers may share, as far as before.
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) SELECT role_id, 'share_with_vendor', scope, \
             scope_ids FROM \"grant\" WHERE permission = 'reply' ON CONFLICT DO NOTHING",
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) SELECT role_id, 'withdraw_share', scope, \
             scope_ids FROM \"grant\" WHERE permission = 'reply' ON CONFLICT DO NOTHING",
            // Nobody grants what they do not hold, so whoever manages roles holds this too; it reaches no share by that.
            "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) SELECT role_id, 'use_portal', scope, \
             scope_ids FROM \"grant\" WHERE permission = 'manage_roles' ON CONFLICT DO NOTHING",
        ] {
            m.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
