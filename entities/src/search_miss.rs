//! What people looked for in vain: the words and how often, of nobody in particular.

use chrono::Duration;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use crate::db::Db;
use crate::error::Result;
use crate::text;

/// The most characters of words that are noted.
const MOST_CHARS: usize = 80;
/// What nobody looked for since is forgotten.
const KEPT_FOR: Duration = Duration::days(90);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_miss")]
pub struct Model {
    /// Folded.
    #[sea_orm(primary_key, auto_increment = false)]
    pub words: String,
    pub count: i32,
    pub last_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Counts words that found nothing. Addresses and numbers of people are none that an author could write about.
pub async fn note(db: &Db, words: &str) -> Result<()> {
    let folded = text::fold(words);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let words = words.join(" ");
    if words.is_empty() || words.chars().count() > MOST_CHARS || words.contains('@') {
        return Ok(());
    }
    let sql = "INSERT INTO search_miss (words, count, last_at) VALUES ($1, 1, $2) \
               ON CONFLICT (words) DO UPDATE SET count = search_miss.count + 1, last_at = excluded.last_at";
    let now = db.clock().now();
    db.write_statement(sql, vec![words.into(), now.into()])
        .await?;
    let sql = "DELETE FROM search_miss WHERE last_at < $1";
    db.write_statement(sql, vec![(now - KEPT_FOR).into()])
        .await?;
    Ok(())
}

/// What was looked for in vain more than once, the most often first.
pub async fn list(db: &Db, most: u64) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.count.gt(1))
        .order_by_desc(Column::Count)
        .order_by_desc(Column::LastAt)
        .limit(most)
        .all(db.reader())
        .await?)
}
