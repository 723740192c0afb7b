//! Articles that were begun from a case or linked with one: each side shows the other to whoever may see it.

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement};
use uuid::Uuid;

use super::event::TicketEvent;
use super::state::State;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::article::{self, Article};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::ledger::Command;
use crate::policy::{self, Permission};

/// The most of the other side that one side shows.
const MOST: u64 = 20;

/// Notes that an article was begun from the case.
#[derive(Clone, Copy, Debug)]
pub struct DrawArticle {
    pub article_id: Uuid,
}

impl Command for DrawArticle {
    type Target = Ticket;
    type On = Ticket;
    // Whoever writes about the service of the case.
    const NEEDS: Permission = Permission::WriteArticles;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        ticket: &Ticket,
        _: &Actor,
        _: Instant,
    ) -> std::result::Result<Vec<TicketEvent>, Rejected> {
        match ticket.state {
            State::Merged => Err(Rejected::AlreadyMerged),
            _ => Ok(vec![TicketEvent::ArticleDrawn {
                article_id: self.article_id,
            }]),
        }
    }
}

/// An article as a ticket it is tied to shows it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Drawn {
    pub id: Uuid,
    pub title: String,
    pub state: article::State,
}

/// What ties an article to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// It was begun from the case.
    Drawn,
    /// Somebody linked it.
    Linked,
}

impl Tie {
    fn table(self) -> &'static str {
        match self {
            Tie::Drawn => "article_case",
            Tie::Linked => "linked_article",
        }
    }
}

/// The articles tied so to a ticket the actor has already found, as far as the actor finds them, oldest first.
pub async fn articles(db: &Db, actor: &Actor, ticket: &Ticket, by: Tie) -> Result<Vec<Drawn>> {
    if !article::list::may_look(actor) {
        return Ok(vec![]);
    }
    let query = articles_query(actor, ticket.id, by);
    let statement = sea_orm::ConnectionTrait::get_database_backend(db.reader()).build(&query);
    Ok(Drawn::find_by_statement(statement).all(db.reader()).await?)
}

/// The statement of [`articles`].
pub fn articles_query(actor: &Actor, ticket_id: Uuid, by: Tie) -> SelectStatement {
    let mut query = Query::select();
    for name in ["id", "title", "state"] {
        query.expr_as(Expr::col(("article", name)), name);
    }
    let of = |name: &'static str| Expr::col((by.table(), name));
    query
        .from(by.table())
        .join(
            JoinType::InnerJoin,
            "article",
            Expr::col(("article", "id")).eq(of("article_id")),
        )
        .and_where(of("ticket_id").eq(ticket_id))
        .cond_where(article::visible_to(actor))
        .order_by_expr(of("since"), Order::Asc)
        .limit(MOST)
        .to_owned()
}

/// A case as the article that was drawn from it shows it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Case {
    pub number: String,
    pub title: String,
    pub state: State,
    pub waiting_for: Option<super::WaitingFor>,
}

/// The cases an article was drawn from, as far as the actor sees tickets, oldest first.
pub async fn cases(db: &Db, actor: &Actor, article: &Article) -> Result<Vec<Case>> {
    if !actor.may_somewhere(Permission::ReadTickets) {
        return Ok(vec![]);
    }
    let query = cases_query(actor, article.row.id);
    let statement = sea_orm::ConnectionTrait::get_database_backend(db.reader()).build(&query);
    Ok(Case::find_by_statement(statement).all(db.reader()).await?)
}

/// The statement of [`cases`].
pub fn cases_query(actor: &Actor, article_id: Uuid) -> SelectStatement {
    let mut query = Query::select();
    for name in ["number", "title", "state", "waiting_for"] {
        query.expr_as(Expr::col(("ticket", name)), name);
    }
    let of = |name: &'static str| Expr::col(("article_case", name));
    query
        .from("article_case")
        .join(
            JoinType::InnerJoin,
            "ticket",
            Expr::col(("ticket", "id")).eq(of("ticket_id")),
        )
        .and_where(of("article_id").eq(article_id))
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .order_by_expr(of("since"), Order::Asc)
        .limit(MOST)
        .to_owned()
}
