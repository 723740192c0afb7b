//! Begin an article, write its next version, file it elsewhere, and take an older version up again.

use uuid::Uuid;

use super::{Article, ArticleEvent, Content, Filing, State, version};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::{Command, Subject};
use crate::permit::Reach;
use crate::policy::{self, Permission, Place};

/// Begins an article.
#[derive(Clone, Debug)]
pub struct Create {
    pub content: Content,
    pub filing: Filing,
    pub once: Option<String>,
}

/// Writes its next version and files it, as far as either differs from what is there.
#[derive(Clone, Debug)]
pub struct Write {
    pub content: Content,
    pub filing: Filing,
    /// The edition that was before the author's eyes.
    pub edition: i32,
}

/// Writes an older version anew.
#[derive(Clone, Debug)]
pub struct RestoreVersion {
    pub version: version::Model,
    /// The edition that was before the author's eyes.
    pub edition: i32,
}

type Events = Result<Vec<ArticleEvent>, Rejected>;

/// The permit was asked for where the article lay; the filing may lay it elsewhere.
pub(super) fn may_file(actor: &Actor, filing: &Filing) -> Result<(), Rejected> {
    let there = Place::Article {
        service_ids: filing.service_ids.clone(),
        owner_id: None,
    };
    match policy::allows(actor, Permission::WriteArticles, there) {
        true => Ok(()),
        false => Err(Rejected::NotYourServices),
    }
}

impl Article {
    /// The next version and filing, as far as they differ from what is there.
    pub(super) fn next(
        &self,
        content: Content,
        filing: Filing,
        actor: &Actor,
        at: Instant,
        restored_from: Option<i32>,
    ) -> Events {
        let mut events = Vec::new();
        let content = content.checked()?;
        let before = self.newest.as_ref().map(version::Model::content);
        if before.is_none_or(|before| !content.says(&before)) {
            let number = self.row.newest + 1;
            let version = content.version(number, actor.person_id(), at);
            events.push(ArticleEvent::Written(Box::new(version::Model {
                restored_from,
                ..version
            })));
        }
        let (from, to) = (self.filing(), filing.checked());
        if from != to {
            if from.service_ids != to.service_ids {
                may_file(actor, &to)?;
            }
            let may_publish = policy::allows(actor, Permission::PublishArticles, self.place());
            if from.second_review && !to.second_review && !may_publish {
                return Err(Rejected::SecondReviewStays);
            }
            events.push(ArticleEvent::Filed {
                from: Box::new(from),
                to: Box::new(to),
            });
        }
        Ok(events)
    }
}

impl Command for Create {
    type Target = Article;
    type On = Reach;
    const NEEDS: Permission = Permission::WriteArticles;

    fn target(&self, _: &Reach) -> Option<Uuid> {
        None
    }

    fn once(&self) -> Option<&str> {
        self.once.as_deref()
    }

    fn place(&self, _: &Article) -> Place {
        Place::Reach
    }

    fn decide(self, article: &Article, actor: &Actor, at: Instant) -> Events {
        may_file(actor, &self.filing)?;
        article.next(self.content, self.filing, actor, at, None)
    }
}

impl Command for Write {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::WriteArticles;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(self, article: &Article, actor: &Actor, at: Instant) -> Events {
        if article.row.state == State::Retired {
            return Err(Rejected::Retired);
        }
        if article.row.edition != self.edition {
            return Err(Rejected::ChangedMeanwhile);
        }
        article.next(self.content, self.filing, actor, at, None)
    }
}

impl Command for RestoreVersion {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::WriteArticles;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(self, article: &Article, actor: &Actor, at: Instant) -> Events {
        if article.row.state == State::Retired {
            return Err(Rejected::Retired);
        }
        if article.row.edition != self.edition || self.version.article_id != article.row.id {
            return Err(Rejected::ChangedMeanwhile);
        }
        let content = Content {
            note: String::new(),
            ..self.version.content()
        };
        let number = Some(self.version.number);
        let events = article.next(content, article.filing(), actor, at, number)?;
        match events.is_empty() {
            true => Err(Rejected::NothingToDo),
            false => Ok(events),
        }
    }
}
