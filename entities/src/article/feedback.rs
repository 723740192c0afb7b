//! Whether an article helped: one answer a person and article, about the version they read, and changeable.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, UnionType};
use sea_orm::{FromQueryResult, Statement};

use super::find::{col, visible_to};
use super::{Article, ArticleEvent, State, visitor};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::ledger::{Command, Subject as _};
use crate::policy::Permission;
use crate::ticket::Delivery;

/// The most characters of what somebody says besides.
pub const MOST_WORD: usize = 500;
/// So many answers about a version say something.
const LEAST_ANSWERS: i64 = 3;

/// What one person says of an article.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_feedback")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    /// Number of the version it is about.
    pub version: i32,
    pub helped: bool,
    /// In their words; may be empty.
    pub word: String,
    pub given_at: DateTimeUtc,
    pub salt: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

pub use Model as Feedback;

/// Says whether it helped.
#[derive(Clone, Debug)]
pub struct GiveFeedback {
    /// The version that was before the reader's eyes.
    pub version: i32,
    pub helped: bool,
    pub word: String,
}

impl Command for GiveFeedback {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::ReadArticles;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(
        self,
        article: &Article,
        actor: &Actor,
        at: Instant,
    ) -> std::result::Result<Vec<ArticleEvent>, Rejected> {
        let person_id = actor.person_id().ok_or(Rejected::NothingToDo)?;
        Ok(vec![by_person(article, person_id, self, at)?])
    }
}

fn by_person(
    article: &Article,
    person_id: Uuid,
    said: GiveFeedback,
    at: Instant,
) -> std::result::Result<ArticleEvent, Rejected> {
    must_be_read(article, said.version)?;
    let word = said.word.trim().replace("\r\n", "\n").replace('\0', "");
    if word.chars().count() > MOST_WORD {
        return Err(Rejected::TooLong);
    }
    Ok(ArticleEvent::FeedbackGiven(Box::new(Model {
        article_id: article.row.id,
        person_id,
        version: said.version,
        helped: said.helped,
        word,
        given_at: at,
        salt: crate::history::salt(),
    })))
}

/// It must be the version that readers see.
fn must_be_read(article: &Article, version: i32) -> std::result::Result<(), Rejected> {
    if article.row.state == State::Retired {
        return Err(Rejected::Retired);
    }
    match article.row.published == Some(version) {
        true => Ok(()),
        false => Err(Rejected::ChangedMeanwhile),
    }
}

/// Who reads outside of the desk.
#[derive(Clone, Debug)]
pub(crate) enum Reader {
    Person(Uuid),
    /// Nobody knows them; see [`visitor::Model::visitor`].
    Visitor(String),
}

/// Says whether it helped a reader outside of the desk. It is made where the article was found for them, and nowhere else.
#[derive(Clone, Debug)]
pub(crate) struct AnswerOutside {
    pub reader: Reader,
    pub said: GiveFeedback,
}

impl Command for AnswerOutside {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::ReadArticles;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(
        self,
        article: &Article,
        _: &Actor,
        at: Instant,
    ) -> std::result::Result<Vec<ArticleEvent>, Rejected> {
        let event = match self.reader {
            Reader::Person(id) => by_person(article, id, self.said, at)?,
            // What they say besides could be about somebody, and nobody could ask them.
            Reader::Visitor(visitor) => {
                must_be_read(article, self.said.version)?;
                ArticleEvent::VisitorAnswered(Box::new(visitor::Model {
                    article_id: article.row.id,
                    visitor,
                    version: self.said.version,
                    helped: self.said.helped,
                    given_at: at,
                }))
            }
        };
        Ok(vec![event])
    }
}

/// What the actor said of an article that was found for them.
pub async fn mine(db: &Db, actor: &Actor, article: &Article) -> Result<Option<Model>> {
    let Some(me) = actor.person_id() else {
        return Ok(None);
    };
    let row = Entity::find_by_id((article.row.id, me));
    Ok(row.one(db.reader()).await?)
}

/// What readers say of one version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Answers {
    pub yes: i64,
    pub no: i64,
}

