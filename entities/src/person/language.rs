//! In which language people read mail, as far as they chose one or were invited in one.

use sea_orm::{FromQueryResult, Statement};

use crate::db::{Db, places};
use crate::error::Result;

#[derive(FromQueryResult)]
struct Row {
    language: Option<String>,
}

/// The language that whoever has one of these addresses reads: `de` or `en`; none when they differ or nobody said.
pub async fn common(db: &Db, addresses: &[String]) -> Result<Option<String>> {
    if addresses.is_empty() {
        return Ok(None);
    }
    let sql = format!(
        "SELECT DISTINCT COALESCE(f.locale, i.language) AS language FROM person p \
         LEFT JOIN preference f ON f.person_id = p.id LEFT JOIN invitation i ON i.person_id = p.id WHERE p.email IN ({})",
        places(addresses.len())
    );
    let values = addresses.iter().map(|address| address.as_str().into());
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let found = Row::find_by_statement(statement).all(db.reader()).await?;
    Ok(match found.as_slice() {
        [one] => one.language.clone(),
        _ => None,
    })
}
