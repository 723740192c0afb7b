//! One article as its readers see it: the published version, without the passages that stay in the house.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use uuid::Uuid;

use super::file::{self, File};
use super::{Language, Site, col, for_them};
use crate::article;
use crate::category;
use crate::clock::{Instant, day};
use crate::error::{DeskError, Result};

/// An article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    pub id: Uuid,
    /// Of the version.
    pub number: i32,
    pub title: String,
    pub summary: String,
    /// Markdown.
    pub body: String,
    /// What belongs to the text and is not for the house alone.
    pub files: Vec<File>,
    pub language: Language,
    pub published_on: Option<NaiveDate>,
    /// The way to it through the categories.
    pub path: Vec<(Uuid, String)>,
    /// The same in another language, for these readers.
    pub other: Option<(Uuid, Language)>,
    /// It is a translation of an older version than readers of the original see.
    pub is_behind: bool,
    /// The first release, and its service, that its readers work with and nobody has checked it for.
    pub unchecked: Option<(String, String)>,
}

#[derive(FromQueryResult)]
pub(super) struct Row {
    pub id: Uuid,
    number: i32,
    title: String,
    summary: String,
    pub body: String,
    files: String,
    language: Language,
    published_at: Option<Instant>,
    category_id: Option<Uuid>,
    original_id: Option<Uuid>,
    original_version: Option<i32>,
}

impl Row {
    /// What is given out of its files; a damaged list of them is none.
    pub fn given(&self, outside: &str) -> Vec<File> {
        let files = serde_json::from_str(&self.files).unwrap_or_default();
        file::given(files, outside)
    }
}

#[derive(FromQueryResult)]
struct Other {
    id: Uuid,
    language: Language,
    published: i32,
}

#[derive(FromQueryResult)]
struct Unchecked {
    release: String,
    service: String,
}

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
}

impl Site {
    /// One article.
    ///
    /// # Errors
    /// `Hidden` when there is none for these readers.
    pub async fn article(&self, key: &str) -> Result<Read> {
        let row = self.row(key).await?;
        let id = row.id;
        let path = match row.category_id {
            Some(id) => category::list::path(&self.db, id).await?,
            None => vec![],
        };
        let body = article::outside(&row.body);
        let files = row.given(&body);
        let other = self.other(id, row.original_id).await?;
        // A translation follows a version of its original.
        let followed = row
            .original_id
            .map(|_| row.original_version.unwrap_or_default());
        let newest = other.as_ref().map(|other| other.published);
        Ok(Read {
            id,
            is_behind: followed.zip(newest).is_some_and(|(old, new)| old < new),
            other: other.map(|other| (other.id, other.language)),
            number: row.number,
            title: row.title,
            summary: row.summary,
            files,
            body,
            language: row.language,
            published_on: row.published_at.map(day),
            path: path.into_iter().map(|one| (one.id, one.name)).collect(),
            unchecked: self.unchecked(id).await?,
        })
    }

    /// What of an article is in its rows.
    ///
    /// # Errors
    /// `Hidden` when there is none for these readers.
    pub(super) async fn row(&self, key: &str) -> Result<Row> {
        let id = Uuid::try_parse(key).map_err(|_| DeskError::Hidden)?;
        let version = |name: &'static str| Expr::col(("article_version", name));
        let mut query = Query::select();
        for name in ["number", "title", "summary", "body", "files"] {
            query.expr_as(version(name), name);
        }
        for name in [
            "id",
            "language",
            "published_at",
            "category_id",
            "original_id",
            "original_version",
        ] {
            query.expr_as(col(name), name);
        }
        query
            .from("article")
            .inner_join(
                "article_version",
                version("article_id")
                    .eq(col("id"))
                    .and(version("number").eq(col("published"))),
            )
            .and_where(col("id").eq(id))
            .cond_where(for_them(self.readers));
        let row = self.all::<Row>(&query).await?.pop();
        row.ok_or(DeskError::Hidden)
    }

    /// The original, or the translation there is.
    async fn other(&self, id: Uuid, original: Option<Uuid>) -> Result<Option<Other>> {
        let mut query = Query::select();
        for name in ["id", "language", "published"] {
            query.expr_as(col(name), name);
        }
        query
            .from("article")
            .cond_where(for_them(self.readers))
            .order_by(("article", "id"), Order::Asc)
            .limit(1);
        match original {
            Some(original) => query.and_where(col("id").eq(original)),
            None => query.and_where(col("original_id").eq(id)),
        };
        Ok(self.all::<Other>(&query).await?.pop())
    }

    async fn unchecked(&self, id: Uuid) -> Result<Option<(String, String)>> {
        let of = |table: &'static str, name: &'static str| Expr::col((table, name));
        let today = day(self.db.clock().now());
        let live_on = of("release", "live_on");
        let query = Query::select()
            .expr_as(of("release", "name"), "release")
            .expr_as(of("service", "name"), "service")
            .from("article_recheck")
            .inner_join(
                "release",
                of("release", "id").eq(of("article_recheck", "release_id")),
            )
            .inner_join(
                "service",
                of("service", "id").eq(of("release", "service_id")),
            )
            .and_where(of("article_recheck", "article_id").eq(id))
            .and_where(live_on.clone().is_null().or(live_on.lte(today)))
            .order_by(("article_recheck", "since"), Order::Asc)
            .order_by(("article_recheck", "release_id"), Order::Asc)
            .limit(1)
            .to_owned();
        let first = self.all::<Unchecked>(&query).await?.pop();
        Ok(first.map(|one| (one.release, one.service)))
    }

    /// Which of these articles there are for these readers: links to others lead nowhere.
    pub async fn among(&self, ids: &[Uuid]) -> Result<HashSet<Uuid>> {
        if ids.is_empty() {
            return Ok(HashSet::new());
        }
        let query = Query::select()
            .expr_as(col("id"), "id")
            .from("article")
            .and_where(col("id").is_in(ids.iter().copied()))
            .cond_where(for_them(self.readers))
            .to_owned();
        let found: Vec<Found> = self.all(&query).await?;
        Ok(found.into_iter().map(|one| one.id).collect())
    }
}
