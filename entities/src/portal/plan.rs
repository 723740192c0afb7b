//! The releases a vendor is concerned with: of services in their contracts, and of what is shared with them.

use chrono::NaiveDate;
use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, Statement};
use uuid::Uuid;

use super::Vendor;
use super::list::SHARED;
use crate::clock::day;
use crate::contract;
use crate::error::Result;
use crate::release;
use crate::service;

/// A release as the vendor sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    pub service: String,
    pub name: String,
    /// None: not settled yet.
    pub live_on: Option<NaiveDate>,
    /// Number and title of what the vendor says is repaired in it.
    pub cases: Vec<(String, String)>,
}

#[derive(FromQueryResult)]
struct Row {
    service_id: Option<Uuid>,
    number: String,
    title: String,
    fixed_in: Option<String>,
}

impl Vendor {
    /// The release plan, by service, the latest first.
    pub async fn plan(&self) -> Result<Vec<Release>> {
        let sql = format!(
            "SELECT s.service_id, t.number, s.title, s.fixed_in {SHARED} ORDER BY t.number DESC"
        );
        let backend = self.db.reader().get_database_backend();
        let values = [self.organisation_id.into()];
        let shared = Row::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
            .all(self.db.reader())
            .await?;
        let mut services = self.contracted().await?;
        services.extend(shared.iter().filter_map(|row| row.service_id));
        let releases = release::of_services(&self.db, &services).await?;
        let release = |row: release::Row| Release {
            cases: shared
                .iter()
                .filter(|case| case.fixed_in.as_deref() == Some(row.release.name.as_str()))
                .map(|case| (case.number.clone(), case.title.clone()))
                .collect(),
            service: row.service_name,
            name: row.release.name,
            live_on: row.release.live_on,
        };
        Ok(releases.into_iter().map(release).collect())
    }

    /// Services of contracts in force, and their modules.
    async fn contracted(&self) -> Result<Vec<Uuid>> {
        let today = day(self.now());
        let contracts = contract::Entity::find()
            .filter(contract::COLUMN.vendor_id.eq(self.organisation_id))
            .all(self.db.reader())
            .await?;
        let mut ids: Vec<Uuid> = contracts
            .iter()
            .filter(|contract| contract.holds(today))
            .flat_map(contract::Contract::services)
            .collect();
        let modules = service::Entity::find()
            .filter(service::COLUMN.parent_id.is_in(ids.iter().copied()))
            .all(self.db.reader())
            .await?;
        ids.extend(modules.into_iter().map(|module| module.id));
        Ok(ids)
    }
}
