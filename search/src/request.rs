//! What is asked of an engine.

use crate::document::Scope;
use crate::filter::Filter;
use crate::typed::Typed;

/// What the hits are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// By how well they fit: words matched, typos, nearness, part of the document, exactness; then by recency and
    /// whether they are solved, gently. Without words it is `Newest`.
    #[default]
    Fit,
    /// By `Document::at`, latest first.
    Newest,
}

/// How many of the words a document must have. Phrases must be there and excluded words must not, either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Match {
    /// Every word. When few documents have them all, those with fewer follow, the lower the more their words say that
    /// they lack.
    #[default]
    Every,
    /// Any of them, the more and the rarer the better: for *similar cases*, where a whole text is what was typed.
    Some,
}

/// A column of choices beside the hits: an attribute to count by, and which of its values are chosen already.
/// The chosen narrow the hits and the counts of other facets, not the counts of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Facet {
    pub attribute: String,
    /// Any of these; none chosen narrows nothing.
    pub chosen: Vec<String>,
}

impl Facet {
    /// Counted, with nothing chosen.
    pub fn of(attribute: impl Into<String>) -> Self {
        Self {
            attribute: attribute.into(),
            chosen: Vec::new(),
        }
    }
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    pub typed: Typed,
    pub matching: Match,
    /// Which passages the actor may have searched; `Scope::Open` need not be named.
    pub scopes: Vec<Scope>,
    /// What the actor may see at all.
    pub permission: Filter,
    /// What the question asks for: operators, a kind.
    pub filter: Filter,
    /// At most `Request::MOST_FACETS`; those that follow are neither counted nor do they narrow.
    pub facets: Vec<Facet>,
    pub order: Order,
    /// How many hits are passed over; at most `Request::DEEPEST`.
    pub offset: usize,
    /// How many hits are shown, at most `Request::MOST`; 0 counts only.
    pub limit: usize,
    /// Whether the last word may be the beginning of one.
    pub prefix_last: bool,
    /// Whether words of five letters and more may be mistyped.
    pub typos: bool,
}

impl Request {
    /// The most hits of one answer.
    pub const MOST: usize = 100;
    /// The most facets of one request.
    pub const MOST_FACETS: usize = 30;
    /// The deepest place hits are shown from.
    pub const DEEPEST: usize = 1_000;

    /// The first twenty hits among everything that is open. Narrow it by `permission` before it is asked.
    pub fn of(typed: Typed) -> Self {
        Self {
            typed,
            matching: Match::Every,
            scopes: Vec::new(),
            permission: Filter::everything(),
            filter: Filter::everything(),
            facets: Vec::new(),
            order: Order::Fit,
            offset: 0,
            limit: 20,
            prefix_last: true,
            typos: true,
        }
    }

    /// Whether passages of this scope are searched.
    pub fn reads(&self, scope: Scope) -> bool {
        scope == Scope::Open || self.scopes.contains(&scope)
    }
}
