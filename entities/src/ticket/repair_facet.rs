//! How many tickets of open work each choice of where a repair lies would leave, beside a list.

use sea_orm::ConnectionTrait as _;
use sea_orm::sea_query::{Condition, Expr, Func, Query, SelectStatement};

use super::filter::{Filter, RepairIs, is_active};
use super::selection::Selection;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission};

/// The question that [`by_repair`] answers.
#[derive(PartialEq, Eq, Hash)]
struct Repairs(Selection);

/// The numbers of a filter without its own question, in the order of the choices; none of what has ended, where a repair
/// is nobody's work any more.
pub async fn by_repair(db: &Db, actor: &Actor, filter: &Filter) -> Result<Vec<(RepairIs, i64)>> {
    if filter.active() != Some(true) {
        return Ok(vec![]);
    }
    let any = Filter {
        repair: None,
        ..filter.clone()
    };
    db.kept(Repairs(Selection::of(actor, &any)), async || {
        let query = by_repair_query(actor, &any, db.clock().now());
        let statement = db.reader().get_database_backend().build(&query);
        let Some(row) = db.reader().query_one_raw(statement).await? else {
            return Ok(vec![]);
        };
        let number =
            |is: RepairIs| -> Result<(RepairIs, i64)> { Ok((is, row.try_get("", is.name())?)) };
        RepairIs::ALL.into_iter().map(number).collect()
    })
    .await
}

/// The statement of [`by_repair`]: only what has a repair is looked at, once for all choices.
pub fn by_repair_query(actor: &Actor, filter: &Filter, now: Instant) -> SelectStatement {
    let mut query = Query::select();
    for is in RepairIs::ALL {
        let counted = Func::count(Expr::case(is.condition(now), 1));
        query.expr_as(counted, is.name());
    }
    // Who is late is with a vendor.
    let any = Condition::any()
        .add(RepairIs::WithVendor.condition(now))
        .add(RepairIs::WithUnit.condition(now));
    query
        .from("ticket")
        .and_where(is_active(true))
        .cond_where(any)
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .cond_where(filter.condition(actor, now))
        .to_owned()
}
