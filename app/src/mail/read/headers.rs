//! The envelope: subject, people, date and ids of a message.

use chrono::{DateTime, TimeZone, Utc};
use entities::text;
use mail_parser::{Address, HeaderName, Message, MessagePart};
use sha2::{Digest, Sha256};

use super::{Mail, Mailbox, Source, Warning, words};

/// RFC 5322 allows no longer line.
const LONGEST_ID: usize = 998;

const MOST_IDS: usize = 100;

/// Whether a line is a header that mails have, so that prose with a colon is not taken for one.
pub(super) fn is_known(header: &mail_parser::Header<'_>) -> bool {
    matches!(
        header.name,
        HeaderName::Subject
            | HeaderName::From
            | HeaderName::To
            | HeaderName::Cc
            | HeaderName::Date
            | HeaderName::Sender
            | HeaderName::Received
            | HeaderName::MessageId
            | HeaderName::ReturnPath
            | HeaderName::MimeVersion
            | HeaderName::ContentType
    )
}

pub(super) fn envelope(source: &Source<'_>, warnings: &mut Vec<Warning>) -> Mail {
    let message = &source.message;
    let from = mailboxes(message.from());
    if from.is_empty() {
        warnings.push(Warning::MissingFrom);
    }
    if from.len() > 1 {
        warnings.push(Warning::SeveralFrom);
    }
    let date = message.date().and_then(instant);
    if date.is_none() {
        warnings.push(Warning::MissingDate);
    }
    let message_id = source.ids("Message-ID").into_iter().next();
    if message_id.is_none() {
        warnings.push(Warning::MissingMessageId);
    }
    if message
        .headers()
        .iter()
        .filter_map(|header| source.raw.get(span(header)))
        .any(|value| value.contains(&0))
    {
        warnings.push(Warning::NulRemoved);
    }
    let subject = source.header("Subject").map(|value| words::decode(&value));
    let name = message
        .from()
        .and_then(Address::first)
        .and_then(|from| from.name())
        .map(words::decode);
    let hides = |said: &String| {
        said.chars()
            .any(|c| text::is_deceptive(c) && !c.is_control())
    };
    if subject.iter().chain(&name).any(hides) {
        warnings.push(Warning::InvisibleRemoved);
    }
    Mail {
        subject: subject
            .map(|subject| one_line(&subject).trim().to_owned())
            .filter(|subject| !subject.is_empty()),
        from: from.into_iter().next(),
        sender: mailboxes(message.sender()).into_iter().next(),
        return_path: source
            .header("Return-Path")
            .map(|path| path.trim_matches(['<', '>', ' ']).to_owned()),
        to: all(message, &HeaderName::To),
        cc: all(message, &HeaderName::Cc),
        reply_to: mailboxes(message.reply_to()),
        date,
        message_id,
        in_reply_to: source.ids("In-Reply-To").into_iter().next(),
        references: source.ids("References"),
        auto_generated: None,
        bulk: None,
        suppressions: Vec::new(),
        bounce: None,
        signed: None,
        encrypted: None,
        text: String::new(),
        html: None,
        attachments: Vec::new(),
        warnings: Vec::new(),
    }
}

impl Source<'_> {
    /// The last header of that name, unfolded, not decoded.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        part_header(self.message.parts.first()?, self.raw, name)
    }

    /// Every header of that name, unfolded, not decoded.
    pub(super) fn headers(&self, name: &str) -> Vec<String> {
        let Some(part) = self.message.parts.first() else {
            return Vec::new();
        };
        let named = part.headers.iter();
        named
            .filter(|header| header.name.as_str().eq_ignore_ascii_case(name))
            .filter_map(|header| self.raw.get(span(header)))
            .map(|value| unfold(&String::from_utf8_lossy(value)))
            .collect()
    }

    /// The ids in a header without angle brackets; ids that lack them count too.
    fn ids(&self, name: &str) -> Vec<String> {
        let Some(value) = self.header(name) else {
            return Vec::new();
        };
        ids(&value)
    }
}

/// The newest of the ids in a header, each at most as long as a line may be.
pub(super) fn ids(value: &str) -> Vec<String> {
    let mut ids: Vec<String> = all_ids(value).iter().map(|id| shortened(id)).collect();
    ids.drain(..ids.len().saturating_sub(MOST_IDS));
    ids
}

