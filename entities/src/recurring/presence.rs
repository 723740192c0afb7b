//! Whether somebody is there to do a task.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::Db;
use crate::deadline::rules;
use crate::error::Result;

/// Whether a person works on tickets and is not away on that day, today or later.
pub async fn present(db: &Db, person_id: Uuid, day: NaiveDate) -> Result<bool> {
    let rules = rules::for_pages(db).await?;
    Ok(rules.presence().is_there(person_id, day))
}
