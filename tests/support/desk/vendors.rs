//! What is agreed with vendors, for tests that share cases with them.

use chrono::NaiveDate;
use entities::Uuid;
use entities::contract::{Contract, ContractFacts};
use entities::release::{Release, ReleaseFacts};

use super::TestDesk;

impl TestDesk {
    /// A contract about one service since the desk began: four hours to answer, five days to deliver.
    pub async fn contract(&self, name: &str, vendor: Uuid, service: Uuid, calendar: Uuid) -> Uuid {
        self.create::<Contract>(contract(name, vendor, service, calendar))
            .await
    }

    /// A release of a service, without a day.
    pub async fn release(&self, service: Uuid, name: &str) -> Uuid {
        let facts = ReleaseFacts {
            service_id: service,
            name: name.to_owned(),
            live_on: None,
        };
        self.create::<Release>(facts).await
    }
}

/// The facts of such a contract.
pub fn contract(name: &str, vendor: Uuid, service: Uuid, calendar: Uuid) -> ContractFacts {
    ContractFacts {
        name: name.to_owned(),
        vendor_id: vendor,
        service_ids: vec![service],
        from_on: NaiveDate::default(),
        until_on: None,
        calendar_id: calendar,
        reaction_minutes: Some(4 * 60),
        delivery_minutes: Some(5 * 8 * 60),
    }
}
