//! Everything one person watches.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, Query};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{service_watch, view_watch};
use crate::actor::Actor;
use crate::article;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission};

/// The most tickets and articles that are listed, those watched last first.
const MOST: u64 = 200;

/// A ticket that is watched.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Ticket {
    pub number: String,
    pub title: String,
    pub since: Instant,
}

/// An article that is watched.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Article {
    pub id: Uuid,
    pub title: String,
    pub since: Instant,
}

/// Everything, as far as its person still sees it.
#[derive(Clone, Debug, Default)]
pub struct Own {
    pub tickets: Vec<Ticket>,
    pub articles: Vec<Article>,
    pub services: Vec<service_watch::Model>,
    pub views: Vec<view_watch::Model>,
}

/// What the actor watches.
pub async fn own(db: &Db, actor: &Actor) -> Result<Own> {
    let Some(me) = actor.person_id() else {
        return Ok(Own::default());
    };
    let services = service_watch::Entity::find()
        .filter(service_watch::Column::PersonId.eq(me))
        .order_by_desc(service_watch::Column::Since);
    let views = view_watch::Entity::find()
        .filter(view_watch::Column::PersonId.eq(me))
        .order_by_desc(view_watch::Column::Since);
    let seen = policy::tickets_where(actor, Permission::ReadTickets);
    let tickets = watched(me, ("watch", "ticket_id"), "ticket", "number", seen);
    let seen = article::visible_to(actor);
    let articles = watched(me, ("article_watch", "article_id"), "article", "id", seen);
    let backend = db.reader().get_database_backend();
    Ok(Own {
        tickets: Ticket::find_by_statement(backend.build(&tickets))
            .all(db.reader())
            .await?,
        articles: Article::find_by_statement(backend.build(&articles))
            .all(db.reader())
            .await?,
        services: services.all(db.reader()).await?,
        views: views.all(db.reader()).await?,
    })
}

fn watched(
    me: Uuid,
    (table, column): (&'static str, &'static str),
    of: &'static str,
    key: &'static str,
    seen: Condition,
) -> sea_orm::sea_query::SelectStatement {
    let mut query = Query::select();
    query
        .expr_as(Expr::col((of, key)), key)
        .expr_as(Expr::col((of, "title")), "title")
        .expr_as(Expr::col((table, "since")), "since")
        .from(table)
        .inner_join(of, Expr::col((of, "id")).equals((table, column)))
        .and_where(Expr::col((table, "person_id")).eq(me))
        .order_by((table, "since"), Order::Desc)
        .order_by((of, "id"), Order::Desc)
        .limit(MOST);
    if !seen.is_empty() {
        query.cond_where(seen);
    }
    query
}
