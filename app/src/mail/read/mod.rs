//! Turns the raw bytes of a message into a plain `Mail`, mending what common senders break.

mod automatic;
mod bodies;
mod bounce;
mod files;
mod flowed;
mod headers;
mod informal;
mod mend;
mod parameters;
mod plain;
mod seal;
mod tame;
mod words;

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use entities::ticket::mail_facts::Seal;
use mail_parser::{HeaderName, Message, MessageParser};
use serde::Serialize;

pub use automatic::suppressed_by;
pub use bounce::Bounce;
pub use headers::header_lines;
pub use mend::without_envelope_line;
pub use plain::html_to_text;

/// A message decoded to Unicode; ids are without angle brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub subject: Option<String>,
    pub from: Option<Mailbox>,
    pub sender: Option<Mailbox>,
    /// Empty for the null path `<>`; none when the header is missing.
    pub return_path: Option<String>,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    pub reply_to: Vec<Mailbox>,
    pub date: Option<DateTime<Utc>>,
    pub message_id: Option<String>,
    pub in_reply_to: Option<String>,
    pub references: Vec<String>,
    /// The header that says a machine wrote this.
    pub auto_generated: Option<Header>,
    /// The header that says this went to many.
    pub bulk: Option<Header>,
    /// Every header that forbids an automatic answer, as it was sent.
    pub suppressions: Vec<Header>,
    pub bounce: Option<Bounce>,
    /// Its signature is not checked.
    pub signed: Option<Seal>,
    pub encrypted: Option<Seal>,
    /// The best plain text; made from the HTML when the sender gave none.
    pub text: String,
    /// The HTML as it was sent; only `mail::html` makes it fit to be shown.
    pub html: Option<String>,
    pub attachments: Vec<Attachment>,
    pub warnings: Vec<Warning>,
}

impl Mail {
    /// Where an answer goes: Reply-To, else From.
    #[must_use]
    pub fn answer_to(&self) -> Vec<&Mailbox> {
        if self.reply_to.is_empty() {
            self.from.iter().collect()
        } else {
            self.reply_to.iter().collect()
        }
    }

    /// Every id this mail answers: In-Reply-To first, then References from newest to oldest.
    pub fn answered_ids(&self) -> impl Iterator<Item = &str> {
        self.in_reply_to
            .iter()
            .chain(self.references.iter().rev())
            .map(String::as_str)
    }
}

/// An address with the name its owner gave.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Mailbox {
    pub name: Option<String>,
    pub address: String,
}

/// A header line as it was sent, unfolded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Header {
    pub name: String,
    pub value: String,
}

impl std::fmt::Display for Header {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.name, self.value)
    }
}

/// A file in a mail: whatever is not the text itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Safe as the last part of a path; made from the type when the sender gave none.
    pub name: String,
    /// Media type in lower case, without parameters.
    pub media_type: String,
    pub bytes: Vec<u8>,
    /// Hexadecimal SHA-256 of `bytes`.
    pub sha256: String,
    /// The sender wants it shown in place, or the HTML shows it by its Content-ID.
    pub inline: bool,
    /// The HTML shows it by its Content-ID, so a list of files may leave it out.
    pub shown_in_html: bool,
    pub content_id: Option<String>,
}

/// What had to be guessed or was lost while reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Warning {
    MissingFrom,
    SeveralFrom,
    MissingDate,
    MissingMessageId,
    HeaderCut,
    UndeclaredHeaderBytes,
    CharsetGuessed,
    CharsetUnknown,
    BrokenBase64,
    BrokenEncoding,
    MissingClosingBoundary,
    NestedTooDeep,
    NulRemoved,
    InvisibleRemoved,
    FileNameCleaned,
    Tnef,
    Encrypted,
}

impl Warning {
    /// Each of them.
    pub const ALL: [Warning; 17] = [
        Self::MissingFrom,
        Self::SeveralFrom,
        Self::MissingDate,
        Self::MissingMessageId,
        Self::HeaderCut,
        Self::UndeclaredHeaderBytes,
        Self::CharsetGuessed,
        Self::CharsetUnknown,
        Self::BrokenBase64,
        Self::BrokenEncoding,
        Self::MissingClosingBoundary,
        Self::NestedTooDeep,
        Self::NulRemoved,
        Self::InvisibleRemoved,
        Self::FileNameCleaned,
        Self::Tnef,
        Self::Encrypted,
    ];

