//! What is blacked out, full of words that must not get into its record.

use entities::ticket::event::{Redacted, RedactionEvent};
use entities::ticket::message::Addresses;
use entities::ticket::redact::{Gone, Model, Outcome, Remains};
use entities::{Clock, new_id};

use super::events::canary;

/// One of each.
pub fn redaction_events() -> Vec<RedactionEvent> {
    let (id, at) = (new_id(), Clock::default().now());
    let left = |outcome| RedactionEvent::Left {
        request_id: id,
        message_id: id,
        decided_by: id,
        outcome,
    };
    vec![
        RedactionEvent::Asked(Model {
            id,
            message_id: id,
            asked_by: id,
            asked_at: at,
            reason: canary("reason"),
            passages: format!("[\"{}\"]", canary("passage")),
            files: "[]".to_owned(),
            salt: entities::history::salt(),
            outcome: None,
            decided_by: None,
            decided_at: None,
        }),
        left(Outcome::Refused),
        left(Outcome::Withdrawn),
        RedactionEvent::Redacted(Redacted {
            request_id: id,
            message_id: id,
            asked_by: id,
            decided_by: Some(id),
            passages: vec![canary("passage")],
            remains: vec![Remains {
                message_id: id,
                subject: Some(canary("subject")),
                body: canary("body"),
                html: Some(canary("html")),
                addresses: Addresses::default(),
                raw_gone: Some(canary("digest of a mail")),
                raw: Some(canary("digest of the rest")),
                salt: entities::history::salt(),
                written_at: at,
                mail_id: Some(canary("mail id")),
            }],
            files: vec![Gone {
                id,
                message_id: id,
                name: canary("file.pdf"),
                sha256: canary("digest of a file"),
            }],
        }),
    ]
}

/// A new kind of event does not compile here until it has a place, and a sample above.
pub fn redaction_place(event: &RedactionEvent) -> usize {
    match event {
        RedactionEvent::Asked(_) => 0,
        RedactionEvent::Left { outcome, .. } => match outcome {
            Outcome::Refused | Outcome::Redacted => 1,
            Outcome::Withdrawn => 2,
        },
        RedactionEvent::Redacted(_) => 3,
    }
}
