//! What happens to an article.

use serde_json::{Value, json};

use super::{Filing, Origin, due, feedback, remark, version, visitor};
use crate::clock::Instant;
use crate::history::digest;
use crate::ledger::Event;
use crate::notice;
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
    /// An author is done with what was remarked.
    RemarkSettled {
        remark: uuid::Uuid,
        version: i32,
    },
    /// Or is not after all.
    RemarkReopened {
        remark: uuid::Uuid,
        version: i32,
    },
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
    /// The first of two who look through it did so.
    Approved {
        version: i32,
        by: uuid::Uuid,
    },
    /// Its owner was told when somebody is to look at it again.
    ReviewTold {
        due_on: chrono::NaiveDate,
    },
    /// Somebody looked at what readers see: it is valid for these releases too.
    Checked {
        releases: Vec<uuid::Uuid>,
    },
    /// A reader said whether it helped.
    FeedbackGiven(Box<feedback::Model>),
    /// Somebody whom nobody knows said whether it helped.
    VisitorAnswered(Box<visitor::Model>),
    /// Those whom it concerns were told that it is to be checked for these releases.
    RecheckTold {
        releases: Vec<uuid::Uuid>,
    },
    Watched {
        person_id: uuid::Uuid,
    },
    Unwatched {
        person_id: uuid::Uuid,
    },
    Retired,
    /// It is a draft again.
    BroughtBack,
}

impl ArticleEvent {
    /// Whether the article may be known by another text after it.
    pub(super) fn shows_other_text(&self) -> bool {
        matches!(
            self,
            ArticleEvent::Written(_) | ArticleEvent::Published { .. } | ArticleEvent::BroughtBack
        )
    }
}

impl Event for ArticleEvent {
    fn name(&self) -> &'static str {
        match self {
            ArticleEvent::Written(_) => "written",
            ArticleEvent::Filed { .. } => "filed",
            ArticleEvent::SentToReview { .. } => "sent_to_review",
            ArticleEvent::Returned(_) => "returned",
            ArticleEvent::Remarked(_) => "remarked",
            ArticleEvent::RemarkSettled { .. } => "remark_settled",
            ArticleEvent::RemarkReopened { .. } => "remark_reopened",
            ArticleEvent::Published { .. } => "published",
            ArticleEvent::Imported { .. } => "imported",
            ArticleEvent::Approved { .. } => "approved",
            ArticleEvent::ReviewTold { .. } => "review_told",
            ArticleEvent::Checked { .. } => "checked",
            ArticleEvent::FeedbackGiven(_) => "feedback_given",
            ArticleEvent::VisitorAnswered(_) => "visitor_answered",
            ArticleEvent::RecheckTold { .. } => "recheck_told",
            ArticleEvent::Watched { .. } => "watched",
            ArticleEvent::Unwatched { .. } => "unwatched",
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
            ArticleEvent::Returned(remark) | ArticleEvent::Remarked(remark) => {
                let mut record = json!({
                    "version": remark.version,
                    "remark": remark.id,
                    "text": digest(&remark.salt, &remark.text),
                });
                if !remark.quote.is_empty() {
                    record["quote"] = json!(digest(&remark.salt, &remark.quote));
                }
                record
            }
            ArticleEvent::RemarkSettled { remark, version }
            | ArticleEvent::RemarkReopened { remark, version } => {
                json!({ "version": version, "remark": remark })
            }
            ArticleEvent::FeedbackGiven(feedback) => json!({
                "version": feedback.version,
                "helped": feedback.helped,
                "word": digest(&feedback.salt, &feedback.word),
            }),
            ArticleEvent::VisitorAnswered(answer) => {
                json!({ "version": answer.version, "helped": answer.helped })
            }
            ArticleEvent::SentToReview { version }
            | ArticleEvent::Approved { version, .. }
            | ArticleEvent::Published { version, .. }
            | ArticleEvent::Imported { version, .. } => json!({ "version": version }),
            ArticleEvent::ReviewTold { due_on } => json!({ "due_on": due_on }),
            ArticleEvent::Checked { releases } | ArticleEvent::RecheckTold { releases } => {
                json!({ "releases": releases })
            }
            ArticleEvent::Watched { person_id } | ArticleEvent::Unwatched { person_id } => {
                json!({ "person": person_id })
            }
            ArticleEvent::Retired | ArticleEvent::BroughtBack => json!({}),
        }
    }

    fn effects(&self) -> Vec<Effect> {
        match self {
            ArticleEvent::ReviewTold { .. } => vec![Effect::TellReview],
            ArticleEvent::Written(_)
            | ArticleEvent::Filed { .. }
            | ArticleEvent::SentToReview { .. }
            | ArticleEvent::Returned(_)
            | ArticleEvent::Remarked(_)
            | ArticleEvent::RemarkSettled { .. }
            | ArticleEvent::RemarkReopened { .. }
            | ArticleEvent::Published { .. }
            | ArticleEvent::Imported { .. }
            | ArticleEvent::Approved { .. }
            | ArticleEvent::Checked { .. }
            | ArticleEvent::FeedbackGiven(_)
            | ArticleEvent::VisitorAnswered(_)
            | ArticleEvent::RecheckTold { .. }
            | ArticleEvent::Watched { .. }
            | ArticleEvent::Unwatched { .. }
            | ArticleEvent::Retired
            | ArticleEvent::BroughtBack => vec![],
        }
    }

    fn notice(&self, at: Instant) -> Option<notice::Kind> {
        match self {
            ArticleEvent::ReviewTold { due_on } => {
                due::is_news(*due_on, at).then_some(notice::Kind::ReviewDue)
            }
            ArticleEvent::Published { .. } => Some(notice::Kind::ArticlePublished),
            ArticleEvent::Retired => Some(notice::Kind::ArticleRetired),
            ArticleEvent::RecheckTold { .. } => Some(notice::Kind::RecheckDue),
            _ => None,
        }
    }
}
