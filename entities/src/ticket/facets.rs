//! What a list can be narrowed to, and how many tickets each of it would leave: counted with the other filters alone.

use std::collections::HashMap;
use std::hash::Hash;

use sea_orm::sea_query::{Asterisk, Expr, Func, Query, SelectStatement};
use sea_orm::{ConnectionTrait as _, TryGetable};
use tokio::try_join;
use uuid::Uuid;

use super::among::Among;
use super::field_facets::{OfField, of_fields};
use super::filter::{DueIs, Filter, col, is_active};
use super::selection::Selection;
use super::state::{Channel, Priority};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::field::Field;
use crate::kept::{Part, Parts};
use crate::policy::{self, Permission};
use crate::service;

/// Open work is counted in full. What has ended grows with the years: so many tickets of it are looked at.
pub const MOST: u64 = 1_000;

/// Numbers of tickets by what they have; none for those that have nothing there.
pub type Numbers<T = Uuid> = HashMap<Option<T>, i64>;

/// The numbers beside a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Each with its modules.
    pub services: Numbers,
    /// Services and modules, each alone.
    pub modules: Numbers,
    pub districts: Numbers,
    pub owners: Numbers,
    pub teams: Numbers,
    pub priorities: Numbers<Priority>,
    pub channels: Numbers<Channel>,
    /// When the next deadline is, the most urgent first.
    pub due: Vec<(DueIs, i64)>,
    /// By choice field.
    pub fields: HashMap<Uuid, OfField>,
    /// Not all was looked at: each number is the least there is.
    pub is_bounded: bool,
}

/// The numbers beside the list of a filter; `fields` are choice fields the reader knows.
pub async fn facets(db: &Db, actor: &Actor, filter: &Filter, fields: &[&Field]) -> Result<Facets> {
    let ids: Vec<Uuid> = fields.iter().map(|field| field.row.id).collect();
    db.kept((Selection::of(actor, filter), ids), async || {
        // Without its own question, so that a choice lowers none of its siblings.
        let without = |lift: fn(&mut Filter)| {
            let mut rest = filter.clone();
            lift(&mut rest);
            rest
        };
        let any_service = without(|f| f.services = Among::default());
        let any_district = without(|f| f.districts = Among::default());
        let any_owner = without(|f| f.owners.clear());
        let any_team = without(|f| f.teams = Among::default());
        let any_priority = without(|f| f.priorities.clear());
        let any_channel = without(|f| f.channels.clear());
        let any_time = without(|f| f.due.clear());
        let (modules, districts, owners, teams, priorities, channels, due, fields) = try_join!(
            by_column(db, actor, &any_service, "service_id"),
            by_column(db, actor, &any_district, "district_id"),
            by_column(db, actor, &any_owner, "owner_id"),
            by_column(db, actor, &any_team, "team_id"),
            by_column(db, actor, &any_priority, "priority"),
            by_column(db, actor, &any_channel, "channel"),
            by_due(db, actor, &any_time),
            of_fields(db, actor, filter, fields),
        )?;
        Ok(Facets {
            services: with_modules(db, modules.clone()).await?,
            modules,
            districts,
            owners,
            teams,
            priorities,
            channels,
            due,
            fields,
            is_bounded: filter.active() != Some(true),
        })
    })
    .await
}

/// How many tickets of a filter have each value in a column.
pub(super) async fn by_column<T>(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    column: &'static str,
) -> Result<Numbers<T>>
where
    T: TryGetable + Clone + Eq + Hash + Send + 'static,
{
    // Groups and the panel beside them ask the same of most lists.
    let selection = Selection::of(actor, filter);
    let parts = Part::of_column(column).into_iter();
    let parts = parts.fold(selection.parts(), Parts::with);
    db.kept_of(parts, (selection, column), async || {
        by_column_at(db, actor, filter, column, db.clock().now()).await
    })
    .await
}

/// The same as of that instant.
pub(super) async fn by_column_at<T: TryGetable + Eq + Hash>(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    column: &'static str,
    at: Instant,
) -> Result<Numbers<T>> {
    let query = by_column_query(actor, filter, column, at);
    let statement = db.reader().get_database_backend().build(&query);
    let mut numbers = Numbers::new();
    for row in db.reader().query_all_raw(statement).await? {
        numbers.insert(row.try_get("", "value")?, row.try_get("", "n")?);
    }
    Ok(numbers)
}

/// How many tickets of a filter are due when. Only open work has anything to keep.
pub(super) async fn by_due(db: &Db, actor: &Actor, filter: &Filter) -> Result<Vec<(DueIs, i64)>> {
    if filter.active() == Some(false) {
        return Ok(vec![]);
    }
    let selection = Selection::of(actor, filter);
    let parts = selection.parts().with(Part::Due);
    db.kept_of(parts, selection, async || {
        let query = by_due_query(actor, filter, db.clock().now());
        let statement = db.reader().get_database_backend().build(&query);
        let Some(row) = db.reader().query_one_raw(statement).await? else {
            return Ok(vec![]);
        };
        let number = |due: DueIs| Ok((due, row.try_get("", due.name())?));
        DueIs::ALL.into_iter().map(number).collect()
    })
    .await
}

/// The statement of [`by_due`]: one row of counts, which needs no sorting into groups.
pub fn by_due_query(actor: &Actor, filter: &Filter, now: Instant) -> SelectStatement {
    let mut query = Query::select();
    for due in DueIs::ALL {
        let case = Expr::case(due.condition(now), 1);
        query.expr_as(Func::count(case), due.name());
    }
    query
        .from("ticket")
        .and_where(is_active(true))
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .cond_where(filter.condition(actor, now))
        .to_owned()
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
