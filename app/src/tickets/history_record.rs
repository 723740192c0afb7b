//! What stands in the record of an event, in words.

use entities::deadline::{Goal, Told, Turn};
use entities::mail_filter::Touch;
use entities::ticket::{
    Channel, ClosingReason, Delivery, Kind, LinkKind, Priority, State, WaitingFor,
};
use entities::{Instant, Uuid};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::history_line::{Detail, Names};
use super::words;
use crate::locale::{Locale, Now};
use crate::web::parts::{kind_words, priority_words, reason_words, state_words};

/// The record of one event with what its ids name.
pub struct Record<'a> {
    pub locale: Locale,
    pub now: &'a Now,
    pub fields: Value,
    pub names: &'a Names,
}

impl Record<'_> {
    pub(super) fn value<T: DeserializeOwned>(&self, field: &str) -> Option<T> {
        serde_json::from_value(self.fields.get(field)?.clone()).ok()
    }

    fn none(&self) -> String {
        self.locale.t("event-nothing")
    }

    pub fn change<T: DeserializeOwned>(&self, field: &str, words: impl Fn(T) -> String) -> Detail {
        let side = |name: &str| self.value::<T>(name).map_or_else(|| self.none(), &words);
        Detail::Change {
            field: self.locale.t(field),
            from: side("from"),
            to: side("to"),
        }
    }

    pub fn named(&self, field: &str) -> Detail {
        self.change(field, |id: Uuid| {
            self.names
                .get(&id)
                .cloned()
                .unwrap_or_else(|| self.locale.t("event-removed"))
        })
    }

    pub(super) fn name(&self, field: &str) -> Option<String> {
        self.names.get(&self.value::<Uuid>(field)?).cloned()
    }

    pub fn opened(&self) -> Detail {
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

    pub fn person(&self) -> Detail {
        self.name("person").map_or(Detail::None, Detail::Text)
    }

    /// The article, for whoever finds it.
    pub fn article(&self) -> Detail {
        self.name("article").map_or(Detail::None, Detail::Text)
    }

    /// The task by date, with its day.
    pub fn recurred(&self) -> Detail {
        let day = self.value("day").map(|day| self.locale.date(day));
        let parts: Vec<String> = [self.name("task"), day].into_iter().flatten().collect();
        Detail::Text(parts.join(" · "))
    }

    /// A line of the checklist, as it reads now.
    pub fn line(&self) -> Detail {
        self.name("line").map_or(Detail::None, Detail::Text)
    }

    /// The template lines come from, or the line somebody wrote.
    pub fn lines(&self) -> Detail {
        let lines: Vec<Value> = self.value("lines").unwrap_or_default();
        let count = self
            .locale
            .t_with("checklist-count", &[("count", lines.len().into())]);
        match (self.name("checklist"), lines.as_slice()) {
            (Some(template), _) => Detail::Text(format!("{template} · {count}")),
            (None, [one]) => {
                let id = one.get("line").cloned();
                let id = id.and_then(|id| serde_json::from_value::<Uuid>(id).ok());
                let text = id.and_then(|id| self.names.get(&id).cloned());
                text.map_or(Detail::None, Detail::Text)
            }
            (None, _) => Detail::Text(count),
        }
    }

    pub fn reusable(&self) -> &'static str {
        match self.value("to") {
            Some(false) => "event-reusable-taken-back",
            _ => "event-reusable",
        }
    }

    pub(super) fn files(&self) -> Option<String> {
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

    /// What an answer is called: one of many about a repair, or one of its own.
    pub fn replied(&self) -> &'static str {
        match self.fields.get("told_of") {
            Some(_) => "event-told-of-repair",
            None => "event-replied",
        }
    }

    pub fn message(&self) -> Detail {
        let parts = [self.name("author"), self.files(), self.filters()];
        match parts.into_iter().flatten().collect::<Vec<_>>() {
            parts if parts.is_empty() => Detail::None,
            parts => Detail::Text(parts.join(" · ")),
        }
    }

    pub fn call(&self) -> Detail {
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

    pub fn state(&self) -> Detail {
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

    pub fn at(&self) -> Detail {
        match self.value::<Instant>("at") {
            Some(at) => Detail::Text(self.locale.moment(at, self.now)),
            None => Detail::None,
        }
    }

    pub fn delivery(&self) -> Detail {
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
    pub fn ticket(&self) -> String {
        self.name("ticket")
            .unwrap_or_else(|| self.locale.t("links-other-hidden"))
    }

    pub fn link(&self) -> Detail {
        let kind = self.value::<LinkKind>("kind");
        let words = kind.map(|kind| words::link(self.locale, kind));
        let parts = words.into_iter().chain([self.ticket()]);
        Detail::Text(parts.collect::<Vec<_>>().join(" "))
    }

    pub fn followed(&self) -> Detail {
        let other = self.name("from");
        let from = other.unwrap_or_else(|| self.locale.t("links-other-hidden"));
        let to = match self.link() {
            Detail::Text(to) => to,
            _ => self.ticket(),
        };
        let said = [("to", to.into()), ("from", from.into())];
        Detail::Text(self.locale.t_with("event-link-followed-to", &said))
    }

    pub fn merged_from(&self) -> Detail {
        let count = self.value::<i64>("messages").unwrap_or(0);
        let messages = self
            .locale
            .t_with("event-merged-messages", &[("count", count.into())]);
        Detail::Text(format!("{} · {messages}", self.ticket()))
    }

    /// How many passages and files, and who asked for it.
    pub fn redaction(&self) -> Detail {
        let count = |field: &str, key: &str| {
            let count = self.value::<i64>(field).filter(|count| *count > 0)?;
            Some(self.locale.t_with(key, &[("count", count.into())]))
        };
        let asked = self.name("asked_by").map(|name| {
            let name = [("name", name.as_str().into())];
            self.locale.t_with("event-redacted-asked-by", &name)
        });
        let parts = [
            count("passages", "event-redaction-passages"),
            count("files", "event-redaction-files"),
            asked,
        ];
        Detail::Text(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }

    pub fn vendor_number(&self) -> Detail {
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
    pub fn fields(&self) -> Detail {
        match self.name("change") {
            None => Detail::Text(self.locale.t("event-fields-erased")),
            Some(words) if words.is_empty() => Detail::None,
            Some(words) => Detail::Text(words),
        }
    }

    pub fn turn(&self) -> &'static str {
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

    pub fn deadlines(&self) -> Detail {
        let parts = [
            self.until("first_answer_due", "deadline-first-answer-until"),
            self.until("solution_due", "deadline-solution-until"),
        ];
        match parts.into_iter().flatten().collect::<Vec<_>>() {
            parts if parts.is_empty() => Detail::None,
            parts => Detail::Text(parts.join(" · ")),
        }
    }

    pub fn told(&self) -> &'static str {
        match self.value("told") {
            Some(Told::Near) | None => "event-deadline-near",
            Some(Told::Passed) => "event-deadline-passed",
        }
    }

    pub fn goal(&self) -> Detail {
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

    pub fn suppressed(&self) -> Detail {
        let Some(by) = self.value::<String>("by") else {
            return Detail::None;
        };
        Detail::Text(words::suppressed(self.locale, &by))
    }
}
