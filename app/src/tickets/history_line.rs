//! One event of a ticket's history in words, from its stored name and record.

use std::collections::HashMap;

use entities::deadline::{Goal, Told, Turn};
use entities::mail_filter::Touch;
use entities::ticket::{
    Channel, ClosingReason, Delivery, Kind, LinkKind, Priority, State, WaitingFor,
};
use entities::{Instant, Uuid};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::words;
use crate::locale::{Locale, Now};
use crate::web::parts::{kind_words, priority_words, reason_words, state_words};

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

/// Every id in a record, whatever it names.
pub fn ids(payload: &str) -> Vec<Uuid> {
    let record: Value = serde_json::from_str(payload).unwrap_or_default();
    record
        .as_object()
        .map(|fields| {
            fields
                .values()
                .filter_map(Value::as_str)
                .filter_map(|text| Uuid::try_parse(text).ok())
                .collect()
        })
        .unwrap_or_default()
}

struct Record<'a> {
    locale: Locale,
    now: &'a Now,
    fields: Value,
    names: &'a Names,
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
        "replied" => said("event-replied", record.message()),
        "note_written" => said("event-note-written", record.message()),
        "call_logged" => said("event-call-logged", record.call()),
        "assigned" => said("event-assigned", record.named("fact-owner")),
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
        "message_moved_out" => said("event-message-moved-out", Detail::Text(record.ticket())),
        "message_moved_in" => said("event-message-moved-in", Detail::Text(record.ticket())),
        "suggestion_refused" => said("event-suggestion-refused", Detail::Text(record.ticket())),
        "vendor_number_set" => said("event-vendor-number-set", record.vendor_number()),
        "fields_set" => said("event-fields-set", record.fields()),
        "watched" => said("event-watched", record.person()),
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

