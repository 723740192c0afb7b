//! The record of what happened to a ticket: what the chain holds of it for ever, without anybody's words.

use serde_json::{Value, json};

use super::parts::{record_message, record_received, with};
use super::{TicketEvent, VendorNumber};
use crate::clock::micros;
use crate::field::Value as FieldValue;
use crate::history::digest;

pub(super) fn of(event: &TicketEvent) -> Value {
    match event {
        TicketEvent::Opened(o) => json!({
            "title": digest(&o.salt, &o.title),
            "kind": o.kind,
            "channel": o.channel,
            "priority": o.priority,
            "team": o.team_id,
            "service": o.service_id,
            "requester": o.requester_id,
            "organisation": o.organisation_id,
            "district": o.district_id,
            "mailbox": o.mailbox_id,
            "follows": o.follows_id,
        }),
        TicketEvent::Received { message, mail_id } => record_received(message, *mail_id),
        TicketEvent::Replied { message, outbound }
        | TicketEvent::ReceiptSent { message, outbound }
        | TicketEvent::ClosingNoteSent { message, outbound } => {
            let record = with(record_message(message), "mail_id", json!(outbound.mail_id));
            with(
                record,
                "not_before",
                json!(micros(Some(outbound.not_before))),
            )
        }
        TicketEvent::NoteWritten { message } | TicketEvent::CallLogged { message } => with(
            record_message(message),
            "minutes",
            json!(message.call_minutes),
        ),
        TicketEvent::Assigned(c)
        | TicketEvent::Deputised(c)
        | TicketEvent::Moved(c)
        | TicketEvent::Classified(c)
        | TicketEvent::DistrictChanged(c) => json!({ "from": c.from, "to": c.to }),
        TicketEvent::KindChanged(c) => json!({ "from": c.from, "to": c.to }),
        TicketEvent::Prioritised(c) => json!({ "from": c.from, "to": c.to }),
        TicketEvent::StateChanged {
            change,
            waiting_for,
            reason,
            ended,
        } => {
            let mut record = json!({
                "from": change.from, "to": change.to, "waiting_for": waiting_for, "reason": reason,
            });
            if let Some(ended) = ended {
                record["solved"] = json!(micros(ended.solved_at));
                record["closed"] = json!(micros(ended.closed_at));
            }
            record
        }
        TicketEvent::ReminderSet(c) => json!({ "from": micros(c.from), "to": micros(c.to) }),
        TicketEvent::ReminderReached { at } => json!({ "at": micros(Some(*at)) }),
        TicketEvent::Renamed { title, salt } => json!({ "title": digest(salt, title) }),
        TicketEvent::DeadlinesSet { to, turn } => to.record(*turn),
        TicketEvent::DeadlineTold { goal, told, due } => {
            json!({ "goal": goal, "told": told, "due": micros(Some(*due)) })
        }
        TicketEvent::Withdrawn { message_id, .. } => json!({ "message": message_id }),
        TicketEvent::Delivery {
            message_id, to, at, ..
        } => {
            json!({ "message": message_id, "to": to, "at": micros(Some(*at)) })
        }
        TicketEvent::SentAgain { message_id, .. } => json!({ "message": message_id }),
        TicketEvent::ReceiptSuppressed { by } | TicketEvent::ClosingNoteSuppressed { by } => {
            json!({ "by": by })
        }
        TicketEvent::Linked { other_id, kind } | TicketEvent::Unlinked { other_id, kind } => {
            json!({ "ticket": other_id, "kind": kind })
        }
        TicketEvent::LinkFollowed {
            from_id,
            other_id,
            kind,
        } => {
            json!({ "from": from_id, "ticket": other_id, "kind": kind })
        }
        TicketEvent::MergedInto { target_id } => json!({ "ticket": target_id }),
        TicketEvent::MergedFrom {
            source_id,
            messages,
            after,
            numbers,
            ..
        } => json!({
            "ticket": source_id, "messages": messages, "after": after, "numbers": numbers,
        }),
        TicketEvent::MessageMovedOut { message_id, to_id } => {
            json!({ "message": message_id, "ticket": to_id })
        }
        TicketEvent::MessageMovedIn {
            message_id,
            from_id,
            ..
        } => json!({ "message": message_id, "ticket": from_id }),
        TicketEvent::SuggestionRefused { number, other_id } => {
            json!({ "number": number, "ticket": other_id })
        }
        TicketEvent::VendorNumberSet {
            organisation_id,
            number,
        } => json!({
            "organisation": organisation_id, "number": number.as_ref().map(VendorNumber::as_str),
        }),
        TicketEvent::Share(event) => event.record(),
        TicketEvent::FieldsSet {
            change_id,
            changes,
            salt,
        } => {
            let digested = |value: &Option<FieldValue>| {
                value.as_ref().map(|v| digest(salt, &json!(v).to_string()))
            };
            let fields: Vec<Value> = changes
                .iter()
                .map(|c| json!({ "field": c.field_id, "from": digested(&c.from), "to": digested(&c.to) }))
                .collect();
            json!({ "change": change_id, "fields": fields })
        }
        TicketEvent::Watched { person_id } | TicketEvent::Unwatched { person_id } => {
            json!({ "person": person_id })
        }
        TicketEvent::ReusableSet { to } => json!({ "to": to }),
        TicketEvent::ArticleDrawn { article_id } => json!({ "article": article_id }),
        TicketEvent::Tied(event) => event.record(),
        TicketEvent::Redaction(event) => event.record(),
        TicketEvent::ArticleUsed {
            message_id,
            article_id,
            version,
        } => json!({ "message": message_id, "article": article_id, "version": version }),
        TicketEvent::Recurred { task_id, day } => json!({ "task": task_id, "day": day }),
        TicketEvent::Checklist(event) => event.record(),
    }
}
