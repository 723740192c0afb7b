//! The fields of a mailbox's form, and the facts they stand for.

use entities::mailbox::{Imap, ImapTls, MailboxFacts, is_flag};
use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::form;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct MailboxForm {
    #[validate(custom(function = "form::needed"))]
    pub name: String,
    #[validate(custom(function = "form::needed_address"))]
    pub address: String,
    #[validate(custom(function = "form::line"))]
    pub display_name: String,
    pub team: String,
    pub service: String,
    pub receipt: String,
    pub receipt_text: String,
    pub closing_note: String,
    pub closing_note_text: String,
    #[validate(custom(function = "form::days"))]
    pub close_after_days: String,
    #[validate(custom(function = "form::days"))]
    pub reopen_within_days: String,
    #[validate(custom(function = "form::line"))]
    pub imap_host: String,
    pub imap_tls: String,
    #[validate(custom(function = "form::port"))]
    pub imap_port: String,
    #[validate(custom(function = "form::line"))]
    pub imap_user: String,
    pub imap_password: String,
    #[validate(custom(function = "form::needed"))]
    pub imap_folder: String,
    #[validate(custom(function = "form::line"))]
    pub imap_move_to: String,
    #[validate(custom(function = "flag"))]
    pub imap_flag: String,
    pub imap_read_only: String,
    #[validate(custom(function = "form::day"))]
    pub imap_start_on: String,
    #[validate(custom(function = "form::seconds"))]
    pub poll_seconds: String,
    /// Whether one is stored; the form never holds it.
    pub has_password: String,
    pub once: Option<String>,
}

impl MailboxForm {
    /// Fields that can have faults, as they follow on the page.
    pub const ORDER: &'static [&'static str] = &[
        "name",
        "address",
        "display_name",
        "close_after_days",
        "reopen_within_days",
        "imap_host",
        "imap_port",
        "imap_user",
        "imap_folder",
        "imap_move_to",
        "imap_flag",
        "imap_start_on",
        "poll_seconds",
    ];

    pub fn of_facts(facts: &MailboxFacts) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let tick = |on: bool| if on { "1" } else { "" }.to_owned();
        MailboxForm {
            name: facts.name.clone(),
            address: facts.address.clone(),
            display_name: facts.display_name.clone(),
            team: form::id_text(facts.team_id),
            service: form::id_text(facts.service_id),
            receipt: tick(facts.receipt),
            receipt_text: facts.receipt_text.clone(),
            closing_note: tick(facts.closing_note),
            closing_note_text: facts.closing_note_text.clone(),
            close_after_days: facts.close_after_days.to_string(),
            reopen_within_days: facts.reopen_within_days.to_string(),
            imap_host: text(&facts.imap.host),
            imap_tls: form::stored_name(facts.imap.tls),
            imap_port: facts.imap.port.map(|p| p.to_string()).unwrap_or_default(),
            imap_user: text(&facts.imap.user),
            imap_password: String::new(),
            imap_folder: facts.imap.folder.clone(),
            imap_move_to: text(&facts.imap.move_to),
            imap_flag: text(&facts.imap.flag),
            imap_read_only: tick(facts.imap.read_only),
            imap_start_on: facts
                .imap
                .start_on
                .map(|d| d.to_string())
                .unwrap_or_default(),
            poll_seconds: facts.imap.poll_seconds.to_string(),
            has_password: tick(facts.imap.sealed_password.is_some()),
            once: None,
        }
    }

    /// The facts; to be asked after the form was found without faults.
    pub fn facts_with(&self, sealed_password: Option<String>) -> MailboxFacts {
        let shipped = MailboxFacts::new(&self.name, &self.address, &self.display_name);
        let number = |text: &str, shipped: i32| text.trim().parse().unwrap_or(shipped);
        MailboxFacts {
            team_id: form::id(&self.team),
            service_id: form::id(&self.service),
            receipt: !self.receipt.is_empty(),
            receipt_text: self.receipt_text.trim().to_owned(),
            closing_note: !self.closing_note.is_empty(),
            closing_note_text: self.closing_note_text.trim().to_owned(),
            close_after_days: number(&self.close_after_days, shipped.close_after_days),
            reopen_within_days: number(&self.reopen_within_days, shipped.reopen_within_days),
            imap: Imap {
                host: Some(self.imap_host.clone()),
                port: self.imap_port.trim().parse().ok(),
                tls: form::stored(&self.imap_tls).unwrap_or(ImapTls::Implicit),
                user: Some(self.imap_user.clone()),
                sealed_password,
                folder: self.imap_folder.clone(),
                move_to: Some(self.imap_move_to.clone()),
                flag: Some(self.imap_flag.clone()),
                read_only: !self.imap_read_only.is_empty(),
                start_on: self.imap_start_on.trim().parse().ok(),
                poll_seconds: number(&self.poll_seconds, shipped.imap.poll_seconds),
            },
            ..shipped
        }
    }
}

/// A flag of the server, or nothing.
fn flag(text: &str) -> Result<(), ValidationError> {
    let text = text.trim();
    if text.is_empty() || is_flag(text) {
        return Ok(());
    }
    Err(ValidationError::new("settings-fault-flag"))
}
