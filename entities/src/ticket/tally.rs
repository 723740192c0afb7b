//! How many tickets each view holds: every view counted by its own index, once for all who are shown the same.

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Asterisk, Expr, Func, Query, SelectStatement};

use super::counts::count;
use super::filter::{DueIs, Filter};
use super::selection::Selection;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::kept::Part;
use crate::policy::{self, Permission};

/// How many tickets a view holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Tally {
    pub all: i64,
    /// Those among them whose deadline has passed.
    pub overdue: i64,
}

/// So many views are counted beside each other: each is a way to the database and back.
const AT_ONCE: usize = 4;

/// How many tickets each of these filters selects: open work in full, what has ended up to `most`.
pub async fn of_filters(
    db: &Db,
    actor: &Actor,
    filters: &[Filter],
    most: u64,
) -> Result<Vec<Tally>> {
    db.kept((actor.clone(), filters.to_vec(), most), async || {
        let one = |filter| of_one(db, actor, filter, most);
        let asked: Vec<_> = filters.iter().map(one).collect();
        stream::iter(asked).buffered(AT_ONCE).try_collect().await
    })
    .await
}

async fn of_one(db: &Db, actor: &Actor, filter: &Filter, most: u64) -> Result<Tally> {
    match filter.active() {
        Some(true) => of_open(db, actor, filter).await,
        _ => Ok(Tally {
            all: count(db, actor, filter, most).await?,
            overdue: 0,
        }),
    }
}

/// How many tickets a filter of open work selects.
pub(super) async fn of_open(db: &Db, actor: &Actor, filter: &Filter) -> Result<Tally> {
    let selection = Selection::of(actor, filter);
    let parts = selection.parts().with(Part::Due);
    db.kept_of(parts, selection, async || {
        let query = of_open_query(actor, filter, db.clock().now());
        let statement = db.reader().get_database_backend().build(&query);
        let found = Tally::find_by_statement(statement).one(db.reader()).await?;
        Ok(found.unwrap_or_default())
    })
    .await
}

/// The statement of the tally of a filter that selects open work alone.
pub fn of_open_query(actor: &Actor, filter: &Filter, now: Instant) -> SelectStatement {
    let overdue = Expr::case(DueIs::Overdue.condition(now), 1);
    Query::select()
        .expr_as(Func::count(Expr::col(Asterisk)), "all")
        .expr_as(Func::count(overdue), "overdue")
        .from("ticket")
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .cond_where(filter.condition(actor, now))
        .to_owned()
}
