//! What a filter asks of a mail.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::history::digest;

/// Something that holds for a mail or does not. Case never matters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    Text {
        part: Part,
        how: How,
        value: String,
    },
    /// The mail as it came has at least so many kB.
    AtLeast {
        kb: i64,
    },
    AtMost {
        kb: i64,
    },
    /// A machine wrote it: absence notes, reports, newsletters.
    Automatic,
    NotAutomatic,
}

/// The part of a mail that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A header of this name; one of several is enough.
    Header(String),
    /// The address in From.
    Sender,
    /// What stands behind its at sign.
    SenderDomain,
    /// An address in To or Cc.
    Recipient,
    Subject,
    Body,
}

/// How it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Contains,
    Is,
    /// The value is a regular expression.
    Matches,
}

impl Condition {
    /// What the history keeps: addresses and texts may be personal, so of them only a digest.
    pub(super) fn record(&self, salt: &[u8]) -> Value {
        match self {
            Condition::Text {
                part: part @ Part::SenderDomain,
                how,
                value,
            } => json!({ "part": part, "how": how, "value": value }),
            Condition::Text { part, how, value } => {
                json!({ "part": part, "how": how, "value": digest(salt, value) })
            }
            other => json!(other),
        }
    }

    /// With trimmed texts; none when it asks nothing.
    pub(super) fn checked(self) -> Option<Condition> {
        let Condition::Text { part, how, value } = self else {
            return Some(self);
        };
        let value = value.trim().to_owned();
        let part = match part {
            Part::Header(name) => Part::Header(name.trim().trim_end_matches(':').to_owned()),
            other => other,
        };
        let named = part != Part::Header(String::new());
        (named && !value.is_empty()).then_some(Condition::Text { part, how, value })
    }
}
