//! What can happen to every setting, and how the history keeps it.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Facts;
use crate::ledger::Event;
use crate::outbox::Effect;

/// One fact as the history sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    name: &'static str,
    value: Value,
    private: Private,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Private {
    /// The history keeps the value.
    No,
    /// The history keeps only that it was set: personal content and secrets.
    Yes,
}

impl Field {
    /// A fact whose value the history keeps.
    pub fn open(name: &'static str, value: impl serde::Serialize) -> Field {
        Field {
            name,
            value: json!(value),
            private: Private::No,
        }
    }

    /// A fact of which the history keeps only the name.
    pub fn private(name: &'static str, value: impl serde::Serialize) -> Field {
        Field {
            private: Private::Yes,
            ..Field::open(name, value)
        }
    }
}

/// What happened to a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingEvent<F> {
    Created(Box<F>),
    Updated { from: Box<F>, to: Box<F> },
    Retired,
    Restored,
}

impl<F: Facts> SettingEvent<F> {
    /// The facts this event sets.
    pub fn facts(&self) -> Option<&F> {
        match self {
            SettingEvent::Created(facts) | SettingEvent::Updated { to: facts, .. } => Some(facts),
            SettingEvent::Retired | SettingEvent::Restored => None,
        }
    }

    /// Whether something that was there before is not the same any more.
    pub(crate) fn changes<T: PartialEq>(&self, which: impl Fn(&F) -> T) -> bool {
        match self {
            SettingEvent::Updated { from, to } => which(from) != which(to),
            _ => false,
        }
    }

    /// A reference that this event newly sets.
    pub(crate) fn sets(&self, which: impl Fn(&F) -> Option<Uuid>) -> Option<Uuid> {
        match self {
            SettingEvent::Created(facts) => which(facts),
            SettingEvent::Updated { from, to } => which(to).filter(|id| which(from) != Some(*id)),
            SettingEvent::Retired | SettingEvent::Restored => None,
        }
    }

    /// References of a list that this event newly puts in.
    pub(crate) fn adds(&self, which: impl Fn(&F) -> Vec<Uuid>) -> Vec<Uuid> {
        match self {
            SettingEvent::Created(facts) => which(facts),
            SettingEvent::Updated { from, to } => {
                let known = which(from);
                let mut new = which(to);
                new.retain(|id| !known.contains(id));
                new
            }
            SettingEvent::Retired | SettingEvent::Restored => vec![],
        }
    }
}

impl<F: Facts> Event for SettingEvent<F> {
    fn name(&self) -> &'static str {
        match self {
            SettingEvent::Created(_) => "created",
            SettingEvent::Updated { .. } => "updated",
            SettingEvent::Retired => "retired",
            SettingEvent::Restored => "restored",
        }
    }

    fn record(&self) -> Value {
        match self {
            SettingEvent::Created(facts) => {
                let mut record = Map::new();
                for field in facts.fields() {
                    let value = match field.private {
                        Private::No => field.value,
                        Private::Yes => json!({ "set": !field.value.is_null() }),
                    };
                    record.insert(field.name.to_owned(), value);
                }
                Value::Object(record)
            }
            SettingEvent::Updated { from, to } => {
                let mut record = Map::new();
                for (before, after) in from.fields().into_iter().zip(to.fields()) {
                    if before.value == after.value {
                        continue;
                    }
                    let change = match after.private {
                        Private::No => json!({ "from": before.value, "to": after.value }),
                        Private::Yes => json!({ "set": !after.value.is_null() }),
                    };
                    record.insert(after.name.to_owned(), change);
                }
                Value::Object(record)
            }
            SettingEvent::Retired | SettingEvent::Restored => json!({}),
        }
    }

    fn effects(&self) -> Vec<Effect> {
        match self {
            SettingEvent::Created(_)
            | SettingEvent::Updated { .. }
            | SettingEvent::Retired
            | SettingEvent::Restored => vec![],
        }
    }
}
