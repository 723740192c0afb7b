//! Let readers see a version, take an article from them, and bring it back.

use uuid::Uuid;

use super::{Article, ArticleEvent, State};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::{Command, Subject};
use crate::policy::Permission;

/// Publishes the version that was reviewed; whoever wrote any of what is new in it does not. Of an article that two people
/// look through, the first of them approves it by this, and the second publishes it.
#[derive(Clone, Copy, Debug)]
pub struct Publish {
    /// The version that was before the reviewer's eyes.
    pub version: i32,
}

/// Takes it from its readers.
#[derive(Clone, Copy, Debug)]
pub struct Retire;

/// Makes a draft of what was retired.
#[derive(Clone, Copy, Debug)]
pub struct BringBack;

type Events = Result<Vec<ArticleEvent>, Rejected>;

impl Command for Publish {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::PublishArticles;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(self, article: &Article, actor: &Actor, _: Instant) -> Events {
        if article.row.state != State::InReview {
            return Err(Rejected::NotInReview);
        }
        if article.row.newest != self.version {
            return Err(Rejected::ChangedMeanwhile);
        }
        if article.is_written_by(actor) {
            return Err(Rejected::OwnWork);
        }
        if !super::lacks(article).is_empty() {
            return Err(Rejected::ArticleIncomplete);
        }
        let approved_by = article.row.approved_by;
        if let Some(me) = actor.person_id().filter(|_| article.row.second_review) {
            match approved_by {
                Some(first) if first == me => return Err(Rejected::OwnApproval),
                Some(_) => {}
                None => {
                    let (version, by) = (self.version, me);
                    return Ok(vec![ArticleEvent::Approved { version, by }]);
                }
            }
        }
        let mut events = vec![ArticleEvent::Published {
            version: self.version,
            by: actor.person_id(),
        }];
        // Who publishes it looked at it as the services are by now.
        if !article.unchecked.is_empty() {
            let releases = article.unchecked.clone();
            events.push(ArticleEvent::Checked { releases });
        }
        Ok(events)
    }
}

impl Command for Retire {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::PublishArticles;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(self, article: &Article, _: &Actor, _: Instant) -> Events {
        match article.row.state {
            State::Retired => Ok(vec![]),
            State::Draft | State::InReview | State::Published => Ok(vec![ArticleEvent::Retired]),
        }
    }
}

impl Command for BringBack {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::PublishArticles;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(self, article: &Article, _: &Actor, _: Instant) -> Events {
        match article.row.state {
            State::Retired => Ok(vec![ArticleEvent::BroughtBack]),
            State::Draft | State::InReview | State::Published => Ok(vec![]),
        }
    }
}
