//! What an engine answers.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use crate::document::{Key, Scope};

/// How many documents there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    Exactly(u64),
    /// So many at least.
    AtLeast(u64),
}

impl Total {
    pub fn number(self) -> u64 {
        match self {
            Self::Exactly(number) | Self::AtLeast(number) => number,
        }
    }
}

/// Where in a document a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Title,
    Keywords,
    Summary,
    Passage(Scope),
}

/// A piece of a document with what matched in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    pub part: Part,
    /// The whole title, the keywords joined by `, `, or some 200 characters around the best place. A crop begins and
    /// ends at words; whether it begins or ends the passage, see `cut`.
    pub text: String,
    /// What matched, in bytes of `text` on character boundaries, in order and without overlap. Empty where the text
    /// is shown for want of a better one.
    pub ranges: Vec<Range<usize>>,
    /// Whether something stands before, and after.
    pub cut: (bool, bool),
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub key: Key,
    pub reference: String,
    pub source_id: Option<String>,
    pub title: String,
    /// Higher fits better; comparable within one answer only.
    pub score: f32,
    /// The title when something matched in it, then the best other place; never of a scope the request may not read.
    pub highlights: Vec<Highlight>,
}

/// The answer to a `Request`.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub hits: Vec<Hit>,
    pub total: Total,
    /// By attribute the number of documents by value; values nothing has are absent.
    pub facets: BTreeMap<String, BTreeMap<String, u64>>,
    /// Words that nothing has as they were typed, with what was read instead.
    pub corrected: Vec<(String, String)>,
    /// Whether documents with fewer words are among the hits.
    pub relaxed: bool,
    /// How long the engine took.
    pub took: Duration,
}
