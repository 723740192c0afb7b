//! The list of articles to check again because of a release, and saying that one is still valid.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{EntityTrait, FromQueryResult, QueryFilter};
use uuid::Uuid;

use super::find::{answered_for_by, col, owner_name, worked_on_by};
use super::list::MOST_COUNTED;
use super::{Article, ArticleEvent};
use crate::actor::Actor;
use crate::amount;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::language::Language;
use crate::ledger::{Command, Subject};
use crate::page::{Cursor, Page};
use crate::policy::Permission;

/// Whose articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those the actor answers for.
    Mine,
    /// All that the actor works on.
    All,
}

/// An article with the first release that nobody has checked it for.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Line {
    pub id: Uuid,
    pub title: String,
    pub language: Language,
    /// Who answers for it.
    pub owner: Option<String>,
    pub service: String,
    pub release: String,
    /// None: the day is not settled yet.
    pub live_on: Option<NaiveDate>,
    /// When the release was recorded.
    pub since: Instant,
}

fn of(table: &'static str, name: &'static str) -> Expr {
    Expr::col((table, name))
}

/// One row an article: that of the release that came first.
fn open(actor: &Actor, whose: Whose) -> SelectStatement {
    let earlier = Query::select()
        .expr(Expr::val(1))
        .from_as("article_recheck", "earlier")
        .and_where(of("earlier", "article_id").equals(("article_recheck", "article_id")))
        .and_where(
            Expr::tuple([of("earlier", "since"), of("earlier", "release_id")]).lt(Expr::tuple([
                of("article_recheck", "since"),
                of("article_recheck", "release_id"),
            ])),
        )
        .limit(1)
        .to_owned();
    let mut query = Query::select();
    query
        .from("article_recheck")
        .inner_join(
            "article",
            of("article", "id").equals(("article_recheck", "article_id")),
        )
        .and_where(Expr::from(earlier).is_null())
        .cond_where(worked_on_by(actor));
    if whose == Whose::Mine {
        query.and_where(answered_for_by(actor));
    }
    query
}

/// The statement of [`list`].
pub fn list_query(
    actor: &Actor,
    whose: Whose,
    after: Option<&Cursor>,
    most: u64,
) -> SelectStatement {
    let mut query = open(actor, whose);
    for name in ["id", "title", "language"] {
        query.expr_as(col(name), name);
    }
    query
        .expr_as(owner_name(), "owner")
        .expr_as(of("service", "name"), "service")
        .expr_as(of("release", "name"), "release")
        .expr_as(of("release", "live_on"), "live_on")
        .expr_as(of("article_recheck", "since"), "since")
        .inner_join(
            "release",
            of("release", "id").equals(("article_recheck", "release_id")),
        )
        .inner_join(
            "service",
            of("service", "id").equals(("release", "service_id")),
        )
        .order_by(("article_recheck", "since"), Order::Asc)
        .order_by(("article_recheck", "article_id"), Order::Asc)
        .limit(most + 1);
    if let Some((since, id)) = after.and_then(Cursor::place) {
        let here = Expr::tuple([
            of("article_recheck", "since"),
            of("article_recheck", "article_id"),
        ]);
        query.and_where(here.gt(Expr::tuple([Expr::val(since), Expr::val(id)])));
    }
    query
}

/// The articles to check, those that have waited longest first.
///
/// # Errors
/// `Forbidden` for those who work on none.
pub async fn list(
    db: &Db,
    actor: &Actor,
    whose: Whose,
    after: Option<&Cursor>,
    most: u64,
) -> Result<Page<Line>> {
    if !super::list::may_work(actor) {
        return Err(DeskError::Forbidden);
    }
    let query = list_query(actor, whose, after, most);
    let statement = db.reader().get_database_backend().build(&query);
    let rows = Line::find_by_statement(statement).all(db.reader()).await?;
    Ok(Page::cut(rows, most, |line| {
        Cursor::at(line.since, line.id)
    }))
}

/// How many there are to check, up to [`MOST_COUNTED`].
pub async fn count(db: &Db, actor: &Actor, whose: Whose) -> Result<i64> {
    amount::read(db, &count_query(actor, whose)).await
}

/// The statement of [`count`].
pub fn count_query(actor: &Actor, whose: Whose) -> SelectStatement {
    amount::up_to(open(actor, whose), MOST_COUNTED)
}

/// Says that what readers see is still valid for these releases.
#[derive(Clone, Debug)]
pub struct Check {
    /// Those that were before the eyes of whoever checked.
    pub releases: Vec<Uuid>,
}

impl Command for Check {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::WriteArticles;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(
        self,
        article: &Article,
        _: &Actor,
        _: Instant,
    ) -> Result<Vec<ArticleEvent>, Rejected> {
        let mut releases = article.unchecked.clone();
        releases.retain(|id| self.releases.contains(id));
        match releases.is_empty() {
            true => Err(Rejected::NothingToDo),
            false => Ok(vec![ArticleEvent::Checked { releases }]),
        }
    }
}

/// The most articles one look brings.
const MOST_TOLD: u64 = 200;

/// Articles with releases that nobody was told of yet, among them those that have waited longest.
pub async fn to_tell(db: &Db) -> Result<Vec<Article>> {
    let rows = super::Entity::find()
        .filter(col("id").in_subquery(to_tell_query()))
        .all(db.reader())
        .await?;
    Article::around(db.reader(), rows).await
}

/// The ids that [`to_tell`] asks for.
pub fn to_tell_query() -> SelectStatement {
    Query::select()
        .expr_as(of("article_recheck", "article_id"), "article_id")
        .from("article_recheck")
        // As the index says it.
        .and_where(of("article_recheck", "told_at").is_null())
        .order_by(("article_recheck", "since"), Order::Asc)
        .order_by(("article_recheck", "article_id"), Order::Asc)
        .limit(MOST_TOLD)
        .to_owned()
}

/// Tells whoever answers for an article, and whoever watches it, that it is to be checked.
#[derive(Clone, Copy, Debug)]
pub struct TellRecheck;

impl Command for TellRecheck {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::Remind;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(
        self,
        article: &Article,
        _: &Actor,
        _: Instant,
    ) -> Result<Vec<ArticleEvent>, Rejected> {
        let releases = article.untold.clone();
        match releases.is_empty() {
            true => Err(Rejected::NothingToDo),
            false => Ok(vec![ArticleEvent::RecheckTold { releases }]),
        }
    }
}
