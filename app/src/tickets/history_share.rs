//! What happened between a ticket and a vendor, in words.

use std::collections::BTreeMap;

use entities::Instant;
use entities::redaction::Kind;
use entities::ticket::share::Side;
use serde_json::Value;

use super::history_line::Detail;
use super::history_record::Record;
use super::shares::words::{assessment, findings, hours, repair};

impl Record<'_> {
    pub fn vendor(&self) -> Detail {
        self.name("organisation").map_or(Detail::None, Detail::Text)
    }

    pub fn shared(&self) -> Detail {
        let until = |field: &str, key: &str| {
            let at = self.value::<Instant>(field)?;
            let time = self.locale.moment(at, self.now);
            Some(self.locale.t_with(key, &[("time", time.into())]))
        };
        joined([
            self.name("organisation"),
            until("reaction_due", "share-reaction-until"),
            until("delivery_due", "share-delivery-until"),
        ])
    }

    /// Whose step it was.
    pub fn repair_moved(&self) -> &'static str {
        match (self.value("side"), self.value("on_word")) {
            (Some(Side::Vendor), Some(true)) => "event-repair-moved-on-word",
            (Some(Side::Vendor), _) => "event-repair-moved-by-vendor",
            (Some(Side::Unit) | None, _) => "event-repair-moved",
        }
    }

    pub fn repair(&self) -> Detail {
        let step = |field: &str| {
            self.value(field)
                .map_or_else(String::new, |step| repair(self.locale, step))
        };
        Detail::Change {
            field: self.name("organisation").unwrap_or_default(),
            from: step("from"),
            to: step("to"),
        }
    }

    pub fn vendor_message(&self) -> Detail {
        joined([self.name("organisation"), self.name("author"), self.files()])
    }

    /// Which fields changed; the words of free ones stand with the share alone.
    pub fn vendor_filled(&self) -> Detail {
        let sides = [self.fields.get("from"), self.fields.get("to")];
        let [before, after] = sides.map(|side| side.cloned().unwrap_or_default());
        let changed = |field: &str| before.get(field) != after.get(field);
        let of = |field: &str| after.get(field).filter(|value| !value.is_null()).cloned();
        let words = |key: &str, said: Option<String>| match said {
            Some(said) => format!("{}: {said}", self.locale.t(key)),
            None => self.locale.t(key),
        };
        let assessed = || serde_json::from_value(of("assessment")?).ok();
        let planned = || serde_json::from_value(of("planned_for")?).ok();
        let effort = || i32::try_from(of("effort")?.as_i64()?).ok();
        joined([
            self.name("organisation"),
            changed("assessment").then(|| {
                let said = assessed().map(|a| assessment(self.locale, a));
                words("share-assessment", said)
            }),
            changed("fixed_in").then(|| words("share-fixed-in", None)),
            changed("planned_for").then(|| {
                let said = planned().map(|day| self.locale.date(day));
                words("share-planned-for", said)
            }),
            changed("effort").then(|| {
                let said = effort().map(|hundredths| hours(self.locale, hundredths));
                words("share-effort", said)
            }),
        ])
    }

    pub fn gate(&self) -> Detail {
        let blacked: BTreeMap<Kind, i64> = self.value("blacked").unwrap_or_default();
        let mut let_through: BTreeMap<Kind, i64> = BTreeMap::new();
        let justified: Vec<Value> = self.value("justified").unwrap_or_default();
        let kinds = justified
            .iter()
            .filter_map(|one| serde_json::from_value(one.get("kind")?.clone()).ok());
        kinds.for_each(|kind| *let_through.entry(kind).or_default() += 1);
        let told = |key: &str, counts: &BTreeMap<Kind, i64>| {
            let counts = counts
                .iter()
                .map(|(kind, count)| findings(self.locale, *kind, *count));
            let what = counts.collect::<Vec<_>>().join(", ");
            (!what.is_empty()).then(|| self.locale.t_with(key, &[("what", what.into())]))
        };
        joined([
            told("gate-blacked", &blacked),
            told("gate-justified", &let_through),
        ])
    }
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> Detail {
    match parts.into_iter().flatten().collect::<Vec<_>>() {
        parts if parts.is_empty() => Detail::None,
        parts => Detail::Text(parts.join(" · ")),
    }
}
