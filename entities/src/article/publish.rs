//! Let readers see a version, take an article from them, and bring it back.

use uuid::Uuid;

use super::{Article, ArticleEvent, State};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::{Command, Subject};
use crate::policy::Permission;

/// Publishes the version that was reviewed; whoever wrote any of what is new in it does not.
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
        Ok(vec![ArticleEvent::Published {
            version: self.version,
            by: actor.person_id(),
        }])
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
