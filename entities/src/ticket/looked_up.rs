//! What a row shows of other tables.

use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::filter::col;
use crate::actor::Actor;

/// What stands in another table, by its primary key. As joins such looks would cost a planner that tries every order
/// of them far more than the answer.
pub(super) fn looked_up(table: &'static str, column: &'static str, key: &'static str) -> Expr {
    let one = Query::select()
        .column((table, column))
        .from(table)
        .and_where(Expr::col((table, "id")).eq(col(key)))
        .to_owned();
    one.into()
}

/// What a row shows of other tables.
pub(super) fn named(actor: &Actor) -> [(&'static str, Expr); 3] {
    let seen = Query::select()
        .column(("seen", "seen_at"))
        .from("seen")
        .and_where(Expr::col(("seen", "ticket_id")).eq(col("id")))
        .and_where(Expr::col(("seen", "person_id")).eq(actor.person_id()))
        .to_owned();
    [
        ("owner_name", looked_up("person", "name", "owner_id")),
        (
            "requester_name",
            looked_up("person", "name", "requester_id"),
        ),
        ("seen_at", seen.into()),
    ]
}
