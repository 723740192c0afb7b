//! Activities as the settings show them, and as whoever books is offered them.

use uuid::Uuid;

use super::{Entity, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};
use crate::setting::{self, Show};

/// All activities by their German name.
///
/// # Errors
/// `Forbidden` for those who may not manage them.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Model>> {
    policy::require(actor, Permission::ManageServices, Place::Desk)?;
    every(db, show).await
}

/// One activity.
///
/// # Errors
/// `Hidden` when there is none, or for those who may not manage them.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageServices, id).await
}

/// The activities in use, for whoever books.
pub async fn offered(db: &Db) -> Result<Vec<Model>> {
    every(db, Show::Active).await
}

/// All activities, those out of use among them, for whoever looks at what was booked.
pub async fn every_one(db: &Db) -> Result<Vec<Model>> {
    every(db, Show::All).await
}

/// The question that [`every`] answers.
#[derive(PartialEq, Eq, Hash)]
struct Every(Show);

async fn every(db: &Db, show: Show) -> Result<Vec<Model>> {
    db.kept_setting(Every(show), async || {
        setting::by_name::<Entity>(db, show, |a| (&a.name, a.id)).await
    })
    .await
}