/// What readers say of a version of an article that was found for the actor.
pub async fn answers(db: &Db, article: &Article, version: i32) -> Result<Answers> {
    let sql = "SELECT COALESCE(sum(CASE WHEN helped THEN 1 ELSE 0 END), 0) AS yes, \
               COALESCE(sum(CASE WHEN helped THEN 0 ELSE 1 END), 0) AS no \
               FROM (SELECT helped FROM article_feedback WHERE article_id = $1 AND version = $2 \
               UNION ALL SELECT helped FROM article_visitor_answer WHERE article_id = $1 AND version = $2) said";
    let backend = db.reader().get_database_backend();
    let values = [article.row.id.into(), version.into()];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let found = Answers::find_by_statement(statement).one(db.reader());
    Ok(found.await?.unwrap_or_default())
}

/// What somebody said besides, without saying who.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Word {
    pub version: i32,
    pub helped: bool,
    pub word: String,
    pub given_at: Instant,
}

/// The newest of them, for whoever works on an article that was found for them.
pub async fn words(db: &Db, article: &Article, most: u64) -> Result<Vec<Word>> {
    let sql = "SELECT version, helped, word, given_at FROM article_feedback \
               WHERE article_id = $1 AND word <> '' ORDER BY given_at DESC LIMIT $2";
    let backend = db.reader().get_database_backend();
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let values = [article.row.id.into(), most.into()];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    Ok(Word::find_by_statement(statement).all(db.reader()).await?)
}

/// An article that is used and does not help.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Poor {
    pub id: Uuid,
    pub title: String,
    pub version: i32,
    pub uses: i64,
    pub yes: i64,
    pub no: i64,
}

/// The statement of [`poor`].
pub fn poor_query(actor: &Actor, most: u64) -> SelectStatement {
    let said = |name: &'static str| Expr::col(("said", name));
    let all = |table: &'static str| {
        Query::select()
            .columns(["article_id", "version", "helped"])
            .from(table)
            .to_owned()
    };
    let everybody = all("article_feedback")
        .union(UnionType::All, all("article_visitor_answer"))
        .to_owned();
    let count = |helped: bool| Expr::case(said("helped").eq(helped), 1).finally(0).sum();
    let used = |name: &'static str| Expr::col(("article_use", name));
    let uses = Query::select()
        .expr(used("message_id").count())
        .from("article_use")
        .inner_join(
            "message",
            Expr::col(("message", "id")).equals(("article_use", "message_id")),
        )
        .and_where(Expr::col(("message", "delivery")).is_in([Delivery::None, Delivery::Sent]))
        .and_where(used("article_id").equals(("article", "id")))
        .to_owned();
    Query::select()
        .expr_as(col("id"), "id")
        .expr_as(col("title"), "title")
        .expr_as(col("published"), "version")
        .expr_as(Expr::from(uses), "uses")
        .expr_as(count(true), "yes")
        .expr_as(count(false), "no")
        .from_subquery(everybody, "said")
        .inner_join(
            "article",
            said("article_id")
                .equals(("article", "id"))
                .and(said("version").equals(("article", "published"))),
        )
        .cond_where(visible_to(actor))
        .and_where(col("state").ne(State::Retired))
        .group_by_columns([
            ("article", "id"),
            ("article", "title"),
            ("article", "published"),
        ])
        .and_having(said("helped").count().gte(LEAST_ANSWERS))
        // At least every other one was not helped.
        .and_having(count(false).gte(count(true)))
        .order_by_expr(Expr::col("uses"), Order::Desc)
        .order_by_expr(col("id"), Order::Asc)
        .limit(most)
        .to_owned()
}

/// Articles that at least half of those who answered found no help in, the most used first.
///
/// # Errors
/// `Forbidden` for whoever works on none.
pub async fn poor(db: &Db, actor: &Actor, most: u64) -> Result<Vec<Poor>> {
    if !super::list::may_work(actor) {
        return Err(DeskError::Forbidden);
    }
    let query = poor_query(actor, most);
    let statement = db.reader().get_database_backend().build(&query);
    Ok(Poor::find_by_statement(statement).all(db.reader()).await?)
}
