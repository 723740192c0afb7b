//! Articles in another language: each translation names its original, and the version of it that it follows.

use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use uuid::Uuid;

use super::find::{answered_for_by, col, owner_name, visible_to, worked_on_by};
use super::recheck::Whose;
use super::{Article, State, Version};
use crate::actor::Actor;
use crate::amount;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::language::Language;

/// The same in another language.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Other {
    pub id: Uuid,
    pub title: String,
    pub language: Language,
    /// The version that its readers see.
    pub published: Option<i32>,
}

/// An article in the other language, as far as the actor finds it.
pub async fn other(db: &Db, actor: &Actor, article: &Article) -> Result<Option<Other>> {
    let mut query = Query::select();
    for name in ["id", "title", "language", "published"] {
        query.expr_as(col(name), name);
    }
    query
        .from("article")
        .cond_where(visible_to(actor))
        .and_where(col("state").ne(State::Retired))
        .order_by_expr(col("id"), Order::Asc)
        .limit(1);
    match article.row.original_id {
        Some(original) => query.and_where(col("id").eq(original)),
        None => query.and_where(col("original_id").eq(article.row.id)),
    };
    let statement = db.reader().get_database_backend().build(&query);
    Ok(Other::find_by_statement(statement).one(db.reader()).await?)
}

/// What the readers of an original see, for somebody who translates it.
///
/// # Errors
/// `Hidden` for those who do not find it, and while nothing of it is published.
pub async fn original(db: &Db, actor: &Actor, id: Uuid) -> Result<(Article, Version)> {
    let article = super::find(db, actor, id).await?;
    let number = article.row.published.ok_or(DeskError::Hidden)?;
    let version = super::version::of(db, &article, number).await?;
    Ok((article, version))
}

/// Why an article cannot be a translation of that one into that language: only an original is translated, into another
/// language, and once.
pub(crate) async fn hindrance(
    c: &impl ConnectionTrait,
    article: Uuid,
    original: Uuid,
    language: Language,
) -> Result<Option<Rejected>> {
    let values = [original.into(), article.into(), language.code().into()];
    let sql = "SELECT count(*) AS n FROM article WHERE id = $1 AND id <> $2 AND original_id IS NULL AND language <> $3 \
               AND NOT EXISTS (SELECT 1 FROM article t WHERE t.original_id = $2)";
    if counted(c, sql, values.clone()).await? == 0 {
        return Ok(Some(Rejected::NoOriginal));
    }
    let sql = "SELECT count(*) AS n FROM article WHERE original_id = $1 AND id <> $2 AND language = $3 AND state <> 'retired'";
    let is_taken = counted(c, sql, values).await? > 0;
    Ok(is_taken.then_some(Rejected::TranslatedAlready))
}

async fn counted(c: &impl ConnectionTrait, sql: &str, values: [Value; 3]) -> Result<i64> {
    let statement = Statement::from_sql_and_values(c.get_database_backend(), sql, values);
    match c.query_one_raw(statement).await? {
        Some(row) => Ok(row.try_get("", "n")?),
        None => Ok(0),
    }
}

/// The original that an article which is brought in may follow.
///
/// # Errors
/// `Hidden` for those who do not find it, the command's own refusal where the article cannot be its translation.
pub async fn to_follow(
    db: &Db,
    actor: &Actor,
    article: Uuid,
    original: Uuid,
    language: Language,
) -> Result<Article> {
    let found = super::find(db, actor, original).await?;
    match hindrance(db.reader(), article, original, language).await? {
        Some(why) => Err(why.into()),
        None => Ok(found),
    }
}

#[derive(FromQueryResult)]
struct Published {
    published: i32,
}

/// The version that readers of its original see, when a translation follows an older one. Whoever does not find the
/// original, `other`, is told of it too.
pub async fn newer_original(
    db: &Db,
    article: &Article,
    other: Option<&Other>,
) -> Result<Option<i32>> {
    let Some(original) = article.row.original_id else {
        return Ok(None);
    };
    let published = match other {
        Some(other) => other.published,
        None => published(db, original).await?,
    };
    let followed = article.row.original_version.unwrap_or_default();
    Ok(published.filter(|published| *published > followed))
}

async fn published(db: &Db, original: Uuid) -> Result<Option<i32>> {
    let query = Query::select()
        .expr_as(col("published"), "published")
        .from("article")
        .and_where(col("id").eq(original))
        .and_where(col("published").is_not_null())
        .and_where(col("state").ne(State::Retired))
        .to_owned();
    let statement = db.reader().get_database_backend().build(&query);
    let found = Published::find_by_statement(statement)
        .one(db.reader())
        .await?;
    Ok(found.map(|found| found.published))
}

/// A translation of an older version of its original.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Behind {
    pub id: Uuid,
    pub title: String,
    pub language: Language,
    /// Who answers for it.
    pub owner: Option<String>,
    pub original: String,
    pub original_language: Language,
    /// The version it follows, and the one that readers of the original see.
    pub follows: Option<i32>,
    pub published: i32,
}

fn behind(actor: &Actor, whose: Whose) -> SelectStatement {
    let of = |name: &'static str| Expr::col(("original", name));
    let followed = Expr::col(("article", "original_version"));
    let mut query = Query::select();
    query
        .from("article")
        .join_as(
            JoinType::InnerJoin,
            "article",
            "original",
            of("id").equals(("article", "original_id")),
        )
        // As the index says it.
        .and_where(col("original_id").is_not_null())
        .and_where(col("state").ne(State::Retired))
        .and_where(of("state").ne(State::Retired))
        .and_where(followed.clone().is_null().or(followed.lt(of("published"))))
        .and_where(of("published").is_not_null())
        .cond_where(worked_on_by(actor));
    if whose == Whose::Mine {
        query.and_where(answered_for_by(actor));
    }
    query
}

/// The statement of [`list`].
pub fn list_query(actor: &Actor, whose: Whose, most: u64) -> SelectStatement {
    let mut query = behind(actor, whose);
    for name in ["id", "title", "language"] {
        query.expr_as(col(name), name);
    }
    query
        .expr_as(owner_name(), "owner")
        .expr_as(Expr::col(("original", "title")), "original")
        .expr_as(Expr::col(("original", "language")), "original_language")
        .expr_as(col("original_version"), "follows")
        .expr_as(Expr::col(("original", "published")), "published")
        .order_by(("original", "published_at"), Order::Asc)
        .order_by(("article", "id"), Order::Asc)
        .limit(most)
        .to_owned()
}

/// Translations of older versions of their originals, those first that have waited longest.
///
/// # Errors
/// `Forbidden` for those who work on none.
pub async fn list(db: &Db, actor: &Actor, whose: Whose, most: u64) -> Result<Vec<Behind>> {
    if !super::list::may_work(actor) {
        return Err(DeskError::Forbidden);
    }
    let query = list_query(actor, whose, most);
    let statement = db.reader().get_database_backend().build(&query);
    Ok(Behind::find_by_statement(statement)
        .all(db.reader())
        .await?)
}

/// How many there are, up to [`super::list::MOST_COUNTED`].
pub async fn count(db: &Db, actor: &Actor, whose: Whose) -> Result<i64> {
    let query = behind(actor, whose);
    amount::read(db, &amount::up_to(query, super::list::MOST_COUNTED)).await
}
