//! How often the rules of deadlines have changed, so that whoever keeps them in memory knows when they are old.

use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult, Statement};

use crate::error::Result;

const DEADLINES: &str = "deadlines";

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

/// The number of changes so far.
pub async fn deadlines(c: &impl ConnectionTrait) -> Result<i64> {
    let sql = "SELECT number FROM setting_stamp WHERE name = $1";
    let backend = c.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [DEADLINES.into()]);
    let row = Number::find_by_statement(statement).one(c).await?;
    Ok(row.map_or(0, |row| row.number))
}

/// Counts a change, so that every process reads the rules again.
pub async fn count_deadlines(tx: &DatabaseTransaction) -> Result<()> {
    let sql = "INSERT INTO setting_stamp (name, number) VALUES ($1, 1) \
               ON CONFLICT (name) DO UPDATE SET number = setting_stamp.number + 1";
    let backend = tx.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [DEADLINES.into()]);
    tx.execute_raw(statement).await?;
    Ok(())
}
