//! Counts of the views beside the list: one look at an index of open work.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Func, IntoCondition, Query, SelectStatement};
use uuid::Uuid;

use super::filter::{Filter, OwnerIs, Standing, col, is_active};
use super::selection::Selection;
use super::state::{State, WaitingFor};
use super::tally;
use crate::actor::Actor;
use crate::amount;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::kept::Part;
use crate::policy::{self, Permission};

/// The numbers on an actor's start page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub mine: Mine,
    pub new_unassigned: i64,
    pub all_open: i64,
}

/// What the actor works on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Mine {
    pub all: i64,
    /// With a reminder before the given end of the day.
    pub reminders_today: i64,
    /// With a deadline that has passed.
    pub overdue: i64,
    /// With a deadline later today.
    pub due_today: i64,
    /// With a deadline or a reminder before the end of the day.
    pub today: i64,
}

/// One service of the actor's teams and how much open work it has.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct ServiceCount {
    pub service_id: Uuid,
    pub name: String,
    pub open: i64,
}

pub(super) fn sum(condition: impl IntoCondition) -> Expr {
    let case = Expr::case(condition, 1).finally(0);
    Func::coalesce([Expr::expr(Func::sum(case)), Expr::val(0)]).into()
}

/// The numbers of the start page, with the end of the reader's day.
pub async fn counts(db: &Db, actor: &Actor, end_of_day: Instant) -> Result<Counts> {
    let new_unassigned = Filter {
        standings: vec![Standing::New],
        owners: vec![OwnerIs::Nobody],
        ..Filter::default()
    };
    db.kept((actor.clone(), end_of_day), async || {
        let query = mine_query(actor, db.clock().now(), end_of_day);
        let backend = db.reader().get_database_backend();
        let mine = Mine::find_by_statement(backend.build(&query));
        Ok(Counts {
            mine: mine.one(db.reader()).await?.unwrap_or_default(),
            new_unassigned: tally::of_open(db, actor, &new_unassigned).await?.all,
            all_open: tally::of_open(db, actor, &Filter::default()).await?.all,
        })
    })
    .await
}

/// The statement of what is the actor's own in [`counts`].
pub fn mine_query(actor: &Actor, now: Instant, end_of_day: Instant) -> SelectStatement {
    Query::select()
        .expr_as(Func::count(Expr::col(Asterisk)), "all")
        .expr_as(sum(col("reminder_at").lt(end_of_day)), "reminders_today")
        .expr_as(sum(col("due_at").lte(now)), "overdue")
        .expr_as(
            sum(col("due_at").gt(now).and(col("due_at").lt(end_of_day))),
            "due_today",
        )
        .expr_as(
            sum(col("due_at")
                .lt(end_of_day)
                .or(col("reminder_at").lt(end_of_day))),
            "today",
        )
        .from("ticket")
        .and_where(is_active(true))
        .and_where(col("owner_id").eq(actor.person_id()))
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .to_owned()
}

/// Open work per service of the actor's teams, most first, modules counted with their service.
pub async fn by_service(db: &Db, actor: &Actor, most: u64) -> Result<Vec<ServiceCount>> {
    if actor.teams().is_empty() {
        return Ok(vec![]);
    }
    let all_open = Selection::of(actor, &Filter::default());
    let parts = all_open.parts().with(Part::Team).with(Part::Service);
    db.kept_of(parts, (actor.clone(), most), async || {
        let query = by_service_query(actor, most);
        let backend = db.reader().get_database_backend();
        Ok(ServiceCount::find_by_statement(backend.build(&query))
            .all(db.reader())
            .await?)
    })
    .await
}

