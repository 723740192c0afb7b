//! The names behind the ids that events hold.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, Query, UnionType};
use uuid::Uuid;

use crate::actor::Actor;
use crate::article;
use crate::db::{Db, few_forms};
use crate::error::Result;
use crate::policy::{self, Permission};

#[derive(FromQueryResult)]
struct Named {
    id: Uuid,
    name: String,
}

/// What people call the persons, teams, services, releases, calendars, time limits, organisations, mailboxes, categories, tickets
/// and articles with these ids; an id of nothing that still exists is left out, and so is what the actor may not see.
pub async fn names(db: &Db, actor: &Actor, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = few_forms(ids.iter().copied());
    let of = |table: &'static str, column: &'static str| {
        Query::select()
            .expr_as(Expr::col((table, "id")), "id")
            .expr_as(Expr::col((table, column)), "name")
            .from(table)
            .and_where(Expr::col((table, "id")).is_in(ids.iter().copied()))
            .to_owned()
    };
    let mut query = of("person", "name");
    for (table, column) in [
        ("team", "name"),
        ("service", "name"),
        ("calendar", "name"),
        ("time_limit", "name"),
        ("contract", "name"),
        ("organisation", "name"),
        ("mailbox", "address"),
        ("category", "name"),
        ("checklist", "name"),
        ("activity", "name"),
        ("recurring_task", "name"),
        // Whoever reads the history of a ticket reads its lines.
        ("checklist_line", "text"),
    ] {
        query.union(UnionType::All, of(table, column));
    }
    let mut releases = Query::select();
    releases
        .expr_as(Expr::col(("release", "id")), "id")
        .expr_as(
            Expr::cust("service.name || ' ' || \"release\".name"),
            "name",
        )
        .from("release")
        .inner_join(
            "service",
            Expr::col(("service", "id")).equals(("release", "service_id")),
        )
        .and_where(Expr::col(("release", "id")).is_in(ids.iter().copied()));
    query.union(UnionType::All, releases);
    let mut tickets = of("ticket", "number");
    tickets.cond_where(policy::tickets_where(actor, Permission::ReadTickets));
    query.union(UnionType::All, tickets);
    let mut articles = of("article", "title");
    articles.cond_where(article::visible_to(actor));
    query.union(UnionType::All, articles);
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let rows = Named::find_by_statement(backend.build(&query))
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The names of those among these persons, teams, services and organisations that are retired.
pub async fn retired(db: &Db, ids: &[Uuid]) -> Result<Vec<String>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let of = |table: &'static str| {
        Query::select()
            .expr_as(Expr::col((table, "id")), "id")
            .expr_as(Expr::col((table, "name")), "name")
            .from(table)
            .and_where(Expr::col((table, "id")).is_in(ids.iter().copied()))
            .and_where(Expr::col((table, "retired_at")).is_not_null())
            .to_owned()
    };
    let mut query = of("person");
    for table in ["team", "service", "organisation"] {
        query.union(UnionType::All, of(table));
    }
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let rows = Named::find_by_statement(backend.build(&query))
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}
