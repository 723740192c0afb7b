//! What is asked to be blacked out, and what is.

use serde_json::{Value, json};
use uuid::Uuid;

use super::TicketEvent;
use super::parts::content_of;
use crate::history::digest;
use crate::ticket::redact::{Gone, Model as Request, Outcome, Remains};

/// One such thing, of the ticket whose history it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedactionEvent {
    Asked(Request),
    /// It stays as it is: by whoever decided, or whoever had asked.
    Left {
        request_id: Uuid,
        message_id: Uuid,
        decided_by: Uuid,
        outcome: Outcome,
    },
    Redacted(Redacted),
}

/// Something was blacked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    pub request_id: Uuid,
    /// The message that it was asked for.
    pub message_id: Uuid,
    pub asked_by: Uuid,
    /// None where copies go along: it is decided in the ticket where it was asked for.
    pub decided_by: Option<Uuid>,
    pub passages: Vec<String>,
    pub remains: Vec<Remains>,
    pub files: Vec<Gone>,
}

impl From<RedactionEvent> for TicketEvent {
    fn from(event: RedactionEvent) -> TicketEvent {
        TicketEvent::Redaction(Box::new(event))
    }
}

impl RedactionEvent {
    /// The stored name.
    pub fn name(&self) -> &'static str {
        match self {
            RedactionEvent::Asked(_) => "redaction_asked",
            RedactionEvent::Left {
                outcome: Outcome::Withdrawn,
                ..
            } => "redaction_withdrawn",
            RedactionEvent::Left { .. } => "redaction_refused",
            RedactionEvent::Redacted(_) => "redacted",
        }
    }

    /// The stored form, free of personal content: of what remains there are new digests, so that it can be proven.
    pub fn record(&self) -> Value {
        match self {
            RedactionEvent::Asked(request) => json!({
                "request": request.id,
                "message": request.message_id,
                "passages": request.passages().len(),
                "files": request.files().len(),
                "reason": digest(&request.salt, &request.reason),
            }),
            RedactionEvent::Left {
                request_id,
                message_id,
                ..
            } => json!({ "request": request_id, "message": message_id }),
            RedactionEvent::Redacted(done) => {
                let messages: Vec<Value> = done.remains.iter().map(remaining).collect();
                json!({
                    "request": done.request_id,
                    "message": done.message_id,
                    "asked_by": done.asked_by,
                    "passages": done.passages.len(),
                    "files": done.files.len(),
                    "messages": messages,
                })
            }
        }
    }
}

fn remaining(remains: &Remains) -> Value {
    let content = content_of(
        remains.subject.as_deref(),
        &remains.body,
        remains.html.as_deref(),
        &remains.addresses,
    );
    json!({ "message": remains.message_id, "content": digest(&remains.salt, &content) })
}
