//! Articles linked with a ticket by hand: what is written in them concerns the case.

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement};
use uuid::Uuid;

use super::drawn::Drawn;
use super::event::{TicketEvent, TiedEvent};
use super::state::State;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::article;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::ledger::Command;
use crate::policy::Permission;

/// The most that a ticket shows.
const MOST: u64 = 20;

/// Links an article the actor has found.
#[derive(Clone, Copy, Debug)]
pub struct LinkArticle {
    pub article_id: Uuid,
}

impl Command for LinkArticle {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::LinkTickets;

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
            _ => {
                let article_id = self.article_id;
                Ok(vec![TiedEvent::ArticleLinked { article_id }.into()])
            }
        }
    }
}

/// Takes such a link away again.
#[derive(Clone, Copy, Debug)]
pub struct UnlinkArticle {
    pub article_id: Uuid,
}

impl Command for UnlinkArticle {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::LinkTickets;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        _: &Ticket,
        _: &Actor,
        _: Instant,
    ) -> std::result::Result<Vec<TicketEvent>, Rejected> {
        let article_id = self.article_id;
        Ok(vec![TiedEvent::ArticleUnlinked { article_id }.into()])
    }
}

/// The articles linked with a ticket the actor has already found, as far as the actor finds them, oldest first.
pub async fn articles(db: &Db, actor: &Actor, ticket: &Ticket) -> Result<Vec<Drawn>> {
    if !article::list::may_look(actor) {
        return Ok(vec![]);
    }
    let query = articles_query(actor, ticket.id);
    let statement = sea_orm::ConnectionTrait::get_database_backend(db.reader()).build(&query);
    Ok(Drawn::find_by_statement(statement).all(db.reader()).await?)
}

/// The statement of [`articles`].
pub fn articles_query(actor: &Actor, ticket_id: Uuid) -> SelectStatement {
    let mut query = Query::select();
    for name in ["id", "title", "state"] {
        query.expr_as(Expr::col(("article", name)), name);
    }
    let of = |name: &'static str| Expr::col(("linked_article", name));
    query
        .from("linked_article")
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