/// Indices bear no keys of kilobytes; a digest in place of the end keeps different ids apart.
fn shortened(id: &str) -> String {
    if id.len() <= LONGEST_ID {
        return id.to_owned();
    }
    let digest = hex::encode(Sha256::digest(id.as_bytes()));
    let kept: String = id.chars().take(LONGEST_ID / 4 - digest.len()).collect();
    format!("{kept}{digest}")
}

fn all_ids(value: &str) -> Vec<String> {
    let bracketed: Vec<String> = value
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .map(|(id, _)| id.split_whitespace().collect::<String>())
        .filter(|id| !id.is_empty())
        .collect();
    if !bracketed.is_empty() {
        return bracketed;
    }
    value
        .split([' ', '\t', ',', '<', '>'])
        .filter(|id| id.contains('@'))
        .map(str::to_owned)
        .collect()
}

fn span(header: &mail_parser::Header<'_>) -> std::ops::Range<usize> {
    header.offset_start as usize..header.offset_end as usize
}

/// A header of one part, unfolded and without control characters.
pub(super) fn part_header(part: &MessagePart<'_>, raw: &[u8], name: &str) -> Option<String> {
    let header = part
        .headers
        .iter()
        .rev()
        .find(|header| header.name.as_str().eq_ignore_ascii_case(name))?;
    let value = String::from_utf8_lossy(raw.get(span(header))?);
    Some(unfold(&value))
}

/// Every header line of a message, decoded, in the order of the mail; none when it has no header.
#[must_use]
pub fn header_lines(raw: &[u8]) -> Vec<super::Header> {
    let mended = super::mend::mend_headers(raw);
    let Some(message) = super::PARSER.parse_headers(&mended) else {
        return Vec::new();
    };
    let lines = message.headers().iter().filter_map(|header| {
        let value = String::from_utf8_lossy(mended.get(span(header))?).into_owned();
        Some(super::Header {
            name: header.name.as_str().to_owned(),
            value: one_line(words::decode(&unfold(&value)).trim()),
        })
    });
    lines.collect()
}

fn unfold(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for line in value.split('\n') {
        let line = line.trim_end_matches('\r');
        let line = if out.is_empty() {
            line.to_owned()
        } else {
            format!(" {}", line.trim_start())
        };
        out.push_str(&line);
    }
    let clean: String = out
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| !c.is_control())
        .collect();
    clean.trim().to_owned()
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| {
            if matches!(c, '\r' | '\n' | '\t') {
                ' '
            } else {
                c
            }
        })
        .filter(|c| !text::is_deceptive(*c))
        .collect()
}

fn all(message: &Message<'_>, name: &HeaderName<'_>) -> Vec<Mailbox> {
    message
        .headers()
        .iter()
        .filter(|header| &header.name == name)
        .flat_map(|header| mailboxes(header.value.as_address()))
        .collect()
}

fn mailboxes(addresses: Option<&Address<'_>>) -> Vec<Mailbox> {
    let Some(addresses) = addresses else {
        return Vec::new();
    };
    addresses
        .iter()
        .filter_map(|found| {
            let address = one_line(found.address()?.trim());
            let name = found
                .name()
                .map(|name| one_line(&words::decode(name)))
                .map(|name| name.trim().trim_matches('"').trim().to_owned())
                .filter(|name| !name.is_empty());
            (!address.is_empty()).then_some(Mailbox { name, address })
        })
        .collect()
}

fn instant(date: &mail_parser::DateTime) -> Option<DateTime<Utc>> {
    date.is_valid()
        .then(|| Utc.timestamp_opt(date.to_timestamp(), 0).single())
        .flatten()
}

/// Subject and Message-ID of a message inside a message.
pub(super) fn of_nested(raw: &[u8]) -> (Option<String>, Option<String>) {
    let mended = super::mend::mend_headers(raw);
    let Some(message) = super::PARSER.parse_headers(&mended) else {
        return (None, None);
    };
    let source = Source {
        message,
        raw: &mended,
    };
    let subject = source
        .header("Subject")
        .map(|subject| one_line(&words::decode(&subject)));
    let id = source.ids("Message-ID").into_iter().next();
    (subject.filter(|subject| !subject.is_empty()), id)
}
