//! What a text block says and does, as its kind has it.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::BlockKind;
use crate::article::File;
use crate::ticket::share::Enquiry;
use crate::ticket::{ClosingReason, Priority};

/// The wording of a block. What its kind does not have is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    pub enquiry: Enquiry,
    pub notice: Notice,
    pub acts: Acts,
    /// What is attached to an answer along with the text, by name.
    pub files: Vec<File>,
}

/// A text in each language of the desk. Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notice {
    pub de: String,
    pub en: String,
}

/// What becomes of the ticket when an answer with the block is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Acts {
    pub then: Option<BlockThen>,
    /// The reminder, so many days later in the morning.
    pub reminder_days: Option<u16>,
    pub priority: Option<Priority>,
    /// Before there were others than whoever sends it, that stood as yes or no under `mine`.
    #[serde(alias = "mine", deserialize_with = "owner")]
    pub owner: Option<NewOwner>,
    /// Keys of dynamic fields, each with what is typed into it.
    pub fields: Vec<(String, String)>,
}

/// Who becomes the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewOwner {
    /// Whoever sends the answer.
    Sender,
    /// The ticket waits in its team.
    Nobody,
    Person(Uuid),
}

fn owner<'de, D: Deserializer<'de>>(stored: D) -> Result<Option<NewOwner>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Stored {
        IsSender(bool),
        Owner(Option<NewOwner>),
    }
    Ok(match Stored::deserialize(stored)? {
        Stored::IsSender(is_sender) => is_sender.then_some(NewOwner::Sender),
        Stored::Owner(owner) => owner,
    })
}

/// The state that an answer leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockThen {
    Open,
    Waiting,
    Vendor,
    Solved(ClosingReason),
}

impl Notice {
    /// Name and text of each language.
    pub fn texts(&self) -> [(&'static str, &str); 2] {
        [("de", &self.de), ("en", &self.en)]
    }

    /// The same with each text changed.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Notice {
        Notice {
            de: change(&self.de),
            en: change(&self.en),
        }
    }

    /// The text for a reader of that language; the other one where it says nothing.
    pub fn of(&self, language: &str) -> &str {
        let (own, other) = match language {
            "en" => (&self.en, &self.de),
            _ => (&self.de, &self.en),
        };
        if own.trim().is_empty() { other } else { own }
    }
}

/// The stored form of an answer.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Answer {
    #[serde(flatten)]
    notice: Notice,
    acts: Acts,
    files: Vec<File>,
}

impl Wording {
    /// Reads the stored form; nothing of a damaged one.
    pub(super) fn read(kind: BlockKind, content: &str) -> Wording {
        match kind {
            BlockKind::VendorEnquiry => Wording {
                enquiry: serde_json::from_str(content).unwrap_or_default(),
                ..Wording::default()
            },
            _ => {
                let Answer {
                    notice,
                    acts,
                    files,
                } = serde_json::from_str(content).unwrap_or_default();
                Wording {
                    notice,
                    acts,
                    files,
                    ..Wording::default()
                }
            }
        }
    }

    pub(super) fn stored(&self, kind: BlockKind) -> String {
        match kind {
            BlockKind::VendorEnquiry => json!(self.enquiry).to_string(),
            BlockKind::RequesterNotice => json!(self.notice).to_string(),
            _ => json!(Answer {
                notice: self.notice.clone(),
                acts: self.acts.clone(),
                files: self.files.clone(),
            })
            .to_string(),
        }
    }

    /// The same, tidied; what its kind does not have is dropped.
    pub(super) fn tidy(self, kind: BlockKind) -> Wording {
        let tidy = |text: &str| text.trim().replace("\r\n", "\n");
        match kind {
            BlockKind::VendorEnquiry => Wording {
                enquiry: self.enquiry.map(tidy),
                ..Wording::default()
            },
            BlockKind::Answer => Wording {
                enquiry: Enquiry::default(),
                notice: self.notice.map(tidy),
                ..self
            },
            _ => Wording {
                notice: self.notice.map(tidy),
                ..Wording::default()
            },
        }
    }

    /// Name and text of each part that its kind has.
    pub fn texts(&self, kind: BlockKind) -> Vec<(&'static str, &str)> {
        match kind {
            BlockKind::VendorEnquiry => self.enquiry.texts().to_vec(),
            _ => self.notice.texts().to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn an_owner_is_read_as_it_is_stored_now_and_as_it_was_before() {
        let read = |content: &str| Wording::read(BlockKind::Answer, content).acts.owner;
        for (stored, owner) in [
            (
                r#"{"de":"Ja","acts":{"mine":true}}"#,
                Some(NewOwner::Sender),
            ),
            (r#"{"de":"Ja","acts":{"mine":false}}"#, None),
            (r#"{"de":"Ja","acts":{}}"#, None),
        ] {
            assert_eq!(read(stored), owner, "{stored}");
        }
        let all = [
            None,
            Some(NewOwner::Sender),
            Some(NewOwner::Nobody),
            Some(NewOwner::Person(Uuid::from_u128(7))),
        ];
        for owner in all {
            let acts = Acts {
                owner,
                ..Acts::default()
            };
            let wording = Wording {
                acts,
                ..Wording::default()
            };
            assert_eq!(read(&wording.stored(BlockKind::Answer)), owner);
        }
    }
}
