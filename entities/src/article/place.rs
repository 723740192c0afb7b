//! Where an article stands for the policy, and what those who work on it may see beside what is published.

use crate::actor::Actor;
use crate::ledger::Subject as _;
use crate::policy::{self, Permission};

use super::{Article, State};

/// Whoever holds one of these at an article sees its drafts.
pub const WORK: [Permission; 3] = [
    Permission::WriteArticles,
    Permission::ReviewArticles,
    Permission::PublishArticles,
];

impl Article {
    /// Whether the actor works on it, and so sees what nobody has published.
    pub fn is_worked_on_by(&self, actor: &Actor) -> bool {
        WORK.into_iter()
            .any(|permission| policy::allows(actor, permission, self.place()))
    }

    /// The number of the version its address shows: what readers see, or the newest while there is no such.
    pub fn shown(&self) -> i32 {
        self.row.published.unwrap_or(self.row.newest)
    }

    /// Whether something newer than what readers see is in work.
    pub fn has_newer_draft(&self) -> bool {
        let in_work = matches!(self.row.state, State::Draft | State::InReview);
        in_work && self.row.published.is_some()
    }

    /// Whether the actor wrote something that waits to be published.
    pub fn is_written_by(&self, actor: &Actor) -> bool {
        actor
            .person_id()
            .is_some_and(|me| self.writers.contains(&me))
    }
}
