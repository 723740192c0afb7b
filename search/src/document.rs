//! What can be found: a ticket, a share of one, a case or an article, as plain texts, tags and numbers.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a document stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Ticket,
    /// A ticket as its vendor sees it.
    Share,
    Case,
    Article,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Ticket, Self::Share, Self::Case, Self::Article];

    /// The value of the attribute `kind`, which every document has.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Share => "share",
            Self::Case => "case",
            Self::Article => "article",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// The identity of a document: a second one with the same key replaces the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
    pub kind: Kind,
    pub id: Uuid,
}

/// Who may have a passage searched. A request names the scopes of its actor; passages of other scopes neither match
/// nor exclude, nor are they highlighted, nor do they count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Whoever sees the document. Every request has it.
    Open,
    /// Internal notes.
    Notes,
    /// Names and addresses of people, where some roles must not find by person.
    People,
    /// Names and texts of attachments.
    Files,
    /// Values of a field that some may not read.
    Field(Uuid),
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    pub scope: Scope,
    pub text: String,
}

impl Passage {
    pub fn open(text: impl Into<String>) -> Self {
        Self {
            scope: Scope::Open,
            text: text.into(),
        }
    }
}

/// All that is known of one thing that can be found. Title, keywords, summary and tags are seen by whoever sees the
/// document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub key: Key,
    /// A ticket's number as it is shown (`2026-011418-3`), or an article's id or slug. Found with and without leading
    /// letters, `#`, check digit and year.
    pub reference: String,
    /// Where the document was imported from: its id there.
    pub source_id: Option<String>,
    pub title: String,
    pub keywords: Vec<String>,
    pub summary: String,
    pub passages: Vec<Passage>,
    /// Attribute and value, any number of values an attribute. What filters and facets ask. The attributes `kind`,
    /// `solved` (`true`, `false`) and `language` are added by the engine.
    pub tags: Vec<(String, String)>,
    /// What recency goes by, in seconds since 1970.
    pub at: i64,
    pub solved: bool,
    /// The version of the row this was made from; `Engine::stamps` gives it back.
    pub stamp: i64,
    /// `de` or `en`: how words are inflected.
    pub language: String,
}

impl Document {
    /// All tags, with those the engine adds.
    pub(crate) fn all_tags(&self) -> Vec<(String, String)> {
        let mut tags = self.tags.clone();
        tags.push(("kind".into(), self.key.kind.name().into()));
        tags.push(("solved".into(), self.solved.to_string()));
        tags.push(("language".into(), self.language.clone()));
        tags.sort();
        tags.dedup();
        tags
    }
}
