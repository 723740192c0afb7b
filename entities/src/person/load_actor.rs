//! A person as one who acts: grants of their roles, and their teams.

use uuid::Uuid;

use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};

/// The actor a person is; none when there is no such person or they are retired.
/// Retired roles grant nothing.
pub async fn load_actor(db: &Db, person_id: Uuid) -> Result<Option<Actor>> {
    match crate::session::actor_of(db, person_id).await {
        Ok(actor) => Ok(Some(actor)),
        Err(DeskError::Hidden) => Ok(None),
        Err(e) => Err(e),
    }
}
