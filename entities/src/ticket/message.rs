//! Messages: the entries of a ticket's thread.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::mail_facts::MailFacts;
use super::state::{Audience, Channel, Delivery, Direction, State, WaitingFor};
use crate::clock::Instant;
use crate::mail_filter::Touch;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub ticket_id: Uuid,
    /// The ticket it first stood in, when it was moved or merged.
    pub origin_id: Option<Uuid>,
    /// From 1 in the order of their coming; what was moved or merged comes late, so the time orders a thread.
    pub number: i32,
    pub audience: Audience,
    /// The one vendor it is for or from, by their share; none: it is no vendor's.
    pub share_id: Option<Uuid>,
    /// The share whose repair it tells the requester of; of a fault that ended without a vendor, the fault's ticket.
    pub told_of: Option<Uuid>,
    pub direction: Direction,
    pub channel: Channel,
    /// The person who wrote it, when known.
    pub author_id: Option<Uuid>,
    /// JSON of [`Addresses`].
    pub addresses: String,
    pub subject: Option<String>,
    /// Plain text, for what we write: Markdown.
    pub body: String,
    /// HTML of a mail that came in, reduced when `mail_facts` are there, else sanitised with its styles.
    pub html: Option<String>,
    /// Message-ID without angle brackets.
    pub mail_id: Option<String>,
    pub in_reply_to: Option<String>,
    /// Space-separated ids, oldest first.
    pub mail_references: Option<String>,
    /// The mail as it came, in the file store.
    pub raw_sha256: Option<String>,
    /// JSON of [`ThreadedBy`]: why it stands in this ticket.
    pub threaded_by: Option<String>,
    /// JSON array of [`Touch`]: the filters that did something to this mail.
    pub filters: Option<String>,
    /// JSON array of the reader's warnings, such as `broken_mime`.
    pub notes: Option<String>,
    pub delivery: Delivery,
    pub delivered_at: Option<DateTimeUtc>,
    /// JSON of [`Undo`]: what the same send changed besides.
    pub undo: Option<String>,
    /// Length of a call in minutes.
    pub call_minutes: Option<i32>,
    /// JSON of [`MailFacts`].
    pub mail_facts: Option<String>,
    pub created_at: DateTimeUtc,
    /// Salt of the digests in the history; erased with the content.
    pub salt: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

/// A mail address with the name that stands before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub address: String,
}

/// Everybody a message names. `bcc` is never in a header, a quotation or a vendor's view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addresses {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Address>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Address>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cc: Vec<Address>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bcc: Vec<Address>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reply_to: Vec<Address>,
}

/// Why a mail was put into this ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum ThreadedBy {
    /// Nothing pointed to a ticket.
    NewTicket,
    /// Our signed token in a header or plus-address.
    Token,
    /// A delivery report about a message of ours.
    Bounce,
    /// `In-Reply-To` or `References` named a message we know.
    References { mail_id: String },
    /// Our number in the subject, from somebody who takes part.
    Number,
    /// The vendor's number in the subject, from that vendor.
    VendorNumber { number: String },
    /// Our number in the subject, but from a stranger: a new ticket with a link to confirm.
    NumberFromStranger { number: String },
    /// The ticket it belongs to was closed too long ago.
    ClosedTooLong { number: String },
    /// An agent put it here by hand.
    ByHand,
}

/// What sending a reply changed besides, so that taking it back restores it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    pub state_before: State,
    pub waiting_before: Option<WaitingFor>,
    pub state_after: State,
    pub owner_before: Option<Uuid>,
    pub owner_after: Option<Uuid>,
    pub reminder_before: Option<Instant>,
    pub reminder_after: Option<Instant>,
    pub first_reply_before: Option<Instant>,
}

/// A file that belongs to a new message; its bytes are stored already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    pub name: String,
    pub content_type: String,
    pub size_bytes: i64,
    pub sha256: String,
    pub inline: bool,
    pub content_id: Option<String>,
}

/// A message about to be added, with all its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    pub id: Uuid,
    pub audience: Audience,
    pub share_id: Option<Uuid>,
    pub told_of: Option<Uuid>,
    pub direction: Direction,
    pub channel: Channel,
    pub author_id: Option<Uuid>,
    pub addresses: Addresses,
    pub subject: Option<String>,
    pub body: String,
    pub html: Option<String>,
    pub mail_id: Option<String>,
    pub in_reply_to: Option<String>,
    pub mail_references: Vec<String>,
    pub raw_sha256: Option<String>,
    pub threaded_by: Option<ThreadedBy>,
    pub filters: Vec<Touch>,
    pub notes: Vec<String>,
    pub delivery: Delivery,
    pub undo: Option<Undo>,
    pub call_minutes: Option<i32>,
    pub mail_facts: Option<MailFacts>,
    /// Who is named in a note, by their ids.
    pub mentions: Vec<Uuid>,
    pub salt: Vec<u8>,
    pub files: Vec<NewFile>,
}

impl NewMessage {
    /// A message with nothing but its text; the rest is filled in by whoever makes it.
    pub fn text(
        audience: Audience,
        direction: Direction,
        channel: Channel,
        body: String,
    ) -> NewMessage {
        NewMessage {
            id: crate::new_id(),
            audience,
            share_id: None,
            told_of: None,
            direction,
            channel,
            author_id: None,
            addresses: Addresses::default(),
            subject: None,
            body,
            html: None,
            mail_id: None,
            in_reply_to: None,
            mail_references: Vec::new(),
            raw_sha256: None,
            threaded_by: None,
            filters: Vec::new(),
            notes: Vec::new(),
            delivery: Delivery::None,
            undo: None,
            call_minutes: None,
            mail_facts: None,
            mentions: Vec::new(),
            salt: crate::history::salt(),
            files: Vec::new(),
        }
    }
}

fn reason(threaded_by: Option<&str>) -> Option<ThreadedBy> {
    serde_json::from_str(threaded_by?).ok()
}

fn facts(mail_facts: Option<&str>) -> Option<MailFacts> {
    serde_json::from_str(mail_facts?).ok()
}

/// What the two columns say about who wrote a message.
pub(super) fn is_by_machine(threaded_by: Option<&str>, mail_facts: Option<&str>) -> bool {
    reason(threaded_by) == Some(ThreadedBy::Bounce)
        || facts(mail_facts).is_some_and(|facts| facts.machine.is_some())
}

impl Model {
    /// Who it names; nobody when the stored form is damaged.
    pub fn parties(&self) -> Addresses {
        serde_json::from_str(&self.addresses).unwrap_or_default()
    }

    /// Why it stands here.
    pub fn reason(&self) -> Option<ThreadedBy> {
        reason(self.threaded_by.as_deref())
    }

    /// What reading found; none for what is no mail, and for mails read before it was kept.
    pub fn facts(&self) -> Option<MailFacts> {
        facts(self.mail_facts.as_deref())
    }

    /// Whether a machine wrote it: an absence note, a report of a mail server, a newsletter.
    pub fn is_by_machine(&self) -> bool {
        is_by_machine(self.threaded_by.as_deref(), self.mail_facts.as_deref())
    }

    /// The filters that did something to it, in their order.
    pub fn touched_by(&self) -> Vec<Touch> {
        let stored = self.filters.as_deref();
        stored
            .and_then(|touches| serde_json::from_str(touches).ok())
            .unwrap_or_default()
    }

    /// The reader's warnings.
    pub fn warnings(&self) -> Vec<String> {
        self.notes
            .as_deref()
            .and_then(|n| serde_json::from_str(n).ok())
            .unwrap_or_default()
    }
}
