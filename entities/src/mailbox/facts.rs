//! What can be set about a mailbox, and how that becomes its row.

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::sending::Sending;
use super::{Entity, ImapTls, Model};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::{Batch, Table};
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// The content of a mailbox's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxFacts {
    pub name: String,
    pub address: String,
    pub display_name: String,
    pub team_id: Option<Uuid>,
    pub service_id: Option<Uuid>,
    pub receipt: bool,
    pub receipt_text: String,
    pub closing_note: bool,
    pub closing_note_text: String,
    pub close_after_days: i32,
    pub reopen_within_days: i32,
    pub imap: Imap,
    pub sending: Sending,
}

/// Where mail is fetched from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imap {
    /// None: mail only comes by `lotse mail deliver`.
    pub host: Option<String>,
    pub port: Option<i32>,
    pub tls: ImapTls,
    pub user: Option<String>,
    /// Made by [`crate::secret::seal`].
    pub sealed_password: Option<String>,
    pub folder: String,
    pub move_to: Option<String>,
    /// A flag with its backslash, or a keyword.
    pub flag: Option<String>,
    pub read_only: bool,
    pub start_on: Option<NaiveDate>,
    pub poll_seconds: i32,
}

impl Default for Imap {
    fn default() -> Self {
        Imap {
            host: None,
            port: None,
            tls: ImapTls::Implicit,
            user: None,
            sealed_password: None,
            folder: "INBOX".to_owned(),
            move_to: None,
            flag: None,
            read_only: false,
            start_on: None,
            poll_seconds: 60,
        }
    }
}

/// Whether a text is a flag that can be set: `\\Seen`, `\\Flagged`, `\\Answered`, or a keyword of RFC 9051.
pub fn is_flag(text: &str) -> bool {
    let system = ["\\Seen", "\\Flagged", "\\Answered"];
    let plain = |b: u8| b.is_ascii_graphic() && !b"(){%*\"\\]".contains(&b);
    system.iter().any(|flag| flag.eq_ignore_ascii_case(text))
        || (!text.is_empty() && text.len() <= 64 && text.bytes().all(plain))
}

impl MailboxFacts {
    /// A mailbox without IMAP with the values of a new one.
    pub fn new(name: &str, address: &str, display_name: &str) -> Self {
        MailboxFacts {
            name: name.to_owned(),
            address: address.to_owned(),
            display_name: display_name.to_owned(),
            team_id: None,
            service_id: None,
            receipt: true,
            receipt_text: String::new(),
            closing_note: false,
            closing_note_text: String::new(),
            close_after_days: 10,
            reopen_within_days: 30,
            imap: Imap::default(),
            sending: Sending::default(),
        }
    }
}

impl Facts for MailboxFacts {
    fn checked(self) -> Result<Self, Rejected> {
        let folder = setting::optional(Some(self.imap.folder));
        Ok(MailboxFacts {
            name: setting::name(&self.name)?,
            address: setting::mail_address(&self.address)?,
            display_name: setting::optional(Some(self.display_name)).unwrap_or_default(),
            close_after_days: self.close_after_days.clamp(0, 3650),
            reopen_within_days: self.reopen_within_days.clamp(0, 3650),
            imap: Imap {
                host: setting::optional(self.imap.host),
                port: self.imap.port.filter(|p| (1..=65_535).contains(p)),
                user: setting::optional(self.imap.user),
                folder: folder.unwrap_or_else(|| "INBOX".to_owned()),
                move_to: setting::optional(self.imap.move_to),
                flag: setting::optional(self.imap.flag).filter(|flag| is_flag(flag)),
                poll_seconds: self.imap.poll_seconds.clamp(10, 86_400),
                ..self.imap
            },
            sending: self.sending.checked(),
            ..self
        })
    }

