//! The lines of a ticket as its page shows them, and those that somebody has to do.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Func, JoinType, Order, Query, SelectStatement};
use sea_orm::{DbBackend, FromQueryResult, Statement};
use uuid::Uuid;

use super::HERE;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::person;
use crate::policy::{self, Permission};
use crate::ticket::filter::is_active;
use crate::ticket::show;
use crate::ticket::table::Model as Ticket;

/// A line of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Line {
    pub id: Uuid,
    pub text: String,
    pub responsible_id: Option<Uuid>,
    pub responsible: Option<String>,
    pub due_on: Option<NaiveDate>,
    pub done_at: Option<Instant>,
    pub done_by: Option<String>,
    pub version: i32,
}

/// The lines of a ticket the actor has already found, those of tickets merged into it among them, in their order.
pub async fn of(db: &Db, ticket: &Ticket) -> Result<Vec<Line>> {
    let statement = of_statement(db.reader().get_database_backend(), ticket.id);
    Ok(Line::find_by_statement(statement).all(db.reader()).await?)
}

/// The statement of [`of`].
pub fn of_statement(backend: DbBackend, ticket_id: Uuid) -> Statement {
    let sql = format!(
        "SELECT l.id, l.text, l.responsible_id, p.name AS responsible, l.due_on, l.done_at, d.name AS done_by, \
         l.version FROM checklist_line l LEFT JOIN person p ON p.id = l.responsible_id \
         LEFT JOIN person d ON d.id = l.done_by \
         WHERE l.ticket_id IN {HERE} AND l.removed_at IS NULL ORDER BY l.position, l.id"
    );
    Statement::from_sql_and_values(backend, sql, [ticket_id.into()])
}

/// How many lines of a ticket the actor has found are not done.
pub async fn open_count(db: &Db, ticket: &Ticket) -> Result<i64> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let sql = format!(
        "SELECT count(*) AS n FROM checklist_line WHERE ticket_id IN {HERE} AND removed_at IS NULL AND done_at IS NULL"
    );
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [ticket.id.into()]);
    let count = Count::find_by_statement(statement).one(db.reader()).await?;
    Ok(count.map_or(0, |count| count.n))
}

/// Whether somebody may be made responsible for a line: they are there and see the ticket.
pub async fn sees(db: &Db, ticket: &Ticket, person_id: Uuid) -> Result<bool> {
    let Some(actor) = person::load_actor(db, person_id).await? else {
        return Ok(false);
    };
    match show::by_id(db, &actor, ticket.id).await {
        Ok(_) => Ok(true),
        Err(DeskError::Hidden) => Ok(false),
        Err(other) => Err(other),
    }
}

/// A line that somebody has to do, with its ticket.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Due {
    pub id: Uuid,
    pub text: String,
    pub due_on: NaiveDate,
    pub number: String,
    pub title: String,
}

/// The lines the actor has to do by that day in open tickets they see, the most urgent first.
pub async fn due(db: &Db, actor: &Actor, until: NaiveDate, most: u64) -> Result<Vec<Due>> {
    let Some(me) = actor.person_id() else {
        return Ok(vec![]);
    };
    let statement = db
        .reader()
        .get_database_backend()
        .build(&due_query(actor, me, until, most));
    Ok(Due::find_by_statement(statement).all(db.reader()).await?)
}

/// The query of [`due`].
pub fn due_query(actor: &Actor, me: Uuid, until: NaiveDate, most: u64) -> SelectStatement {
    let line = |name: &'static str| Expr::col(("checklist_line", name));
    Query::select()
        .expr_as(line("id"), "id")
        .expr_as(line("text"), "text")
        .expr_as(line("due_on"), "due_on")
        .expr_as(Expr::col(("ticket", "number")), "number")
        .expr_as(Expr::col(("ticket", "title")), "title")
        .from("checklist_line")
        .join_as(
            JoinType::InnerJoin,
            "ticket",
            "source",
            Expr::col(("source", "id")).equals(("checklist_line", "ticket_id")),
        )
        // Lines of a merged ticket stand where it went.
        .inner_join(
            "ticket",
            Expr::col(("ticket", "id")).eq(Func::coalesce([
                Expr::col(("source", "merged_into")),
                Expr::col(("source", "id")),
            ])),
        )
        .and_where(line("responsible_id").eq(me))
        .and_where(line("done_at").is_null())
        .and_where(line("removed_at").is_null())
        .and_where(line("due_on").is_not_null())
        .and_where(line("due_on").lte(until))
        .and_where(is_active(true))
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .order_by(("checklist_line", "due_on"), Order::Asc)
        .order_by(("checklist_line", "id"), Order::Asc)
        .limit(most)
        .to_owned()
}