impl Record<'_> {
    fn value<T: DeserializeOwned>(&self, field: &str) -> Option<T> {
        serde_json::from_value(self.fields.get(field)?.clone()).ok()
    }

    fn none(&self) -> String {
        self.locale.t("event-nothing")
    }

    fn change<T: DeserializeOwned>(&self, field: &str, words: impl Fn(T) -> String) -> Detail {
        let side = |name: &str| self.value::<T>(name).map_or_else(|| self.none(), &words);
        Detail::Change {
            field: self.locale.t(field),
            from: side("from"),
            to: side("to"),
        }
    }

    fn named(&self, field: &str) -> Detail {
        self.change(field, |id: Uuid| {
            self.names
                .get(&id)
                .cloned()
                .unwrap_or_else(|| self.locale.t("event-removed"))
        })
    }

    fn name(&self, field: &str) -> Option<String> {
        self.names.get(&self.value::<Uuid>(field)?).cloned()
    }

    fn opened(&self) -> Detail {
        let parts = [
            self.value::<Channel>("channel")
                .map(|channel| words::channel(self.locale, channel)),
            self.value::<Kind>("kind")
                .map(|kind| kind_words(self.locale, kind)),
            self.value::<Priority>("priority")
                .map(|priority| priority_words(self.locale, priority)),
            self.name("requester"),
            self.name("team"),
            self.name("service"),
        ];
        Detail::Text(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }

    fn person(&self) -> Detail {
        self.name("person").map_or(Detail::None, Detail::Text)
    }

    fn files(&self) -> Option<String> {
        let count = self.fields.get("files")?.as_array()?.len();
        (count > 0).then(|| {
            self.locale
                .t_with("event-files", &[("count", count.into())])
        })
    }

    /// The filters that shaped what a mail became.
    fn filters(&self) -> Option<String> {
        let touches: Vec<Touch> = self.value("filters")?;
        let told = touches.iter().map(|t| words::touch(self.locale, t));
        Some(told.collect::<Vec<_>>().join(" · "))
    }

    fn message(&self) -> Detail {
        let parts = [self.name("author"), self.files(), self.filters()];
        match parts.into_iter().flatten().collect::<Vec<_>>() {
            parts if parts.is_empty() => Detail::None,
            parts => Detail::Text(parts.join(" · ")),
        }
    }

    fn call(&self) -> Detail {
        let minutes = self.value::<i64>("minutes").map(|minutes| {
            self.locale
                .t_with("event-minutes", &[("minutes", minutes.into())])
        });
        let parts = [self.name("author"), minutes, self.files()];
        match parts.into_iter().flatten().collect::<Vec<_>>() {
            parts if parts.is_empty() => Detail::None,
            parts => Detail::Text(parts.join(" · ")),
        }
    }

    fn state(&self) -> Detail {
        let waiting_for = self.value::<WaitingFor>("waiting_for");
        let side =
            |name: &str, waiting_for: Option<Option<WaitingFor>>| match self.value::<State>(name) {
                Some(State::Waiting) if waiting_for == Some(None) => self.locale.t("event-waiting"),
                Some(state) => state_words(self.locale, state, waiting_for.flatten()),
                None => self.none(),
            };
        let to = side("to", Some(waiting_for));
        let to = match self.value::<ClosingReason>("reason") {
            Some(reason) => format!("{to} · {}", reason_words(self.locale, reason)),
            None => to,
        };
        Detail::Change {
            field: self.locale.t("fact-state"),
            // What it waited for before stands in an earlier line.
            from: side("from", Some(None)),
            to,
        }
    }

    fn at(&self) -> Detail {
        match self.value::<Instant>("at") {
            Some(at) => Detail::Text(self.locale.moment(at, self.now)),
            None => Detail::None,
        }
    }

    fn delivery(&self) -> Detail {
        let Some(to) = self.value::<Delivery>("to") else {
            return Detail::None;
        };
        Detail::Text(self.locale.t(match to {
            Delivery::None | Delivery::Queued => "delivery-queued",
            Delivery::Sent => "delivery-sent",
            Delivery::Failed => "delivery-failed",
            Delivery::Withdrawn => "delivery-withdrawn",
            Delivery::Bounced => "delivery-bounced",
        }))
    }

    /// The other ticket's number, as far as the reader may know it.
    fn ticket(&self) -> String {
        self.name("ticket")
            .unwrap_or_else(|| self.locale.t("links-other-hidden"))
    }

    fn link(&self) -> Detail {
        let kind = self.value::<LinkKind>("kind");
        let words = kind.map(|kind| words::link(self.locale, kind));
        let parts = words.into_iter().chain([self.ticket()]);
        Detail::Text(parts.collect::<Vec<_>>().join(" "))
    }

    fn followed(&self) -> Detail {
        let other = self.name("from");
        let from = other.unwrap_or_else(|| self.locale.t("links-other-hidden"));
        let to = match self.link() {
            Detail::Text(to) => to,
            _ => self.ticket(),
        };
        let said = [("to", to.into()), ("from", from.into())];
        Detail::Text(self.locale.t_with("event-link-followed-to", &said))
    }

    fn merged_from(&self) -> Detail {
        let count = self.value::<i64>("messages").unwrap_or(0);
        let messages = self
            .locale
            .t_with("event-merged-messages", &[("count", count.into())]);
        Detail::Text(format!("{} · {messages}", self.ticket()))
    }

    fn vendor_number(&self) -> Detail {
        let vendor = self.name("organisation").unwrap_or_default();
        Detail::Text(match self.value::<String>("number") {
            Some(number) => format!("{vendor} {number}"),
            None => self.locale.t_with(
                "event-vendor-number-removed",
                &[("vendor", vendor.as_str().into())],
            ),
        })
    }

    /// The words of a change were put among the names, as far as the reader may know its fields.
    fn fields(&self) -> Detail {
        match self.name("change") {
            None => Detail::Text(self.locale.t("event-fields-erased")),
            Some(words) if words.is_empty() => Detail::None,
            Some(words) => Detail::Text(words),
        }
    }

    fn turn(&self) -> &'static str {
        match self.value("turn") {
            Some(Turn::Set) => "event-deadlines-set",
            Some(Turn::Answered) => "event-deadlines-answered",
            Some(Turn::Stopped) => "event-deadlines-stopped",
            Some(Turn::Resumed) => "event-deadlines-resumed",
            Some(Turn::Moved) | None => "event-deadlines-moved",
            Some(Turn::Ended) => "event-deadlines-ended",
            Some(Turn::Lifted) => "event-deadlines-lifted",
        }
    }

    fn deadlines(&self) -> Detail {
        let parts = [
            self.until("first_answer_due", "deadline-first-answer-until"),
            self.until("solution_due", "deadline-solution-until"),
        ];
        match parts.into_iter().flatten().collect::<Vec<_>>() {
            parts if parts.is_empty() => Detail::None,
            parts => Detail::Text(parts.join(" · ")),
        }
    }

    fn told(&self) -> &'static str {
        match self.value("told") {
            Some(Told::Near) | None => "event-deadline-near",
            Some(Told::Passed) => "event-deadline-passed",
        }
    }

    fn goal(&self) -> Detail {
        let until = match self.value("goal") {
            Some(Goal::FirstAnswer) => "deadline-first-answer-until",
            Some(Goal::Solution) => "deadline-solution-until",
            None => return Detail::None,
        };
        self.until("due", until).map_or(Detail::None, Detail::Text)
    }

    /// An instant of the record in words that say what must be done by then.
    fn until(&self, field: &str, key: &str) -> Option<String> {
        let at = self.value::<Instant>(field)?;
        let time = self.locale.moment(at, self.now);
        Some(self.locale.t_with(key, &[("time", time.into())]))
    }

    fn suppressed(&self) -> Detail {
        let Some(by) = self.value::<String>("by") else {
            return Detail::None;
        };
        Detail::Text(words::suppressed(self.locale, &by))
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
    fn ids_are_found_in_a_record() {
        let id = Uuid::from_u128(7);
        assert_eq!(
            ids(&json!({ "from": null, "to": id, "at": "x" }).to_string()),
            [id]
        );
    }
}