/// The statement of [`by_service`].
pub fn by_service_query(actor: &Actor, most: u64) -> SelectStatement {
    let whole = Func::coalesce([
        Expr::col(("service", "parent_id")),
        Expr::col(("service", "id")),
    ]);
    let inner = Query::select()
        .expr_as(whole, "whole_id")
        .expr_as(Func::count(Expr::col(Asterisk)), "open")
        .from("ticket")
        .inner_join(
            "service",
            Expr::col(("service", "id")).eq(col("service_id")),
        )
        .and_where(is_active(true))
        .and_where(col("team_id").is_in(actor.teams().iter().copied()))
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .group_by_col("whole_id")
        .to_owned();
    Query::select()
        .expr_as(Expr::col(("s", "id")), "service_id")
        .expr_as(Expr::col(("s", "name")), "name")
        .expr_as(Expr::col(("w", "open")), "open")
        .from_subquery(inner, "w")
        .join_as(
            sea_orm::JoinType::InnerJoin,
            "service",
            "s",
            Expr::col(("s", "id")).eq(Expr::col(("w", "whole_id"))),
        )
        .order_by_expr(Expr::col(("w", "open")), sea_orm::sea_query::Order::Desc)
        .order_by_expr(Expr::col(("s", "name")), sea_orm::sea_query::Order::Asc)
        .limit(most)
        .to_owned()
}

/// How many tickets a filter selects in each standing, whatever standings it names itself. Open work is counted
/// in full, ended work up to `most`.
pub async fn by_standing(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    most: u64,
) -> Result<Vec<(Standing, i64)>> {
    db.kept((Selection::of(actor, filter), most), async || {
        let open_work = open_by_standing(db, actor, filter).await?;
        let mut all = Vec::new();
        for standing in Standing::ALL {
            let n = if standing.is_active() {
                open_work.get(&standing).copied().unwrap_or_default()
            } else {
                let one = Filter {
                    standings: vec![standing],
                    ..filter.clone()
                };
                count(db, actor, &one, most).await?
            };
            all.push((standing, n));
        }
        Ok(all)
    })
    .await
}

async fn open_by_standing(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
) -> Result<HashMap<Standing, i64>> {
    let selection = Selection::of(actor, filter);
    let parts = selection.parts().with(Part::State);
    db.kept_of(parts, selection, async || {
        let query = by_standing_query(actor, filter, db.clock().now());
        let statement = db.reader().get_database_backend().build(&query);
        let mut numbers: HashMap<Standing, i64> = HashMap::new();
        for row in ByState::find_by_statement(statement)
            .all(db.reader())
            .await?
        {
            let standing = Standing::of(row.state, row.waiting_for);
            *numbers.entry(standing).or_default() += row.n;
        }
        Ok(numbers)
    })
    .await
}

#[derive(FromQueryResult)]
struct ByState {
    state: State,
    waiting_for: Option<WaitingFor>,
    n: i64,
}

/// The statement of [`by_standing`] for open work, in the order of the index that gives it.
pub fn by_standing_query(actor: &Actor, filter: &Filter, now: Instant) -> SelectStatement {
    let active = Standing::ALL.into_iter().filter(|s| s.is_active());
    let filter = Filter {
        standings: active.collect(),
        ..filter.clone()
    };
    let by = ["state", "waiting_for"].map(col);
    Query::select()
        .exprs(by.clone())
        .expr_as(Func::count(Expr::col(Asterisk)), "n")
        .from("ticket")
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .cond_where(filter.condition(actor, now))
        .add_group_by(by)
        .to_owned()
}

/// How many tickets a filter selects, counted up to `most` so that the cost stays bounded.
pub async fn count(db: &Db, actor: &Actor, filter: &Filter, most: u64) -> Result<i64> {
    // Asked for each list, and cheaper to read than to tell whether others are shown the same.
    db.kept((actor.clone(), filter.clone(), most), async || {
        let tickets = Query::select()
            .from("ticket")
            .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
            .cond_where(filter.condition(actor, db.clock().now()))
            .to_owned();
        amount::read(db, &amount::up_to(tickets, most)).await
    })
    .await
}
