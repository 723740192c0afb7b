//! One event of a ticket's history in words, from its stored name and record.

use std::collections::HashMap;

use entities::ticket::{Kind, Priority};
use entities::{Instant, Uuid};
use serde_json::Value;

use super::history_record::Record;
use crate::locale::{Locale, Now};
use crate::web::parts::{kind_words, priority_words};

/// What happened, and what it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub what: String,
    pub detail: Detail,
}

/// The second half of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    None,
    Text(String),
    /// A field with its value before and after.
    Change {
        field: String,
        from: String,
        to: String,
    },
}

/// Whom and what the ids in a record name.
pub type Names = HashMap<Uuid, String>;

/// Every id in a record, whatever it names and however deep it stands.
pub fn ids(payload: &str) -> Vec<Uuid> {
    let mut found = Vec::new();
    gather(
        &serde_json::from_str(payload).unwrap_or_default(),
        &mut found,
    );
    found
}

fn gather(value: &Value, found: &mut Vec<Uuid>) {
    match value {
        Value::String(text) => found.extend(Uuid::try_parse(text).ok()),
        Value::Array(all) => all.iter().for_each(|one| gather(one, found)),
        Value::Object(fields) => fields.values().for_each(|one| gather(one, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The words of an event. An event no name is known for is told by that name, so that nothing is hidden.
pub fn line(locale: Locale, now: &Now, name: &str, payload: &str, names: &Names) -> Line {
    let record = Record {
        locale,
        now,
        fields: serde_json::from_str(payload).unwrap_or_default(),
        names,
    };
    let said = |key: &str, detail: Detail| Line {
        what: locale.t(key),
        detail,
    };
    match name {
        "opened" => said("event-opened", record.opened()),
        "received" => said("event-received", record.message()),
        "replied" => said(record.replied(), record.message()),
        "note_written" => said("event-note-written", record.message()),
        "passed_on" => said("event-passed-on", record.message()),
        "forwarded" => said("event-forwarded", record.message()),
        "call_logged" => said("event-call-logged", record.call()),
        "assigned" => said("event-assigned", record.named("fact-owner")),
        "deputised" => said("event-deputised", record.named("fact-owner")),
        "moved" => said("event-moved", record.named("fact-team")),
        "classified" => said("event-classified", record.named("fact-service")),
        "district_changed" => said("event-district-changed", record.named("fact-district")),
        "kind_changed" => said(
            "event-kind-changed",
            record.change("fact-kind", |v: Kind| kind_words(locale, v)),
        ),
        "prioritised" => said(
            "event-prioritised",
            record.change("fact-priority", |v: Priority| priority_words(locale, v)),
        ),
        "state_changed" => said("event-state-changed", record.state()),
        "reminder_set" => said(
            "event-reminder-set",
            record.change("fact-reminder", |at: Instant| locale.moment(at, now)),
        ),
        "reminder_reached" => said("event-reminder-reached", record.at()),
        "renamed" => said("event-renamed", Detail::None),
        "withdrawn" => said("event-withdrawn", Detail::None),
        "delivery" => said("event-delivery", record.delivery()),
        "sent_again" => said("event-sent-again", Detail::None),
        "receipt_sent" => said("event-receipt-sent", Detail::None),
        "receipt_suppressed" => said("event-receipt-suppressed", record.suppressed()),
        "linked" => said("event-linked", record.link()),
        "unlinked" => said("event-unlinked", record.link()),
        "link_followed" => said("event-link-followed", record.followed()),
        "merged_into" => said("event-merged-into", Detail::Text(record.ticket())),
        "merged_from" => said("event-merged-from", record.merged_from()),
        "unmerged" => said("event-unmerged", record.merged_from()),
        "unmerged_from" => said("event-unmerged-from", record.merged_from()),
        "message_moved_out" => said("event-message-moved-out", Detail::Text(record.ticket())),
        "message_moved_in" => said("event-message-moved-in", Detail::Text(record.ticket())),
        "message_copied_out" => said("event-message-copied-out", Detail::Text(record.ticket())),
        "message_copied_in" => said("event-message-copied-in", Detail::Text(record.ticket())),
        "redaction_asked" => said("event-redaction-asked", record.redaction()),
        "redaction_refused" => said("event-redaction-refused", Detail::None),
        "redaction_withdrawn" => said("event-redaction-withdrawn", Detail::None),
        "redacted" => said("event-redacted", record.redaction()),
        "suggestion_refused" => said("event-suggestion-refused", Detail::Text(record.ticket())),
        "vendor_number_set" => said("event-vendor-number-set", record.vendor_number()),
        "shared" => said("event-shared", record.shared()),
        "share_withdrawn" => said("event-share-withdrawn", record.vendor()),
        "repair_moved" => said(record.repair_moved(), record.repair()),
        "vendor_told" => said("event-vendor-told", record.vendor_message()),
        "vendor_answered" => said("event-vendor-answered", record.vendor_message()),
        "vendor_filled" => said("event-vendor-filled", record.vendor_filled()),
        "gate_passed" => said("event-gate-passed", record.gate()),
        "fields_set" => said("event-fields-set", record.fields()),
        "watched" => said("event-watched", record.person()),
        "reusable_set" => said(record.reusable(), Detail::None),
        "article_used" => said("event-article-used", record.article()),
        "article_linked" => said("event-article-linked", record.article()),
        "article_unlinked" => said("event-article-unlinked", record.article()),
        "article_drawn" => said("event-article-drawn", record.article()),
        "recurred" => said("event-recurred", record.recurred()),
        "checklist_added" => said("event-checklist-added", record.lines()),
        "checklist_changed" => said("event-checklist-changed", record.line()),
        "checklist_ticked" => said("event-checklist-ticked", record.line()),
        "checklist_unticked" => said("event-checklist-unticked", record.line()),
        "checklist_moved" => said("event-checklist-moved", record.line()),
        "checklist_removed" => said("event-checklist-removed", record.line()),
        "unwatched" => said("event-unwatched", record.person()),
        "deadlines_set" => said(record.turn(), record.deadlines()),
        "deadline_told" => said(record.told(), record.goal()),
        "closing_note_sent" => said("event-closing-note-sent", Detail::None),
        "closing_note_suppressed" => said("event-closing-note-suppressed", record.suppressed()),
        other => Line {
            what: other.to_owned(),
            detail: Detail::None,
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use serde_json::json;

    fn said(locale: Locale, name: &str, record: Value, names: &Names) -> Line {
        let now = Now::new(chrono::DateTime::UNIX_EPOCH, chrono_tz::Tz::Europe__Berlin);
        line(locale, &now, name, &record.to_string(), names)
    }

    #[test]
    fn an_owner_is_told_by_name_before_and_after() {
        let id = Uuid::from_u128(7);
        let names = Names::from([(id, "Annika Brandt".to_owned())]);
        let record = json!({ "from": null, "to": id });
        let line = said(Locale::De, "assigned", record, &names);
        assert_eq!(line.what, "Zuständigkeit geändert");
        let Detail::Change { field, from, to } = line.detail else {
            panic!("no change")
        };
        assert_eq!(
            (field.as_str(), from.as_str(), to.as_str()),
            ("Zuständig", "leer", "Annika Brandt")
        );
    }

    #[test]
    fn a_state_is_told_with_what_it_waits_for_and_why_it_ended() {
        let names = Names::new();
        let record =
            json!({ "from": "open", "to": "waiting", "waiting_for": "vendor", "reason": null });
        let line = said(Locale::En, "state_changed", record, &names);
        assert!(matches!(line.detail, Detail::Change { to, .. } if to == "With the vendor"));
        let record =
            json!({ "from": "waiting", "to": "solved", "waiting_for": null, "reason": "data" });
        let line = said(Locale::De, "state_changed", record, &names);
        assert!(matches!(line.detail, Detail::Change { to, .. } if to == "Gelöst · Daten"));
    }

    #[test]
    fn a_deadline_is_told_with_what_must_be_done_and_until_when() {
        let names = Names::new();
        let record =
            json!({ "goal": "first_answer", "told": "near", "due": "1970-01-01T08:30:00Z" });
        let line = said(Locale::De, "deadline_told", record, &names);
        assert_eq!(line.what, "Frist läuft bald ab");
        let until = Detail::Text("Erstreaktion bis heute, 09:30".to_owned());
        assert_eq!(line.detail, until);
        let record = json!({ "goal": "solution", "told": "passed", "due": "1970-01-02T08:30:00Z" });
        let line = said(Locale::En, "deadline_told", record, &names);
        assert_eq!(line.what, "Deadline passed");
        let until = Detail::Text("Solution by tomorrow, 09:30".to_owned());
        assert_eq!(line.detail, until);
    }

    #[test]
    fn ids_are_found_in_a_record() {
        let id = Uuid::from_u128(7);
        assert_eq!(
            ids(&json!({ "from": null, "to": id, "at": "x" }).to_string()),
            [id]
        );
    }
}
