//! A functional mail address: where mail comes in, what it becomes, who answers from it.

pub mod intake;
pub mod list;
pub mod reader;

mod facts;
mod sending;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub use Model as Mailbox;
pub use facts::{Imap, MailboxFacts, is_flag};
pub use list::{Looked, Row, choices, find, list};
pub use reader::Doing;
pub use sending::{Dkim, Sending};

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::permit::Protected;
use crate::policy::{Permission, Place};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mailbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The name on the command line, unique: `default`.
    pub name: String,
    /// Lower case, unique.
    pub address: String,
    /// The name replies are sent under.
    pub display_name: String,
    /// Team of new tickets.
    pub team_id: Option<Uuid>,
    /// Service of new tickets; its team wins over `team_id`.
    pub service_id: Option<Uuid>,
    /// Whether a new ticket is answered with a receipt.
    pub receipt: bool,
    /// The receipt's text; empty for the shipped one. `{number}` and `{title}` are filled in.
    pub receipt_text: String,
    /// Whether the requester is told when the system closes a ticket.
    pub closing_note: bool,
    /// The note's text; empty for the shipped one. `{number}` and `{title}` are filled in.
    pub closing_note_text: String,
    /// Days after which the system closes what is solved.
    pub close_after_days: i32,
    /// Days during which a message reopens what is closed; later it opens a new ticket.
    pub reopen_within_days: i32,
    /// None: mail only comes by `lotse mail deliver`.
    pub imap_host: Option<String>,
    pub imap_port: Option<i32>,
    pub imap_tls: ImapTls,
    pub imap_user: Option<String>,
    /// Sealed by [`crate::secret`].
    pub imap_password: Option<String>,
    pub imap_folder: String,
    /// Folder for mail that was taken in; none marks it as read where it is.
    pub imap_move_to: Option<String>,
    /// Flag or keyword set instead of marking as read, when mail is not moved: `\\Flagged`, `Lotse`.
    pub imap_flag: Option<String>,
    /// Nothing is changed on the server; what was taken is known by its UID.
    pub imap_read_only: bool,
    /// Mail that came to the server before this day is left alone.
    pub imap_start_on: Option<Date>,
    /// Seconds between looks when the server has no IDLE.
    pub poll_seconds: i32,
    /// None: the server of the configuration.
    pub smtp_host: Option<String>,
    pub smtp_port: Option<i32>,
    pub smtp_tls: ImapTls,
    pub smtp_user: Option<String>,
    /// Sealed by [`crate::secret`].
    pub smtp_password: Option<String>,
    /// Where bounces go; none for `address`.
    pub envelope_sender: Option<String>,
    /// Mails that may leave within an hour.
    pub hourly_limit: Option<i32>,
    /// Mails leave as plain text alone, without an HTML part that says the same.
    pub plain_only: bool,
    /// None: the domain of `address`.
    pub dkim_domain: Option<String>,
    /// None: mails are not signed.
    pub dkim_selector: Option<String>,
    /// Sealed by [`crate::secret`].
    pub dkim_key: Option<String>,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Protected for Model {
    fn place(&self) -> Place {
        Place::Desk
    }

    async fn find(db: &Db, actor: &Actor, key: &str) -> Result<Self> {
        if !actor.may_somewhere(Permission::ManageMailboxes)
            && !actor.may_somewhere(Permission::ReceiveMail)
        {
            return Err(DeskError::Hidden);
        }
        let id = Uuid::try_parse(key).map_err(|_| DeskError::Hidden)?;
        Entity::find_by_id(id)
            .one(db.reader())
            .await?
            .ok_or(DeskError::Hidden)
    }
}

/// How the connection to the IMAP server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum ImapTls {
    /// TLS from the first byte, port 993.
    #[sea_orm(string_value = "implicit")]
    Implicit,
    /// TLS after STARTTLS, port 143.
    #[sea_orm(string_value = "starttls")]
    StartTls,
    /// No protection, for a server on this machine.
    #[sea_orm(string_value = "none")]
    None,
}
