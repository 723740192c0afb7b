//! What happens to an article.

use serde_json::{Value, json};

use super::{Filing, Origin, remark, version};
use crate::history::digest;
use crate::ledger::Event;
use crate::outbox::Effect;

/// One thing that happened to an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticleEvent {
    /// A version was written, the first too.
    Written(Box<version::Model>),
    Filed {
        from: Box<Filing>,
        to: Box<Filing>,
    },
    SentToReview {
        version: i32,
    },
    /// A reviewer gave it back to its authors, and said why.
    Returned(Box<remark::Model>),
    /// Somebody remarked on it.
    Remarked(Box<remark::Model>),
    /// Readers see this version from now on. It was written by others.
    Published {
        version: i32,
        by: Option<uuid::Uuid>,
    },
    /// It was brought in from elsewhere, or what changed of it there.
    Imported {
        version: i32,
        origin: Box<Origin>,
    },
    Retired,
    /// It is a draft again.
    BroughtBack,
}

impl Event for ArticleEvent {
    fn name(&self) -> &'static str {
        match self {
            ArticleEvent::Written(_) => "written",
            ArticleEvent::Filed { .. } => "filed",
            ArticleEvent::SentToReview { .. } => "sent_to_review",
            ArticleEvent::Returned(_) => "returned",
            ArticleEvent::Remarked(_) => "remarked",
            ArticleEvent::Published { .. } => "published",
            ArticleEvent::Imported { .. } => "imported",
            ArticleEvent::Retired => "retired",
            ArticleEvent::BroughtBack => "brought_back",
        }
    }

    fn record(&self) -> Value {
        match self {
            ArticleEvent::Written(version) => json!({
                "version": version.number,
                "audience": version.audience,
                "restored_from": version.restored_from,
                "content": version.digest(),
            }),
            ArticleEvent::Filed { from, to } => to.record(from),
            ArticleEvent::Returned(remark) | ArticleEvent::Remarked(remark) => json!({
                "version": remark.version,
                "remark": remark.id,
                "text": digest(&remark.salt, &remark.text),
            }),
            ArticleEvent::SentToReview { version }
            | ArticleEvent::Published { version, .. }
            | ArticleEvent::Imported { version, .. } => json!({ "version": version }),
            ArticleEvent::Retired | ArticleEvent::BroughtBack => json!({}),
        }
    }

    fn effects(&self) -> Vec<Effect> {
        match self {
            ArticleEvent::Written(_)
            | ArticleEvent::Filed { .. }
            | ArticleEvent::SentToReview { .. }
            | ArticleEvent::Returned(_)
            | ArticleEvent::Remarked(_)
            | ArticleEvent::Published { .. }
            | ArticleEvent::Imported { .. }
            | ArticleEvent::Retired
            | ArticleEvent::BroughtBack => vec![],
        }
    }
}
