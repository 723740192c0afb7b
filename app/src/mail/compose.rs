//! Builds the bytes of an outgoing message; nothing a person typed can add a header.

use chrono::{DateTime, Utc};
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use super::address::{self, Mailbox};

/// The first and the newest ids are what other programs thread by.
const MOST_REFERENCES: usize = 20;

/// Long headers are cut or refused by some servers.
const MOST_REFERENCES_BYTES: usize = 4_000;

/// Who speaks: a person, or the desk by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    Personal,
    /// Carries what keeps other machines from answering; `host` is ours, for X-Loop.
    Automatic {
        host: String,
    },
    /// The same for what answers no mail: it may be urgent, so it is not called bulk.
    Told {
        host: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingFile {
    pub name: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// A message to send. Blind copies belong to the envelope alone, so they have no place here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Without angle brackets.
    pub message_id: String,
    pub date: DateTime<Utc>,
    pub from: Mailbox,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    pub reply_to: Vec<Mailbox>,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    pub in_reply_to: Option<String>,
    /// From oldest to newest.
    pub references: Vec<String>,
    pub attachments: Vec<OutgoingFile>,
    pub purpose: Purpose,
}

/// Why a message cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum Unsendable {
    #[error("not a mail address: {0}")]
    Address(String),
    #[error("not a message id: {0}")]
    MessageId(String),
    #[error("not a media type: {0}")]
    MediaType(String),
    #[error("not a host name: {0}")]
    Host(String),
    #[error("the message cannot be written")]
    Write(#[from] std::io::Error),
}

/// Line breaks in names, subjects and file names become spaces; in addresses and ids they are refused.
pub fn compose(outgoing: &Outgoing) -> Result<Vec<u8>, Unsendable> {
    let mut message = MessageBuilder::new()
        .message_id(MessageId::new(id(&outgoing.message_id)?))
        .date(outgoing.date.timestamp())
        .from(mailbox(&outgoing.from)?)
        .subject(one_line(&outgoing.subject));
    if !outgoing.to.is_empty() {
        message = message.to(mailboxes(&outgoing.to)?);
    }
    if !outgoing.cc.is_empty() {
        message = message.cc(mailboxes(&outgoing.cc)?);
    }
    if !outgoing.reply_to.is_empty() {
        message = message.reply_to(mailboxes(&outgoing.reply_to)?);
    }
    // What a stranger's mail calls itself need not be an id; the answer leaves all the same.
    if let Some(answered) = outgoing.in_reply_to.as_ref().filter(|id| is_id(id)) {
        message = message.in_reply_to(MessageId::new(answered.clone()));
    }
    let references = trimmed(&outgoing.references);
    if !references.is_empty() {
        message = message.references(MessageId::new_list(references.into_iter()));
    }
    let by_itself = match &outgoing.purpose {
        Purpose::Personal => None,
        Purpose::Automatic { host } => Some((host, "auto-replied")),
        Purpose::Told { host } => Some((host, "auto-generated")),
    };
    if let Some((host, kind)) = by_itself {
        if !is_token(host) {
            return Err(Unsendable::Host(host.clone()));
        }
        message = message
            .header("Auto-Submitted", Raw::new(kind))
            .header("X-Auto-Response-Suppress", Raw::new("All"))
            .header("X-Loop", Raw::new(host.clone()));
    }
    if matches!(outgoing.purpose, Purpose::Automatic { .. }) {
        message = message.header("Precedence", Raw::new("bulk"));
    }
    Ok(message.body(body(outgoing)?).write_to_vec()?)
}

fn body(outgoing: &Outgoing) -> Result<MimePart<'_>, Unsendable> {
    let text = MimePart::new("text/plain", outgoing.text.replace('\0', ""));
    let content = match &outgoing.html {
        Some(html) => {
            let html = MimePart::new("text/html", html.replace('\0', ""));
            MimePart::new("multipart/alternative", vec![text, html])
        }
        None => text,
    };
    if outgoing.attachments.is_empty() {
        return Ok(content);
    }
    let mut parts = vec![content];
    for file in &outgoing.attachments {
        let (kind, subtype) = file.media_type.split_once('/').unwrap_or_default();
        if !is_token(kind) || !is_token(subtype) {
            return Err(Unsendable::MediaType(file.media_type.clone()));
        }
        // Text files keep their bytes: as a text part their line ends and charset could change.
        let part = MimePart::new(file.media_type.clone(), file.bytes.as_slice());
        parts.push(part.attachment(file_name(&file.name)));
    }
    Ok(MimePart::new("multipart/mixed", parts))
}

fn mailboxes(all: &[Mailbox]) -> Result<Address<'static>, Unsendable> {
    let all: Result<_, _> = all.iter().map(mailbox).collect();
    Ok(Address::new_list(all?))
}

fn mailbox(of: &Mailbox) -> Result<Address<'static>, Unsendable> {
    let refused = || Unsendable::Address(of.address.clone());
    let parsed = address::parse(&of.address).map_err(|_| refused())?;
    if parsed.address != of.address {
        return Err(refused());
    }
    let name = of.name.as_deref().map(one_line);
    let name = name.filter(|name| !name.is_empty());
    Ok(Address::new_address(name, parsed.address))
}

fn id(id: &str) -> Result<String, Unsendable> {
    if is_id(id) {
        Ok(id.to_owned())
    } else {
        Err(Unsendable::MessageId(id.to_owned()))
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() < 900
        && id
            .chars()
            .all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'))
}

/// The first id and the newest ones; ids from outside that are none are left out.
fn trimmed(references: &[String]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for id in references.iter().filter(|id| is_id(id)) {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    if ids.len() > MOST_REFERENCES {
        ids.drain(1..=ids.len() - MOST_REFERENCES);
    }
    while ids.len() > 2 && ids.iter().map(String::len).sum::<usize>() > MOST_REFERENCES_BYTES {
        ids.remove(1);
    }
    ids
}

fn is_token(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "!#$&^_.+-".contains(c);
    !text.is_empty() && text.chars().all(is_plain)
}

fn one_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn file_name(name: &str) -> String {
    let line = one_line(name).replace(['/', '\\'], "_");
    if line.is_empty() {
        "file".to_owned()
    } else {
        line
    }
}
