//! Why something personal was let through to a vendor; the words lie beside the history and can be erased.

use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use serde_json::{Value, json};

use crate::error::Rejected;
use crate::history::digest;
use crate::redaction::{Kind, Known, find};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "justification")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub ticket_id: Uuid,
    /// The message that it was let through in.
    pub message_id: Uuid,
    /// The name of a [`Kind`].
    pub kind: String,
    pub found: String,
    pub reason: String,
    pub created_at: DateTimeUtc,
    /// Salt of the digests in the history.
    pub salt: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Something that was let through, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Justified {
    pub id: Uuid,
    pub kind: Kind,
    /// As it was written.
    pub found: String,
    pub reason: String,
    pub salt: Vec<u8>,
}

impl Justified {
    /// Lets something through for a reason.
    pub fn new(kind: Kind, found: String, reason: String) -> Justified {
        Justified {
            id: crate::new_id(),
            kind,
            found,
            reason,
            salt: crate::history::salt(),
        }
    }
}

/// What became of everything that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// How often something of each kind was blacked out.
    pub blacked: BTreeMap<Kind, u32>,
    pub justified: Vec<Justified>,
}

impl Passed {
    /// Whether there was nothing to decide.
    pub fn is_empty(&self) -> bool {
        self.blacked.is_empty() && self.justified.is_empty()
    }

    pub(super) fn record(&self) -> Vec<Value> {
        let told = |one: &Justified| {
            json!({
                "id": one.id, "kind": one.kind,
                "found": digest(&one.salt, &one.found), "reason": digest(&one.salt, &one.reason),
            })
        };
        self.justified.iter().map(told).collect()
    }
}

/// What must be decided before texts go to a vendor, and how it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gate {
    pub known: Known,
    pub passed: Passed,
}

impl Gate {
    /// Lets these texts pass only when each finding in them was let through for a reason; what was blacked out is not
    /// found any more.
    ///
    /// # Errors
    /// `NotDecided` when something is found that nobody decided on, or a reason is empty.
    pub(super) fn require_decided<'a>(
        &self,
        texts: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), Rejected> {
        let justified = &self.passed.justified;
        if justified.iter().any(|j| j.reason.trim().is_empty()) {
            return Err(Rejected::NotDecided);
        }
        let decided = |found: &crate::redaction::Finding| {
            justified
                .iter()
                .any(|j| (j.kind, &j.found) == (found.kind, &found.text))
        };
        let mut found = texts.into_iter().flat_map(|text| find(text, &self.known));
        match found.all(|one| decided(&one)) {
            true => Ok(()),
            false => Err(Rejected::NotDecided),
        }
    }
}
