//! Tickets with mail that was given up on, for those who settle it.

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use uuid::Uuid;

use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission};

/// A ticket with mail that could not be sent.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Undelivered {
    pub id: Uuid,
    pub number: String,
    pub title: String,
}

/// Up to `most` of them, the longest known first; none for those who may not settle mail.
pub async fn undelivered(db: &Db, actor: &Actor, most: u64) -> Result<Vec<Undelivered>> {
    let column = |table: &'static str, name: &'static str| Expr::col((table, name));
    let query = Query::select()
        .expr_as(column("ticket", "id"), "id")
        .expr_as(column("ticket", "number"), "number")
        .expr_as(column("ticket", "title"), "title")
        .from("outbound_mail")
        .inner_join(
            "ticket",
            column("ticket", "id").eq(column("outbound_mail", "ticket_id")),
        )
        .and_where(column("outbound_mail", "state").eq("dead"))
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .cond_where(policy::tickets_where(actor, Permission::SettleMail))
        .group_by_columns([("ticket", "id"), ("ticket", "number"), ("ticket", "title")])
        .order_by_expr(column("ticket", "id"), Order::Asc)
        .limit(most)
        .to_owned();
    let backend = db.reader().get_database_backend();
    Ok(Undelivered::find_by_statement(backend.build(&query))
        .all(db.reader())
        .await?)
}

/// Up to `most` of the actor's own tickets with mail that came back after it was sent and to which
/// nothing was written since.
pub async fn returned(db: &Db, actor: &Actor, most: u64) -> Result<Vec<Undelivered>> {
    let query = returned_query(actor, most);
    let backend = db.reader().get_database_backend();
    Ok(Undelivered::find_by_statement(backend.build(&query))
        .all(db.reader())
        .await?)
}

/// The statement of [`returned`]: from the few messages that came back to their tickets.
pub fn returned_query(actor: &Actor, most: u64) -> SelectStatement {
    let column = |table: &'static str, name: &'static str| Expr::col((table, name));
    let later = Query::select()
        .expr(Expr::val(1))
        .from_as("message", "later")
        .and_where(column("later", "ticket_id").equals(("message", "ticket_id")))
        .and_where(column("later", "direction").eq("out"))
        .and_where(column("later", "delivery").is_in(["queued", "sent"]))
        .and_where(column("later", "created_at").gt(column("message", "delivered_at")))
        .to_owned();
    let came_back = Query::select()
        .column(("message", "ticket_id"))
        .from("message")
        // Told as a word and not as a value, so that the index of these few is known to serve.
        .and_where(Expr::cust("\"message\".\"delivery\" = 'bounced'"))
        .and_where(Expr::exists(later).not())
        .to_owned();
    Query::select()
        .expr_as(column("ticket", "id"), "id")
        .expr_as(column("ticket", "number"), "number")
        .expr_as(column("ticket", "title"), "title")
        .from("ticket")
        .and_where(column("ticket", "id").in_subquery(came_back))
        .and_where(column("ticket", "owner_id").eq(actor.person_id()))
        .and_where(column("ticket", "state").is_not_in(["closed", "merged"]))
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .order_by_expr(column("ticket", "id"), Order::Asc)
        .limit(most)
        .to_owned()
}
