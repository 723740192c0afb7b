//! Lists of what is published: by title, narrowed by category, language and words.

use chrono::NaiveDate;
use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, Order, Query, SelectStatement};
use uuid::Uuid;

use super::{Cursor, Language, Page, Readers, Site, col, for_them};
use crate::category;
use crate::clock::{Instant, day};
use crate::error::Result;
use crate::text;

/// Which articles are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// In this category or below it.
    pub category: Option<Uuid>,
    pub language: Language,
    /// Every word stands in its title, its summary or among its keywords.
    pub words: String,
}

/// An article as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: Uuid,
    pub title: String,
    pub summary: String,
    pub language: Language,
    pub published_on: Option<NaiveDate>,
    folded_title: String,
}

/// A category that holds something, or has one below it that does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    pub id: Uuid,
    pub name: String,
    /// Steps below the top.
    pub depth: usize,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    title: String,
    summary: String,
    language: Language,
    published_at: Option<Instant>,
    folded_title: String,
}

#[derive(FromQueryResult)]
struct Held {
    category_id: Uuid,
}

#[derive(FromQueryResult)]
struct Written {
    language: Language,
}

/// The statement of [`Site::lines`].
pub fn lines_query(
    readers: Readers,
    wanted: &Wanted,
    categories: &[Uuid],
    after: Option<&Cursor>,
    most: u64,
) -> SelectStatement {
    let mut query = Query::select();
    for name in [
        "id",
        "title",
        "summary",
        "language",
        "published_at",
        "folded_title",
    ] {
        query.expr_as(col(name), name);
    }
    query
        .from("article")
        .cond_where(for_them(readers))
        .and_where(col("language").eq(wanted.language));
    if !categories.is_empty() {
        query.and_where(col("category_id").is_in(categories.iter().copied()));
    }
    for word in text::fold(&wanted.words).split_whitespace() {
        let pattern = format!("%{}", text::like_prefix(word));
        query.and_where(col("found_by").like(LikeExpr::new(pattern).escape('\\')));
    }
    if let Some(after) = after {
        let here = Expr::tuple([col("folded_title"), col("id")]);
        let last = Expr::tuple([Expr::val(after.key.clone()), Expr::val(after.id)]);
        query.and_where(here.gt(last));
    }
    query
        .order_by_expr(col("folded_title"), Order::Asc)
        .order_by_expr(col("id"), Order::Asc)
        .limit(most + 1)
        .to_owned()
}

impl Site {
    /// Articles by title.
    pub async fn lines(
        &self,
        wanted: &Wanted,
        after: Option<&Cursor>,
        most: u64,
    ) -> Result<Page<Line>> {
        let categories = match wanted.category {
            Some(id) => category::list::below(&self.db, id).await?,
            None => vec![],
        };
        let query = lines_query(self.readers, wanted, &categories, after, most);
        let lines = self.all::<Row>(&query).await?.into_iter().map(|row| Line {
            id: row.id,
            title: row.title,
            summary: row.summary,
            language: row.language,
            published_on: row.published_at.map(day),
            folded_title: row.folded_title,
        });
        Ok(Page::cut(lines.collect(), most, |line| Cursor {
            key: line.folded_title.clone(),
            id: line.id,
        }))
    }

    /// The categories that hold something for these readers, each followed by those below it.
    pub async fn categories(&self) -> Result<Vec<Category>> {
        let query = Query::select()
            .distinct()
            .expr_as(col("category_id"), "category_id")
            .from("article")
            .cond_where(for_them(self.readers))
            .and_where(col("category_id").is_not_null())
            .to_owned();
        let held: Vec<Held> = self.all(&query).await?;
        let held: Vec<Uuid> = held.into_iter().map(|one| one.category_id).collect();
        let rows = category::list::leading_to(&self.db, &held).await?;
        let category = |row: category::Row| Category {
            id: row.category.id,
            name: row.category.name,
            depth: row.depth,
        };
        Ok(rows.into_iter().map(category).collect())
    }

    /// The languages in which there is something for these readers.
    pub async fn languages(&self) -> Result<Vec<Language>> {
        let query = Query::select()
            .distinct()
            .expr_as(col("language"), "language")
            .from("article")
            .cond_where(for_them(self.readers))
            .to_owned();
        let written: Vec<Written> = self.all(&query).await?;
        Ok(written.into_iter().map(|one| one.language).collect())
    }

    pub(super) async fn all<R: FromQueryResult>(&self, query: &SelectStatement) -> Result<Vec<R>> {
        let reader = self.db.reader();
        let statement = sea_orm::ConnectionTrait::get_database_backend(reader).build(query);
        Ok(R::find_by_statement(statement).all(reader).await?)
    }
}
