//! Text blocks as the settings show them, and as those who write are offered them.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{BlockKind, Entity, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission, Place};
use crate::setting::{self, Show};

/// All text blocks by name.
///
/// # Errors
/// `Forbidden` for those who may not manage them.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Model>> {
    policy::require(actor, Permission::ManageTextBlocks, Place::Desk)?;
    setting::by_name::<Entity>(db, show, |b| (&b.name, b.id)).await
}

/// One text block.
///
/// # Errors
/// `Hidden` when there is none, or for those who may not manage them.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageTextBlocks, id).await
}

/// The blocks of that kind that are offered on that day, by name.
pub async fn offered(db: &Db, kind: BlockKind, on: NaiveDate) -> Result<Vec<Model>> {
    let mut blocks = setting::by_name::<Entity>(db, Show::Active, |b| (&b.name, b.id)).await?;
    blocks.retain(|block| block.kind == kind && block.holds(on));
    Ok(blocks)
}
