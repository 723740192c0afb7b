//! The names of teams, services and district offices, kept beside the tickets that hold their ids.

use std::collections::HashMap;
use std::sync::Arc;

use sea_orm::{ColumnTrait as _, EntityTrait, QueryFilter as _, QuerySelect as _};
use tokio::try_join;
use uuid::Uuid;

use crate::db::Db;
use crate::error::Result;
use crate::organisation::{self, OrganisationKind};
use crate::{service, team};

/// The name and the short name of an organisation.
type District = (String, Option<String>);

/// What settings are called, retired ones too: few, seldom changed, and on every line of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Register {
    teams: Arc<HashMap<Uuid, String>>,
    services: Arc<HashMap<Uuid, (String, Option<Uuid>)>>,
    districts: Arc<HashMap<Uuid, District>>,
    /// Organisations that were district offices when tickets were counted for them.
    former: HashMap<Uuid, District>,
}

impl Register {
    pub fn team(&self, id: Option<Uuid>) -> Option<String> {
        self.teams.get(&id?).cloned()
    }

    /// The service above, when it is a module, and the service itself.
    pub fn service(&self, id: Option<Uuid>) -> (Option<String>, Option<String>) {
        let Some((name, parent)) = id.and_then(|id| self.services.get(&id)) else {
            return (None, None);
        };
        let parent = parent.and_then(|id| self.services.get(&id));
        (parent.map(|(name, _)| name.clone()), Some(name.clone()))
    }

    /// The name and the short name of a district office.
    pub fn district(&self, id: Option<Uuid>) -> (Option<String>, Option<String>) {
        let found = id.and_then(|id| self.districts.get(&id).or_else(|| self.former.get(&id)));
        match found {
            Some((name, short)) => (Some(name.clone()), short.clone()),
            None => (None, None),
        }
    }
}

/// The question that [`register`] answers.
#[derive(PartialEq, Eq, Hash)]
struct EveryName;

/// The register, with these district offices whatever they have become.
pub(super) async fn register(db: &Db, districts: impl Iterator<Item = Uuid>) -> Result<Register> {
    let mut register = db
        .kept_setting(EveryName, async || every_name(db).await)
        .await?;
    let mut former: Vec<Uuid> = districts
        .filter(|id| !register.districts.contains_key(id))
        .collect();
    if !former.is_empty() {
        former.sort_unstable();
        former.dedup();
        register.former = organisations(db, organisation::Column::Id.is_in(former)).await?;
    }
    Ok(register)
}

async fn every_name(db: &Db) -> Result<Register> {
    let teams = async {
        let rows = team::Entity::find().all(db.reader()).await?;
        Ok(rows.into_iter().map(|t| (t.id, t.name)).collect())
    };
    let offices = organisation::Column::Kind.eq(OrganisationKind::DistrictOffice);
    let (teams, services, districts) =
        try_join!(teams, service::list::every(db), organisations(db, offices))?;
    Ok(Register {
        teams: Arc::new(teams),
        services,
        districts: Arc::new(districts),
        former: HashMap::new(),
    })
}

async fn organisations(
    db: &Db,
    which: sea_orm::sea_query::Expr,
) -> Result<HashMap<Uuid, District>> {
    let rows: Vec<(Uuid, String, Option<String>)> = organisation::Entity::find()
        .select_only()
        .columns([
            organisation::Column::Id,
            organisation::Column::Name,
            organisation::Column::ShortName,
        ])
        .filter(which)
        .into_tuple()
        .all(db.reader())
        .await?;
    let named = |(id, name, short)| (id, (name, short));
    Ok(rows.into_iter().map(named).collect())
}
