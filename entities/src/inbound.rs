//! Every mail that ever came in, as it came, and what became of it.

pub mod claim;
pub mod copies;
pub mod decision;
pub mod failed;
pub mod list;
pub mod newest;
pub mod reconcile;
pub mod refused;
pub mod seen;
pub mod settle;
pub mod store;
pub mod threading;

mod become_ticket;
mod event;
mod ignore;
mod subject;
mod try_again;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub use Model as InboundMail;
pub use become_ticket::BecomeTicket;
pub use claim::{claim, claim_one, free_far, hand_back, is_waiting, postpone, postpone_uncounted};
pub use copies::{Earlier, earlier};
pub use event::MailEvent;
pub use ignore::Ignore;
pub use newest::newest;
pub use settle::{Facts, Outcome, settle};
pub use store::{Header, Kept, Stored, Uid, keep, leave, left_on_server, store, stored_before};
pub use try_again::TryAgain;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inbound_mail")]
pub struct Model {
    /// Also the id of the message it becomes, so that no mail becomes two.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub mailbox_id: Uuid,
    /// UIDVALIDITY and UID on the IMAP server; none for piped mail.
    pub uid_validity: Option<i64>,
    pub uid: Option<i64>,
    /// Digest of the raw bytes, which lie in the file store.
    pub sha256: String,
    pub size_bytes: i64,
    pub received_at: DateTimeUtc,
    pub fate: Fate,
    /// Why it failed, was ignored or is a copy: a code such as `no_header`, or `error: ` and a technical text.
    pub reason: Option<String>,
    pub subject: Option<String>,
    /// The sender's address.
    pub sender: Option<String>,
    /// Message-ID without angle brackets.
    pub mail_id: Option<String>,
    /// The filter by which it was ignored.
    pub filter_id: Option<Uuid>,
    pub ticket_id: Option<Uuid>,
    pub message_id: Option<Uuid>,
    /// How often processing was begun.
    pub attempts: i32,
    pub claimed_until: Option<DateTimeUtc>,
    /// The day it was counted as seen, where the desk works.
    pub seen_on: Date,
    /// Tries before a person asked for another one.
    pub earlier_attempts: i32,
    /// Only its header is stored, the mail itself lies on the IMAP server; the size is the server's.
    pub on_server: bool,
}

impl Model {
    /// How often processing was begun in all.
    pub fn tries(&self) -> i32 {
        self.attempts + self.earlier_attempts
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Stored and not looked at yet.
    #[sea_orm(string_value = "stored")]
    Stored,
    /// A message of a ticket that was there.
    #[sea_orm(string_value = "message")]
    Message,
    /// A new ticket.
    #[sea_orm(string_value = "ticket")]
    Ticket,
    /// The same mail came before.
    #[sea_orm(string_value = "copy")]
    Copy,
    /// Left alone by a named rule or by a person.
    #[sea_orm(string_value = "ignored")]
    Ignored,
    /// Nobody but a person can tell what it is.
    #[sea_orm(string_value = "failed")]
    Failed,
}
