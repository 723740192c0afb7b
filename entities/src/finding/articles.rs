//! What an index holds of articles: of each what its readers see, and beside it what is being written, for those who write.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter};
use uuid::Uuid;

use super::stamps;
use crate::article::{self, Article, Version, version};
use crate::db::Db;
use crate::error::Result;

/// An article as an index takes it in.
#[derive(Clone, Debug)]
pub struct Source {
    pub article: Article,
    /// How many events it had when this was read.
    pub stamp: i32,
    /// The version it is known by: the published one, or the newest while none is.
    pub version: Version,
}

/// Articles with these ids, as far as there are any, in no order.
pub async fn sources(db: &Db, ids: &[Uuid]) -> Result<Vec<Source>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    // Before the rows: what changes between the two is indexed again rather than missed.
    let stamps: HashMap<Uuid, i32> = stamps(db, ids).await?.into_iter().collect();
    let rows = article::Entity::find()
        .filter(article::COLUMN.id.is_in(ids.iter().copied()))
        .all(db.reader())
        .await?;
    let articles = Article::around(db.reader(), rows).await?;
    let shown: Vec<(Uuid, i32)> = articles.iter().map(|a| (a.row.id, a.shown())).collect();
    let mut versions = version::those(db, &shown).await?;
    let sources = articles.into_iter().filter_map(|article| {
        Some(Source {
            stamp: stamps.get(&article.row.id).copied().unwrap_or_default(),
            version: versions.remove(&article.row.id)?,
            article,
        })
    });
    Ok(sources.collect())
}
