//! What was taken down of a call: the fields of the form, and the same fields as a draft.

use std::collections::BTreeMap;

use entities::Uuid;
use serde::{Deserialize, Serialize};

use crate::fields::typed::{Entry, PREFIX, TEXT as TEXT_END, Typed};

/// The fields of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Taken {
    /// What was typed to find the caller.
    pub caller: String,
    /// Who it is, or [`NEW_PERSON`].
    pub person_id: String,
    /// Who was chosen from those found, when the list below the field was not used.
    #[serde(skip_serializing)]
    pub picked: String,
    /// Name of a new person.
    pub name: String,
    /// Mail address of a new person.
    pub email: String,
    pub district_id: String,
    pub phone: String,
    pub title: String,
    pub text: String,
    pub service_id: String,
    pub kind: String,
    pub priority: String,
    /// `solved`, `mine`, `team` or `callback`.
    pub outcome: String,
    pub reason: String,
    /// As `datetime-local` writes it.
    pub callback: String,
    /// What was typed into dynamic fields, by their keys.
    pub fields: BTreeMap<String, Entry>,
    #[serde(skip_serializing)]
    pub once: String,
    #[serde(skip_serializing)]
    pub act: String,
}

/// Stands for the person who is to be made.
pub const NEW_PERSON: &str = "new";

pub const CALLER: &str = "caller";
pub const NAME: &str = "name";
pub const EMAIL: &str = "email";
pub const DISTRICT: &str = "district-id";
pub const PHONE: &str = "phone";
pub const TITLE: &str = "title";
pub const TEXT: &str = "text";
pub const SERVICE: &str = "service-id";
pub const KIND: &str = "kind";
pub const PRIORITY: &str = "priority";
pub const REASON: &str = "reason";
pub const CALLBACK: &str = "callback";

impl Taken {
    /// An empty form.
    pub fn fresh() -> Taken {
        Taken {
            kind: "incident".to_owned(),
            priority: "normal".to_owned(),
            outcome: "mine".to_owned(),
            ..Taken::default()
        }
    }

    /// Reads what a form brought.
    pub fn of_form(typed: Typed) -> Taken {
        let (fields, own): (Vec<_>, Vec<_>) = typed
            .0
            .into_iter()
            .partition(|(name, _)| name.starts_with(PREFIX));
        let fields = Typed(fields);
        let mut taken: Taken = serde_html_form::to_string(&own)
            .ok()
            .and_then(|form| serde_html_form::from_str(&form).ok())
            .unwrap_or_default();
        for (name, _) in &fields.0 {
            let name = name.strip_suffix(TEXT_END).unwrap_or(name);
            if let (Some(key), Some(entry)) = (name.strip_prefix(PREFIX), fields.entry(name)) {
                taken.fields.insert(key.to_owned(), entry);
            }
        }
        taken
    }

    /// The same with the caller in one place.
    #[must_use]
    pub fn settled(mut self) -> Taken {
        if self.person_id.is_empty() {
            self.person_id = std::mem::take(&mut self.picked);
        }
        self
    }

    /// Reads a draft; a damaged one is none.
    pub fn of_draft(content: &str) -> Option<Taken> {
        serde_json::from_str(content).ok()
    }

    /// The form of a draft.
    pub fn to_draft(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether the caller is to be made.
    pub fn is_new_person(&self) -> bool {
        self.person_id == NEW_PERSON
    }

    /// The key of the form; none when it is not one of ours.
    pub fn once(&self) -> Option<String> {
        Uuid::try_parse(&self.once)
            .ok()
            .map(|key| key.simple().to_string())
    }
}
