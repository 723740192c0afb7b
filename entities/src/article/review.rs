//! Hand a version to reviewers, remark on it, and give it back.

use uuid::Uuid;

use super::{Article, ArticleEvent, State, remark};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::{Command, Subject};
use crate::policy::Permission;

/// The most characters of a remark, and of the passage it is about.
const MOST_REMARK: usize = 5_000;
const MOST_QUOTE: usize = 1_000;

/// Hands the newest version to reviewers.
#[derive(Clone, Copy, Debug)]
pub struct SendToReview;

/// Gives it back to its authors.
#[derive(Clone, Debug)]
pub struct Return {
    pub text: String,
    /// The passage it is about; empty: all of it.
    pub quote: String,
}

/// Remarks on what is in work.
#[derive(Clone, Debug)]
pub struct Say {
    pub text: String,
    /// The passage it is about; empty: all of it.
    pub quote: String,
}

/// What an article needs before somebody reviews it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lack {
    Summary,
    Body,
    Category,
    Owner,
    ReviewDue,
}

/// What is missing before a review.
pub fn lacks(article: &Article) -> Vec<Lack> {
    let (row, newest) = (&article.row, article.newest.as_ref());
    let is_blank = |text: Option<&String>| text.is_none_or(|text| text.trim().is_empty());
    [
        (Lack::Summary, is_blank(newest.map(|v| &v.summary))),
        (Lack::Body, is_blank(newest.map(|v| &v.body))),
        (Lack::Category, row.category_id.is_none()),
        (Lack::Owner, row.owner_id.is_none()),
        (Lack::ReviewDue, row.review_due_on.is_none()),
    ]
    .into_iter()
    .filter_map(|(lack, is_missing)| is_missing.then_some(lack))
    .collect()
}

type Events = Result<Vec<ArticleEvent>, Rejected>;

fn said(
    article: &Article,
    actor: &Actor,
    at: Instant,
    kind: remark::Kind,
    (text, quote): (&str, &str),
) -> Result<Box<remark::Model>, Rejected> {
    let clean = |text: &str| text.trim().replace("\r\n", "\n").replace('\0', "");
    let (text, quote) = (clean(text), clean(quote));
    if text.is_empty() {
        return Err(Rejected::EmptyText);
    }
    if text.chars().count() > MOST_REMARK {
        return Err(Rejected::TooLong);
    }
    let newest = article.newest.as_ref();
    let stands = || newest.is_some_and(|version| remark::stands_in(&quote, version));
    if quote.chars().count() > MOST_QUOTE || !quote.is_empty() && !stands() {
        return Err(Rejected::NotInText);
    }
    Ok(Box::new(remark::Model {
        id: crate::new_id(),
        article_id: article.row.id,
        version: article.row.newest,
        kind,
        author_id: actor.person_id(),
        written_at: at,
        text,
        quote,
        done_at: None,
        done_by: None,
        salt: crate::history::salt(),
    }))
}

impl Command for SendToReview {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::WriteArticles;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(self, article: &Article, _: &Actor, _: Instant) -> Events {
        match article.row.state {
            State::Draft if lacks(article).is_empty() => Ok(vec![ArticleEvent::SentToReview {
                version: article.row.newest,
            }]),
            State::Draft => Err(Rejected::ArticleIncomplete),
            State::InReview | State::Published => Err(Rejected::NothingToDo),
            State::Retired => Err(Rejected::Retired),
        }
    }
}

impl Command for Return {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::ReviewArticles;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(self, article: &Article, actor: &Actor, at: Instant) -> Events {
        if article.row.state != State::InReview {
            return Err(Rejected::NotInReview);
        }
        let remark = said(
            article,
            actor,
            at,
            remark::Kind::Returned,
            (&self.text, &self.quote),
        )?;
        Ok(vec![ArticleEvent::Returned(remark)])
    }
}

impl Command for Say {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::ReviewArticles;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(self, article: &Article, actor: &Actor, at: Instant) -> Events {
        if article.row.state == State::Retired {
            return Err(Rejected::Retired);
        }
        let remark = said(
            article,
            actor,
            at,
            remark::Kind::Said,
            (&self.text, &self.quote),
        )?;
        Ok(vec![ArticleEvent::Remarked(remark)])
    }
}
