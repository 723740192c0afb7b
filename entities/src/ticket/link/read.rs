//! The links of a ticket as far as a reader may see them, and tickets one could link to.

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{
    DatabaseTransaction, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QueryTrait, Select, Statement,
};
use uuid::Uuid;

use super::{Entity, LinkKind, Model};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission};
use crate::ticket::filter::title_or_running_number;
use crate::ticket::state::{State, WaitingFor};
use crate::ticket::{number, show, table};

/// A linked ticket with what a list of links shows of it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Linked {
    pub kind: LinkKind,
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub state: State,
    pub waiting_for: Option<WaitingFor>,
    pub created_at: Instant,
}

/// The links of a ticket to tickets the actor may see, oldest first.
pub async fn of(db: &Db, actor: &Actor, ticket_id: Uuid) -> Result<Vec<Linked>> {
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let mut links = Linked::find_by_statement(of_statement(backend, actor, ticket_id))
        .all(db.reader())
        .await?;
    links.sort_by_key(|link| (link.created_at, link.id));
    Ok(links)
}

/// The statement of [`of`].
pub fn of_statement(backend: DbBackend, actor: &Actor, ticket_id: Uuid) -> Statement {
    let mut query = Query::select();
    query
        .expr_as(Expr::col(("link", "kind")), "kind")
        .expr_as(Expr::col(("link", "created_at")), "created_at");
    for name in ["id", "number", "title", "state", "waiting_for"] {
        query.expr_as(Expr::col(("ticket", name)), name);
    }
    query
        .from("link")
        .join(
            sea_orm::JoinType::InnerJoin,
            "ticket",
            Expr::col(("ticket", "id")).eq(Expr::col(("link", "other_id"))),
        )
        .and_where(Expr::col(("link", "ticket_id")).eq(ticket_id))
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets));
    backend.build(&query)
}

/// The tickets that were merged into this one, as far as the actor may see them, in order of their numbers.
pub async fn merged_here(db: &Db, actor: &Actor, ticket_id: Uuid) -> Result<Vec<table::Model>> {
    Ok(into(actor, ticket_id).all(db.reader()).await?)
}

/// The statement of [`merged_here`].
pub fn merged_here_statement(backend: DbBackend, actor: &Actor, ticket_id: Uuid) -> Statement {
    into(actor, ticket_id).build(backend)
}

fn into(actor: &Actor, ticket_id: Uuid) -> Select<table::Entity> {
    show::visible_to(actor)
        .filter(table::COLUMN.merged_into.eq(ticket_id))
        .order_by_asc(table::Column::Number)
}

/// The links that lead to a ticket, in the order of the tickets they come from.
pub(crate) async fn to(tx: &DatabaseTransaction, other: Uuid) -> Result<Vec<Model>> {
    use sea_orm::ColumnTrait;
    Ok(Entity::find()
        .filter(super::Column::OtherId.eq(other))
        .order_by_asc(super::Column::TicketId)
        .order_by_asc(super::Column::Kind)
        .all(tx)
        .await?)
}

/// Whether and how two tickets are linked, seen from the first.
pub async fn between(db: &Db, one: Uuid, other: Uuid) -> Result<Vec<LinkKind>> {
    use sea_orm::ColumnTrait;
    let rows: Vec<Model> = Entity::find()
        .filter(super::Column::TicketId.eq(one))
        .filter(super::Column::OtherId.eq(other))
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|row| row.kind).collect())
}

/// A word that nothing holds must not cost a look at every ticket of ten years.
const MOST_LOOKED_AT: u64 = 5_000;

/// A ticket one could link to.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Candidate {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub state: State,
    pub waiting_for: Option<WaitingFor>,
}

/// Tickets the actor may see whose number or title holds what was typed, last changed first; merged ones
/// are none, nor is the ticket itself. Words are looked for in the tickets that changed last.
pub async fn candidates(
    db: &Db,
    actor: &Actor,
    ticket_id: Uuid,
    typed: &str,
    most: u64,
) -> Result<Vec<Candidate>> {
    if typed.trim().is_empty() {
        return Ok(vec![]);
    }
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let query = candidates_query(actor, ticket_id, typed, most);
    Ok(Candidate::find_by_statement(backend.build(&query))
        .all(db.reader())
        .await?)
}

/// The statement of [`candidates`].
pub fn candidates_query(actor: &Actor, ticket_id: Uuid, typed: &str, most: u64) -> SelectStatement {
    let col = |name: &'static str| Expr::col(("ticket", name));
    let shown = [
        "id",
        "number",
        "title",
        "state",
        "waiting_for",
        "changed_at",
    ];
    let mut newest = Query::select();
    for name in shown {
        newest.expr_as(col(name), name);
    }
    newest
        .from("ticket")
        .and_where(col("id").ne(ticket_id))
        .and_where(col("merged_into").is_null())
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets));
    let mut query = Query::select();
    if let Some(number) = number::parse(typed) {
        newest.and_where(col("number").eq(number));
    } else {
        newest
            .order_by_expr(col("changed_at"), Order::Desc)
            .order_by_expr(col("id"), Order::Desc)
            .limit(MOST_LOOKED_AT);
        for word in typed.split_whitespace() {
            query.cond_where(title_or_running_number(word));
        }
    }
    for name in shown {
        query.expr_as(col(name), name);
    }
    query
        .from_subquery(newest, "ticket")
        .order_by_expr(col("changed_at"), Order::Desc)
        .order_by_expr(col("id"), Order::Desc)
        .limit(most);
    query
}
