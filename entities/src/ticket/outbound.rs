//! Every mail to send and its fate.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbound_mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub message_id: Uuid,
    pub ticket_id: Uuid,
    pub mailbox_id: Option<Uuid>,
    /// Message-ID without angle brackets.
    pub mail_id: String,
    /// JSON array of the envelope's recipients, bcc among them.
    pub recipients: String,
    /// Sent by a rule: empty envelope sender and the headers that stop loops.
    pub automatic: bool,
    /// `queued`, `sending`, `sent`, `withdrawn` or `dead`.
    pub state: String,
    pub attempts: i32,
    pub last_error: Option<String>,
    pub not_before: DateTimeUtc,
    /// Waits until then because its mailbox sent as much as it may in an hour.
    pub limited_until: Option<DateTimeUtc>,
    pub sent_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
