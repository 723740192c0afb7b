//! Whether somebody is there to do a task.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::Db;
use crate::error::Result;
use crate::person;

/// Whether a person is there on that day. Who has left is not; absences are asked here once there are any.
pub async fn present(db: &Db, person_id: Uuid, _day: NaiveDate) -> Result<bool> {
    let agents = person::list::agents(db).await?;
    Ok(agents.iter().any(|agent| agent.id == person_id))
}
