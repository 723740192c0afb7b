//! Conditions on tags and time, for permission, operators and facets alike.

use crate::document::Document;

/// A condition on a document. Attributes and values are any text; nothing in them is syntax.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Filter {
    /// Each of these; `All(vec![])` is everything.
    All(Vec<Filter>),
    /// One of these at least; `Any(vec![])` is nothing.
    Any(Vec<Filter>),
    Not(Box<Filter>),
    /// Has this value of this attribute.
    Is {
        attribute: String,
        value: String,
    },
    /// Has one of these values of this attribute; no values is nothing.
    In {
        attribute: String,
        values: Vec<String>,
    },
    /// `Document::at` is earlier than this, in seconds since 1970.
    Before {
        at: i64,
    },
    /// `Document::at` is this or later, in seconds since 1970.
    After {
        at: i64,
    },
}

impl Filter {
    pub fn everything() -> Self {
        Self::All(Vec::new())
    }

    pub fn nothing() -> Self {
        Self::Any(Vec::new())
    }

    pub fn is(attribute: impl Into<String>, value: impl Into<String>) -> Self {
        Self::Is {
            attribute: attribute.into(),
            value: value.into(),
        }
    }

    pub fn one_of<V: Into<String>>(
        attribute: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        Self::In {
            attribute: attribute.into(),
            values: values.into_iter().map(Into::into).collect(),
        }
    }

    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match self {
            Self::All(mut all) => {
                all.push(other);
                Self::All(all)
            }
            one => Self::All(vec![one, other]),
        }
    }

    /// Whether a document fulfils it: what every engine's answer agrees with.
    pub fn holds(&self, document: &Document) -> bool {
        self.holds_for(&document.all_tags(), document.at)
    }

    fn holds_for(&self, tags: &[(String, String)], at: i64) -> bool {
        let has =
            |attribute: &str, value: &str| tags.iter().any(|(a, v)| a == attribute && v == value);
        match self {
            Self::All(all) => all.iter().all(|one| one.holds_for(tags, at)),
            Self::Any(any) => any.iter().any(|one| one.holds_for(tags, at)),
            Self::Not(not) => !not.holds_for(tags, at),
            Self::Is { attribute, value } => has(attribute, value),
            Self::In { attribute, values } => values.iter().any(|value| has(attribute, value)),
            Self::Before { at: end } => at < *end,
            Self::After { at: start } => at >= *start,
        }
    }
}
