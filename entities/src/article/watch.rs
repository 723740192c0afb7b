//! Watching an article: whoever does is told when it is published anew, retired, or to be checked after a release.

use sea_orm::entity::prelude::*;

use super::{Article, ArticleEvent, State};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::ledger::{Command, Subject as _};
use crate::policy::Permission;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_watch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    pub since: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Whoever acts watches the article from now on.
#[derive(Clone, Copy, Debug)]
pub struct Watch;

/// Whoever acts watches it no more.
#[derive(Clone, Copy, Debug)]
pub struct Unwatch;

type Events = std::result::Result<Vec<ArticleEvent>, Rejected>;

impl Command for Watch {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::ReadArticles;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(self, article: &Article, actor: &Actor, _: Instant) -> Events {
        if article.row.state == State::Retired {
            return Err(Rejected::Retired);
        }
        let person_id = actor.person_id().ok_or(Rejected::NothingToDo)?;
        Ok(vec![ArticleEvent::Watched { person_id }])
    }
}

impl Command for Unwatch {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::ReadArticles;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(self, _: &Article, actor: &Actor, _: Instant) -> Events {
        let person_id = actor.person_id().ok_or(Rejected::NothingToDo)?;
        Ok(vec![ArticleEvent::Unwatched { person_id }])
    }
}

/// Whether the actor watches an article that was found for them.
pub async fn is_watched_by(db: &Db, actor: &Actor, article: &Article) -> Result<bool> {
    let Some(me) = actor.person_id() else {
        return Ok(false);
    };
    let row = Entity::find_by_id((article.row.id, me));
    Ok(row.one(db.reader()).await?.is_some())
}