    fn fields(&self) -> Vec<Field> {
        let mut fields = vec![
            Field::open("name", &self.name),
            Field::open("address", &self.address),
            Field::open("display_name", &self.display_name),
            Field::open("team", self.team_id),
            Field::open("service", self.service_id),
            Field::open("receipt", self.receipt),
            Field::open("receipt_text", &self.receipt_text),
            Field::open("closing_note", self.closing_note),
            Field::open("closing_note_text", &self.closing_note_text),
            Field::open("close_after_days", self.close_after_days),
            Field::open("reopen_within_days", self.reopen_within_days),
            Field::open("imap_host", &self.imap.host),
            Field::open("imap_port", self.imap.port),
            Field::open("imap_tls", self.imap.tls),
            Field::open("imap_user", &self.imap.user),
            Field::private("imap_password", &self.imap.sealed_password),
            Field::open("imap_folder", &self.imap.folder),
            Field::open("imap_move_to", &self.imap.move_to),
            Field::open("imap_flag", &self.imap.flag),
            Field::open("imap_read_only", self.imap.read_only),
            Field::open("imap_start_on", self.imap.start_on),
            Field::open("poll_seconds", self.imap.poll_seconds),
        ];
        fields.extend(self.sending.fields());
        fields
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = MailboxFacts;

    const KIND: SubjectKind = SubjectKind::Mailbox;

    const MANAGE: Permission = Permission::ManageMailboxes;

    fn id(&self) -> Uuid {
        self.id
    }

    fn retired_at(&mut self) -> &mut Option<Instant> {
        &mut self.retired_at
    }

    fn is_retired(&self) -> bool {
        self.retired_at.is_some()
    }

    fn blank(id: Uuid, now: Instant) -> Self {
        Model {
            id,
            name: String::new(),
            address: String::new(),
            display_name: String::new(),
            team_id: None,
            service_id: None,
            receipt: true,
            receipt_text: String::new(),
            closing_note: false,
            closing_note_text: String::new(),
            close_after_days: 10,
            reopen_within_days: 30,
            imap_host: None,
            imap_port: None,
            imap_tls: ImapTls::Implicit,
            imap_user: None,
            imap_password: None,
            imap_folder: "INBOX".to_owned(),
            imap_move_to: None,
            imap_flag: None,
            imap_read_only: false,
            imap_start_on: None,
            poll_seconds: 60,
            smtp_host: None,
            smtp_port: None,
            smtp_tls: ImapTls::StartTls,
            smtp_user: None,
            smtp_password: None,
            envelope_sender: None,
            hourly_limit: None,
            plain_only: false,
            dkim_domain: None,
            dkim_selector: None,
            dkim_key: None,
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> MailboxFacts {
        MailboxFacts {
            name: self.name.clone(),
            address: self.address.clone(),
            display_name: self.display_name.clone(),
            team_id: self.team_id,
            service_id: self.service_id,
            receipt: self.receipt,
            receipt_text: self.receipt_text.clone(),
            closing_note: self.closing_note,
            closing_note_text: self.closing_note_text.clone(),
            close_after_days: self.close_after_days,
            reopen_within_days: self.reopen_within_days,
            imap: Imap {
                host: self.imap_host.clone(),
                port: self.imap_port,
                tls: self.imap_tls,
                user: self.imap_user.clone(),
                sealed_password: self.imap_password.clone(),
                folder: self.imap_folder.clone(),
                move_to: self.imap_move_to.clone(),
                flag: self.imap_flag.clone(),
                read_only: self.imap_read_only,
                start_on: self.imap_start_on,
                poll_seconds: self.poll_seconds,
            },
            sending: self.sending(),
        }
    }

    fn take(&mut self, facts: &MailboxFacts) {
        let MailboxFacts { imap, .. } = facts;
        self.name.clone_from(&facts.name);
        self.address.clone_from(&facts.address);
        self.display_name.clone_from(&facts.display_name);
        self.team_id = facts.team_id;
        self.service_id = facts.service_id;
        self.receipt = facts.receipt;
        self.receipt_text.clone_from(&facts.receipt_text);
        self.closing_note = facts.closing_note;
        self.closing_note_text.clone_from(&facts.closing_note_text);
        self.close_after_days = facts.close_after_days;
        self.reopen_within_days = facts.reopen_within_days;
        self.imap_host.clone_from(&imap.host);
        self.imap_port = imap.port;
        self.imap_tls = imap.tls;
        self.imap_user.clone_from(&imap.user);
        self.imap_password.clone_from(&imap.sealed_password);
        self.imap_folder.clone_from(&imap.folder);
        self.imap_move_to.clone_from(&imap.move_to);
        self.imap_flag.clone_from(&imap.flag);
        self.imap_read_only = imap.read_only;
        self.imap_start_on = imap.start_on;
        self.poll_seconds = imap.poll_seconds;
        self.take_sending(&facts.sending);
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, events: &[SettingEvent<MailboxFacts>], batch: &mut Batch) {
        for event in events {
            batch
                .checks
                .must_be_active(Table::Team, event.sets(|f| f.team_id));
            batch
                .checks
                .must_be_active(Table::Service, event.sets(|f| f.service_id));
        }
        batch.mailboxes.push(self.clone());
    }
}
