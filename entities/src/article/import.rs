//! Bring in an article that was written elsewhere, or what changed of it there.

use sea_orm::{Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::write::may_file;
use super::{Article, ArticleEvent, COLUMN, Column, Content, Entity, Filing, Model, State, review};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::ledger::{Command, Subject};
use crate::permit::Reach;
use crate::policy::{self, Permission, Place};

/// The source of articles that a desk like this one wrote; what they are called there is their id.
pub const DESK: &str = "lotse";

/// Where an article comes from, so that it is known again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The collection it belongs to.
    pub source: String,
    /// What it is called there.
    pub source_id: String,
    /// Of all that was brought in; the same again is no change, whatever people wrote here since.
    pub digest: String,
}

impl Origin {
    /// Names it, with the digest of what it brings.
    pub fn new(
        source: &str,
        source_id: &str,
        content: &Content,
        filing: &Filing,
        state: State,
    ) -> Origin {
        let said = json!([
            state,
            content.title,
            content.summary,
            content.body,
            content.keywords,
            content.audience,
            content.vendor_ids,
            content.files,
            filing.record(&Filing::default()),
        ]);
        Origin {
            source: source.to_owned(),
            source_id: source_id.to_owned(),
            digest: hex::encode(Sha256::digest(said.to_string())),
        }
    }
}

/// Brings in an article; what comes from the same place as one that is there is its next version.
#[derive(Clone, Debug)]
pub struct Import {
    /// Chosen beforehand, because other articles lead here.
    pub id: Uuid,
    /// The edition that was compared; none when it is new.
    pub edition: Option<i32>,
    /// What its version is called where it comes from: here it is called so too, unless this desk is further.
    pub number: Option<i32>,
    pub content: Content,
    pub filing: Filing,
    pub origin: Origin,
}

/// Brings in an article that was reviewed where it comes from: readers see it, or saw it, as far as it had come there.
#[derive(Clone, Debug)]
pub struct ImportReviewed {
    pub import: Import,
    pub state: State,
}

type Events = Result<Vec<ArticleEvent>, Rejected>;

impl Import {
    fn target(&self) -> Option<Uuid> {
        self.edition.map(|_| self.id)
    }

    fn events(self, article: &Article, actor: &Actor, at: Instant) -> Events {
        if article.row.state == State::Retired {
            return Err(Rejected::Retired);
        }
        if self.edition.is_some_and(|seen| seen != article.row.edition) {
            return Err(Rejected::ChangedMeanwhile);
        }
        may_file(actor, &self.filing)?;
        let mut events = article.next(self.content, self.filing, actor, at, None)?;
        for event in &mut events {
            if let (ArticleEvent::Written(version), Some(number)) = (event, self.number) {
                version.number = version.number.max(number);
            }
        }
        if article.origin().as_ref() != Some(&self.origin) {
            events.push(ArticleEvent::Imported {
                version: number(article, &events),
                origin: Box::new(self.origin),
            });
        }
        Ok(events)
    }
}

/// The newest version once these have happened.
fn number(article: &Article, events: &[ArticleEvent]) -> i32 {
    let written = events.iter().find_map(|event| match event {
        ArticleEvent::Written(version) => Some(version.number),
        _ => None,
    });
    written.unwrap_or(article.row.newest)
}

impl Command for Import {
    type Target = Article;
    type On = Reach;
    const NEEDS: Permission = Permission::WriteArticles;

    fn target(&self, _: &Reach) -> Option<Uuid> {
        self.target()
    }

    fn new_id(&self) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(self, article: &Article, actor: &Actor, at: Instant) -> Events {
        self.events(article, actor, at)
    }
}

impl Command for ImportReviewed {
    type Target = Article;
    type On = Reach;
    const NEEDS: Permission = Permission::PublishArticles;

    fn target(&self, _: &Reach) -> Option<Uuid> {
        self.import.target()
    }

    fn new_id(&self) -> Option<Uuid> {
        Some(self.import.id)
    }

    fn decide(self, article: &Article, actor: &Actor, at: Instant) -> Events {
        let may_write = policy::allows(actor, Permission::WriteArticles, article.place());
        if self.import.edition.is_some() && !may_write {
            return Err(Rejected::NotYourServices);
        }
        let there = Place::Article {
            service_ids: self.import.filing.service_ids.clone(),
            owner_id: None,
        };
        if !policy::allows(actor, Permission::PublishArticles, there) {
            return Err(Rejected::NotYourServices);
        }
        let mut events = self.import.events(article, actor, at)?;
        let mut after = article.clone();
        events.iter().for_each(|event| after.apply(event, at));
        match self.state {
            State::Published if after.row.state != State::Published => {
                // Whoever reads it can ask somebody, and somebody looks whether it still holds.
                if !review::lacks(&after).is_empty() {
                    return Err(Rejected::ArticleIncomplete);
                }
                let version = after.row.newest;
                let by = actor.person_id();
                match (after.row.second_review, after.row.state) {
                    (false, _) => events.push(ArticleEvent::Published { version, by }),
                    // Nobody who brings it in is the two people who look through it here.
                    (true, State::Draft) => events.push(ArticleEvent::SentToReview { version }),
                    (true, _) => {}
                }
            }
            State::InReview if after.row.state == State::Draft => {
                if review::lacks(&after).is_empty() {
                    events.push(ArticleEvent::SentToReview {
                        version: after.row.newest,
                    });
                }
            }
            State::Retired => events.push(ArticleEvent::Retired),
            State::Draft | State::InReview | State::Published => {}
        }
        Ok(events)
    }
}

impl Article {
    /// Where it was brought in from.
    pub fn origin(&self) -> Option<Origin> {
        Some(Origin {
            source: self.row.source.clone()?,
            source_id: self.row.source_id.clone()?,
            digest: self.row.source_digest.clone()?,
        })
    }
}

/// The articles that came from a source, as far as the actor writes on them; of the desk's own, all that were begun here too.
pub async fn imported(db: &Db, actor: &Actor, source: &str) -> Result<Vec<Model>> {
    let mut from = Condition::any().add(COLUMN.source.eq(source));
    if source == DESK {
        from = from.add(COLUMN.source.is_null());
    }
    let writes = policy::articles_where(actor, Permission::WriteArticles);
    let found = Entity::find().filter(from).filter(writes);
    Ok(found.all(db.reader()).await?)
}

/// Articles that the actor writes on, those after `after` by their id.
pub async fn to_export(
    db: &Db,
    actor: &Actor,
    after: Option<Uuid>,
    most: u64,
) -> Result<Vec<Article>> {
    let mut query = Entity::find()
        .filter(policy::articles_where(actor, Permission::WriteArticles))
        .order_by_asc(Column::Id)
        .limit(most);
    if let Some(after) = after {
        query = query.filter(COLUMN.id.gt(after));
    }
    let rows = query.all(db.reader()).await?;
    Article::around(db.reader(), rows).await
}