    /// The stable code, as in the output of `mail inspect`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::MissingFrom => "missing-from",
            Self::SeveralFrom => "several-from",
            Self::MissingDate => "missing-date",
            Self::MissingMessageId => "missing-message-id",
            Self::HeaderCut => "header-cut",
            Self::UndeclaredHeaderBytes => "undeclared-header-bytes",
            Self::CharsetGuessed => "charset-guessed",
            Self::CharsetUnknown => "charset-unknown",
            Self::BrokenBase64 => "broken-base64",
            Self::BrokenEncoding => "broken-encoding",
            Self::MissingClosingBoundary => "missing-closing-boundary",
            Self::NestedTooDeep => "nested-too-deep",
            Self::NulRemoved => "nul-removed",
            Self::InvisibleRemoved => "invisible-removed",
            Self::FileNameCleaned => "file-name-cleaned",
            Self::Tnef => "tnef",
            Self::Encrypted => "encrypted",
        }
    }
}

/// Why bytes are not a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the message is empty")]
    Empty,
    #[error("the message has no header line")]
    NoHeader,
}

/// Reads a raw message; never panics, and mends rather than refuses.
pub fn read(raw: &[u8]) -> Result<Mail, Unreadable> {
    read_within(raw, 0)
}

/// Signatures may lie in one another.
const MOST_SEALS: usize = 3;

fn read_within(raw: &[u8], seals: usize) -> Result<Mail, Unreadable> {
    if raw.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::Empty);
    }
    mend::mended(raw, Vec::new(), |message, raw, warnings| {
        understood(message, raw, warnings, seals)
    })
    .ok_or(Unreadable::NoHeader)
}

fn understood(
    message: Message<'_>,
    raw: &[u8],
    mut warnings: Vec<Warning>,
    seals: usize,
) -> Option<Mail> {
    if !message.headers().iter().any(headers::is_known) {
        return None;
    }
    let mut source = Source { message, raw };
    if seals < MOST_SEALS
        && let Some(whole) = seal::opened(&source)
        && let Ok(mut mail) = read_within(&whole, seals + 1)
    {
        mail.signed = Some(Seal::Smime);
        mail.warnings.extend(warnings);
        mail.warnings.sort_unstable();
        mail.warnings.dedup();
        return Some(mail);
    }
    let mut mail = headers::envelope(&source, &mut warnings);
    let bodies = bodies::bodies(&source, &mut warnings);
    mail.text = bodies.text;
    mail.html = bodies.html;
    mail.bounce = bounce::bounce(&source, &mail);
    automatic::mark(&source, &mut mail);
    seal::mark(&source, &mut mail, &mut warnings);
    mail.attachments = files::files(&mut source, mail.html.as_deref(), &mut warnings);
    warnings.sort_unstable();
    warnings.dedup();
    mail.warnings = warnings;
    Some(mail)
}

/// Parses only the headers whose structure is asked for; the others stay as they were sent.
static PARSER: LazyLock<MessageParser> = LazyLock::new(|| {
    MessageParser::new()
        .header_content_type(HeaderName::ContentType)
        .header_content_type(HeaderName::ContentDisposition)
        .header_text(HeaderName::ContentTransferEncoding)
        .header_address(HeaderName::From)
        .header_address(HeaderName::Sender)
        .header_address(HeaderName::ReplyTo)
        .header_address(HeaderName::To)
        .header_address(HeaderName::Cc)
        .header_date(HeaderName::Date)
        .default_header_raw()
});

fn parse(raw: &[u8]) -> Option<Message<'_>> {
    PARSER.parse(raw)
}

/// `%40` and the like as the characters they stand for.
#[must_use]
pub(crate) fn percent_decoded(text: &str) -> String {
    String::from_utf8_lossy(&words::percent_like(text.as_bytes(), b'%')).into_owned()
}

/// A parsed message beside the bytes its offsets point into.
struct Source<'a> {
    message: Message<'a>,
    raw: &'a [u8],
}
