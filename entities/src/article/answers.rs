//! Articles for answers: only what the recipient may read is offered, and what went out with a message is counted.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, LikeExpr, Order, Query, SelectStatement};
use sea_orm::{EntityTrait, FromQueryResult, Statement};
use uuid::Uuid;

use super::find::col;
use super::{Article, Audience, State, Version, version};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission};
use crate::text;

/// Who reads what is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// The desk alone.
    Desk,
    Requester,
    Vendor(Uuid),
}

impl Recipient {
    /// What is written for them.
    fn may_read(self) -> Condition {
        let is_for = |audience: Audience| col("audience").eq(audience);
        match self {
            Recipient::Desk => Condition::all(),
            Recipient::Requester => Condition::any()
                .add(is_for(Audience::Requesters))
                .add(is_for(Audience::Public)),
            Recipient::Vendor(organisation_id) => {
                let of = |name: &'static str| Expr::col(("article_vendor", name));
                let theirs = Query::select()
                    .expr(of("article_id"))
                    .from("article_vendor")
                    .and_where(of("organisation_id").eq(organisation_id))
                    .to_owned();
                Condition::any().add(is_for(Audience::Public)).add(
                    Condition::all()
                        .add(is_for(Audience::Vendors))
                        .add(col("id").in_subquery(theirs)),
                )
            }
        }
    }
}

/// An article that may go into an answer.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Offer {
    pub id: Uuid,
    pub title: String,
    pub summary: String,
    pub audience: Audience,
    /// The version that its readers see.
    pub published: i32,
}

/// What is published for that recipient, as far as the actor reads articles.
fn published(actor: &Actor, to: Recipient) -> SelectStatement {
    let mut query = Query::select();
    for name in ["id", "title", "summary", "audience", "published"] {
        query.expr_as(col(name), name);
    }
    query
        .from("article")
        .and_where(col("published").is_not_null())
        .and_where(col("state").ne(State::Retired))
        .cond_where(policy::articles_where(actor, Permission::ReadArticles))
        .cond_where(to.may_read())
        .to_owned()
}

/// The statement of [`offered`].
pub fn offered_query(
    actor: &Actor,
    to: Recipient,
    words: &str,
    services: &[Uuid],
    most: u64,
) -> SelectStatement {
    let mut query = published(actor, to);
    let words = text::fold(words);
    for word in words.split_whitespace() {
        let pattern = format!("%{}", text::like_prefix(word));
        query.and_where(col("found_by").like(LikeExpr::new(pattern).escape('\\')));
    }
    if words.trim().is_empty() && !services.is_empty() {
        query.and_where(policy::is_about(services.to_vec()));
    }
    query
        .order_by_expr(col("folded_title"), Order::Asc)
        .order_by_expr(col("id"), Order::Asc)
        .limit(most)
        .to_owned()
}

/// Articles in which every word is found; without words those about the services.
pub async fn offered(
    db: &Db,
    actor: &Actor,
    to: Recipient,
    words: &str,
    services: &[Uuid],
    most: u64,
) -> Result<Vec<Offer>> {
    let query = offered_query(actor, to, words, services, most);
    let statement = db.reader().get_database_backend().build(&query);
    Ok(Offer::find_by_statement(statement).all(db.reader()).await?)
}

/// What readers see of one article, if it may go to that recipient.
pub async fn one(db: &Db, actor: &Actor, to: Recipient, id: Uuid) -> Result<Option<Version>> {
    let query = published(actor, to).and_where(col("id").eq(id)).to_owned();
    let statement = db.reader().get_database_backend().build(&query);
    let Some(offer) = Offer::find_by_statement(statement).one(db.reader()).await? else {
        return Ok(None);
    };
    let key = (offer.id, offer.published);
    Ok(version::Entity::find_by_id(key).one(db.reader()).await?)
}

/// How often a version went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Used {
    pub version: i32,
    pub uses: i64,
}

/// How often the versions of an article that was found for the actor went out, the newest first. What was taken back,
/// is still waiting or never arrived does not count.
pub async fn uses(db: &Db, article: &Article) -> Result<Vec<Used>> {
    let statement = uses_statement(db.reader().get_database_backend(), article.row.id);
    Ok(Used::find_by_statement(statement).all(db.reader()).await?)
}

/// The statement of [`uses`].
pub fn uses_statement(backend: sea_orm::DbBackend, article_id: Uuid) -> Statement {
    let sql = "SELECT u.version, count(*) AS uses FROM article_use u JOIN message m ON m.id = u.message_id \
               WHERE u.article_id = $1 AND m.delivery IN ('none', 'sent') GROUP BY u.version ORDER BY u.version DESC";
    Statement::from_sql_and_values(backend, sql, [article_id.into()])
}
