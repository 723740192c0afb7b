//! Numbers that a database counts.

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Asterisk, Expr, Func, Query, SelectStatement};

use crate::db::Db;
use crate::error::Result;

#[derive(FromQueryResult)]
struct Number {
    n: i64,
}

/// The number `n` that a statement gives; nought when it gives no row.
pub(crate) async fn read(db: &Db, query: &SelectStatement) -> Result<i64> {
    let statement = db.reader().get_database_backend().build(query);
    let row = Number::find_by_statement(statement)
        .one(db.reader())
        .await?;
    Ok(row.map_or(0, |row| row.n))
}

/// Counts rows up to `most`, so that the cost stays bounded.
pub(crate) fn up_to(mut rows: SelectStatement, most: u64) -> SelectStatement {
    let some = rows.expr_as(Expr::val(1), "one").limit(most).to_owned();
    Query::select()
        .expr_as(Func::count(Expr::col(Asterisk)), "n")
        .from_subquery(some, "some")
        .to_owned()
}
