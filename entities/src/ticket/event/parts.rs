//! What events are made of: values before and after, what a ticket is opened with, mails that leave.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::Instant;
use crate::history::digest;
use crate::ticket::message::{Addresses, NewMessage, ThreadedBy};
use crate::ticket::state::{Channel, Kind, Priority};

/// A value before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<T> {
    pub from: T,
    pub to: T,
}

/// When a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    pub solved_at: Option<Instant>,
    pub closed_at: Option<Instant>,
}

/// A mail that has to leave with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOutbound {
    pub mailbox_id: Option<Uuid>,
    pub mail_id: String,
    /// The envelope's recipients.
    pub recipients: Vec<String>,
    pub not_before: Instant,
}

/// The facts of a new ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub title: String,
    pub kind: Kind,
    pub channel: Channel,
    pub priority: Priority,
    pub team_id: Option<Uuid>,
    pub service_id: Option<Uuid>,
    pub requester_id: Option<Uuid>,
    pub organisation_id: Option<Uuid>,
    pub district_id: Option<Uuid>,
    pub mailbox_id: Option<Uuid>,
    pub follows_id: Option<Uuid>,
    pub salt: Vec<u8>,
}

/// Everything a message says, as it is digested.
pub(super) fn content_of(
    subject: Option<&str>,
    body: &str,
    html: Option<&str>,
    addresses: &Addresses,
) -> String {
    [
        subject.unwrap_or_default(),
        body,
        html.unwrap_or_default(),
        &serde_json::to_string(addresses).unwrap_or_default(),
    ]
    .join("\u{0}")
}

/// A message as the history keeps it.
pub(in crate::ticket) fn record_message(m: &NewMessage) -> Value {
    let content = content_of(
        m.subject.as_deref(),
        &m.body,
        m.html.as_deref(),
        &m.addresses,
    );
    let files: Vec<Value> = m
        .files
        .iter()
        .map(|f| json!({ "name": digest(&m.salt, &f.name), "content": digest(&m.salt, &f.sha256), "size": f.size_bytes }))
        .collect();
    let mut record = json!({
        "message": m.id,
        "audience": m.audience,
        "channel": m.channel,
        "direction": m.direction,
        "author": m.author_id,
        "content": digest(&m.salt, &content),
        "files": files,
    });
    if let Some(share) = m.share_id {
        record["share"] = json!(share);
    }
    if let Some(share) = m.told_of {
        record["told_of"] = json!(share);
    }
    if !m.mentions.is_empty() {
        record["mentions"] = json!(m.mentions);
    }
    record
}

/// The record with one more value.
pub(super) fn with(mut record: Value, key: &str, value: Value) -> Value {
    if let Some(object) = record.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
    record
}

/// A mail that came in, as the history keeps it.
pub(super) fn record_received(message: &NewMessage, mail_id: Uuid) -> Value {
    let by = message.threaded_by.as_ref().and_then(|t| match t {
        // A foreign Message-ID can hold a name.
        ThreadedBy::References { .. } => Some(json!({ "by": "references" })),
        other => serde_json::to_value(other).ok(),
    });
    let record = with(record_message(message), "mail", json!(mail_id));
    let raw = message.raw_sha256.as_deref();
    let record = with(
        record,
        "raw",
        json!(raw.map(|raw| digest(&message.salt, raw))),
    );
    let record = with(record, "threaded", by.unwrap_or(Value::Null));
    // The names of filters are the administrators', and must be told for ever.
    match message.filters.is_empty() {
        true => record,
        false => with(record, "filters", json!(message.filters)),
    }
}
