//! Contracts as the settings show them.

use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{Entity, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::organisation;
use crate::policy::Permission;
use crate::service;
use crate::setting::{self, Show};

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub contract: Model,
    pub vendor_name: String,
    pub service_names: Vec<String>,
}

/// All contracts by name.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Row>> {
    if !actor.may_somewhere(Permission::ManageServices) {
        return Err(DeskError::Forbidden);
    }
    let rows = setting::by_name::<Entity>(db, show, |c| (&c.name, c.id)).await?;
    let vendors: Vec<Uuid> = rows.iter().map(|contract| contract.vendor_id).collect();
    let vendors = organisation::list::names(db, &vendors).await?;
    let services = service::Entity::find().all(db.reader()).await?;
    let row = |contract: Model| {
        let covered = contract.services();
        let named = services.iter().filter(|one| covered.contains(&one.id));
        Row {
            vendor_name: vendors
                .get(&contract.vendor_id)
                .cloned()
                .unwrap_or_default(),
            service_names: named.map(|one| one.name.clone()).collect(),
            contract,
        }
    };
    Ok(rows.into_iter().map(row).collect())
}

/// One contract.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    setting::find::<Entity>(db, actor, Permission::ManageServices, id).await
}
