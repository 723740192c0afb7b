//! What reading makes of a message, as JSON for programs and as lines for people.

use chrono::SecondsFormat;
use entities::ticket::mail_facts::Seal;
use serde::Serialize;

use super::read::{Bounce, Mail, Mailbox, Warning};

/// The output of `mail inspect`; the order of its fields is the order of the JSON.
#[derive(Debug, Serialize)]
pub struct Inspection<'a> {
    subject: Option<&'a str>,
    from: Option<&'a Mailbox>,
    to: &'a [Mailbox],
    cc: &'a [Mailbox],
    reply_to: &'a [Mailbox],
    date: Option<String>,
    message_id: Option<&'a str>,
    in_reply_to: Option<&'a str>,
    references: &'a [String],
    auto_generated: bool,
    auto_generated_header: Option<String>,
    bounce: Option<&'a Bounce>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed: Option<Seal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encrypted: Option<Seal>,
    text: &'a str,
    html: Option<&'a str>,
    attachments: Vec<InspectedFile<'a>>,
    warnings: &'a [Warning],
}

#[derive(Debug, Serialize)]
struct InspectedFile<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    media_type: &'a str,
    /// Bytes after transfer decoding.
    size: usize,
    sha256: &'a str,
    inline: bool,
    content_id: Option<&'a str>,
}

impl<'a> From<&'a Mail> for Inspection<'a> {
    fn from(mail: &'a Mail) -> Self {
        Self {
            subject: mail.subject.as_deref(),
            from: mail.from.as_ref(),
            to: &mail.to,
            cc: &mail.cc,
            reply_to: &mail.reply_to,
            date: mail
                .date
                .map(|date| date.to_rfc3339_opts(SecondsFormat::Secs, true)),
            message_id: mail.message_id.as_deref(),
            in_reply_to: mail.in_reply_to.as_deref(),
            references: &mail.references,
            auto_generated: mail.auto_generated.is_some(),
            auto_generated_header: mail.auto_generated.as_ref().map(ToString::to_string),
            bounce: mail.bounce.as_ref(),
            signed: mail.signed,
            encrypted: mail.encrypted,
            text: &mail.text,
            html: mail.html.as_deref(),
            attachments: mail
                .attachments
                .iter()
                .map(|file| InspectedFile {
                    name: &file.name,
                    media_type: &file.media_type,
                    size: file.bytes.len(),
                    sha256: &file.sha256,
                    inline: file.inline,
                    content_id: file.content_id.as_deref(),
                })
                .collect(),
            warnings: &mail.warnings,
        }
    }
}

/// The JSON of `mail inspect FILE --json`, indented.
pub fn json(mail: &Mail) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&Inspection::from(mail))
}

/// The readable form: header lines as a mail has them, then the text.
#[must_use]
pub fn lines(mail: &Mail) -> String {
    let mut out = Vec::new();
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            out.push(format!("{name}: {value}"));
        }
    };
    add("Subject", mail.subject.clone());
    add("From", mail.from.as_ref().map(shown));
    add("To", Some(list(&mail.to)));
    add("Cc", Some(list(&mail.cc)));
    add("Reply-To", Some(list(&mail.reply_to)));
    add("Date", mail.date.map(|date| date.to_rfc3339()));
    add("Message-ID", mail.message_id.clone());
    add("In-Reply-To", mail.in_reply_to.clone());
    add("References", Some(mail.references.join(" ")));
    let automatic = mail.auto_generated.as_ref().map(ToString::to_string);
    add("Auto-Generated", automatic);
    if let Some(bounce) = &mail.bounce {
        add("Bounce-Recipient", bounce.recipient.clone());
        add("Bounce-Action", bounce.action.clone());
        add("Bounce-Status", bounce.status.clone());
        add("Bounce-Diagnostic", bounce.diagnostic.clone());
        add("Bounce-Message-ID", bounce.original_message_id.clone());
    }
    for file in &mail.attachments {
        let (name, kind, size) = (&file.name, &file.media_type, file.bytes.len());
        add("Attachment", Some(format!("{name} ({kind}, {size} B)")));
    }
    for warning in &mail.warnings {
        add("Warning", Some(warning.code().to_owned()));
    }
    out.push(String::new());
    out.push(mail.text.clone());
    out.join("\n")
}

fn list(all: &[Mailbox]) -> String {
    all.iter().map(shown).collect::<Vec<_>>().join(", ")
}

fn shown(of: &Mailbox) -> String {
    match &of.name {
        Some(name) => format!("{name} <{}>", of.address),
        None => of.address.clone(),
    }
}
