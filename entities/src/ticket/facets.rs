//! What a list can be narrowed to, and how many tickets each of it would leave: counted with the other filters alone.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Func, Query, SelectStatement};
use uuid::Uuid;

use super::among::Among;
use super::counts;
use super::filter::{DueIs, Filter, col, literal};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission};
use crate::service;

/// Open work is counted in full. What has ended grows with the years: so many tickets of it are looked at.
pub const MOST: u64 = 1_000;

/// Numbers of tickets by what they have; none for those that have nothing there.
pub type Numbers = HashMap<Option<Uuid>, i64>;

/// The numbers beside a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Each with its modules.
    pub services: Numbers,
    /// Services and modules, each alone.
    pub modules: Numbers,
    pub districts: Numbers,
    pub owners: Numbers,
    /// When the next deadline is, the most urgent first.
    pub due: Vec<(DueIs, i64)>,
    /// By option of a choice field.
    pub options: Numbers,
    /// Not all was looked at: each number is the least there is.
    pub is_bounded: bool,
}

#[derive(FromQueryResult)]
struct Line {
    value: Option<Uuid>,
    n: i64,
}

/// The numbers beside the list of a filter; `fields` are choice fields the reader knows.
pub async fn facets(db: &Db, actor: &Actor, filter: &Filter, fields: &[Uuid]) -> Result<Facets> {
    let question = (actor.clone(), filter.clone(), fields.to_vec());
    db.kept(question, async || {
        let of = async |filter: &Filter, column| by_column(db, actor, filter, column).await;
        let any_service = Filter {
            services: Among::default(),
            ..filter.clone()
        };
        let any_district = Filter {
            districts: Among::default(),
            ..filter.clone()
        };
        let any_time = Filter {
            due: Vec::new(),
            ..filter.clone()
        };
        let any_owner = Filter {
            owners: Vec::new(),
            ..filter.clone()
        };
        let modules = of(&any_service, "service_id").await?;
        Ok(Facets {
            services: with_modules(db, modules.clone()).await?,
            modules,
            districts: of(&any_district, "district_id").await?,
            owners: of(&any_owner, "owner_id").await?,
            due: by_due(db, actor, &any_time).await?,
            options: by_option(db, actor, filter, fields).await?,
            is_bounded: filter.active() != Some(true),
        })
    })
    .await
}

/// How many tickets of a filter have each value in a column.
pub(super) async fn by_column(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    column: &'static str,
) -> Result<Numbers> {
    // Groups and the panel beside them ask the same of most lists.
    db.kept((actor.clone(), filter.clone(), column), async || {
        by_column_at(db, actor, filter, column, db.clock().now()).await
    })
    .await
}

/// The same as of that instant.
pub(super) async fn by_column_at(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    column: &'static str,
    at: Instant,
) -> Result<Numbers> {
    numbers(db, by_column_query(actor, filter, column, at)).await
}

async fn numbers(db: &Db, query: SelectStatement) -> Result<Numbers> {
    let statement = db.reader().get_database_backend().build(&query);
    let lines = Line::find_by_statement(statement).all(db.reader()).await?;
    Ok(lines.into_iter().map(|line| (line.value, line.n)).collect())
}

/// How many tickets of a filter are due when. Only open work has anything to keep.
pub(super) async fn by_due(db: &Db, actor: &Actor, filter: &Filter) -> Result<Vec<(DueIs, i64)>> {
    if filter.active() == Some(false) {
        return Ok(vec![]);
    }
    db.kept((actor.clone(), filter.clone()), async || {
        let filters = DueIs::ALL.map(|due| Filter {
            due: vec![due],
            ..Filter::default()
        });
        let filters: Vec<&Filter> = filters.iter().collect();
        let within = Some(filter);
        let tallies = counts::of_open(db, actor, &filters, within).await?;
        let all = tallies.into_iter().map(|tally| tally.all);
        Ok(DueIs::ALL.into_iter().zip(all).collect())
    })
    .await
}

/// The numbers of services, each with those of its modules.
pub(super) async fn with_modules(db: &Db, numbers: Numbers) -> Result<Numbers> {
    let parents = service::list::parents(db).await?;
    let mut whole = Numbers::new();
    for (id, n) in numbers {
        let top = id.map(|id| parents.get(&id).copied().flatten().unwrap_or(id));
        *whole.entry(top).or_default() += n;
    }
    Ok(whole)
}

/// The statement of the numbers by a column.
pub fn by_column_query(
    actor: &Actor,
    filter: &Filter,
    column: &'static str,
    now: Instant,
) -> SelectStatement {
    let mut tickets = Query::select();
    tickets
        .from("ticket")
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .cond_where(filter.condition(actor, now));
    let count = Func::count(Expr::col(Asterisk));
    if filter.active() == Some(true) {
        return tickets
            .expr_as(col(column), "value")
            .expr_as(count, "n")
            .add_group_by([col(column)])
            .to_owned();
    }
    let some = tickets.expr_as(col(column), "value").limit(MOST).to_owned();
    Query::select()
        .column("value")
        .expr_as(count, "n")
        .from_subquery(some, "some")
        .add_group_by([Expr::col("value")])
        .to_owned()
}

/// The numbers of the options of some fields. Those the filter asks about are each counted without that question.
async fn by_option(db: &Db, actor: &Actor, filter: &Filter, fields: &[Uuid]) -> Result<Numbers> {
    let now = db.clock().now();
    let is_asked = |id: &Uuid| filter.fields.iter().any(|f| f.field_id == *id);
    let (asked, others): (Vec<Uuid>, Vec<Uuid>) = fields.iter().partition(|id| is_asked(id));
    let mut all = Numbers::new();
    if !others.is_empty() {
        all.extend(numbers(db, by_option_query(actor, filter, &others, now)).await?);
    }
    for id in asked {
        let mut filter = filter.clone();
        filter.fields.retain(|f| f.field_id != id);
        all.extend(numbers(db, by_option_query(actor, &filter, &[id], now)).await?);
    }
    Ok(all)
}

/// The statement of the numbers by option.
pub fn by_option_query(
    actor: &Actor,
    filter: &Filter,
    fields: &[Uuid],
    now: Instant,
) -> SelectStatement {
    let value = |name: &'static str| Expr::col(("field_value", name));
    let mut tickets = Query::select();
    tickets
        .expr_as(col("id"), "id")
        .from("ticket")
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .cond_where(filter.condition(actor, now));
    let mut query = Query::select();
    query
        .expr_as(value("ref_id"), "value")
        .expr_as(Func::count(Expr::col(Asterisk)), "n");
    if filter.active() == Some(true) {
        // Open work is a small part of the index, so it is read whole.
        query
            .from("field_value")
            .and_where(value("active").eq(literal(true)))
            .and_where(value("ticket_id").in_subquery(tickets));
    } else {
        // What has ended is most of it: here the few tickets come first.
        query
            .from_subquery(tickets.limit(MOST).to_owned(), "some")
            .cross_join("field_value")
            .and_where(value("ticket_id").equals(("some", "id")));
    }
    query
        .and_where(value("field_id").is_in(fields.iter().copied()))
        .and_where(value("ref_id").is_not_null())
        .add_group_by([value("ref_id")])
        .to_owned()
}
