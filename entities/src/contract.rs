//! A contract: which vendor cares for which services, from when until when, and in which time it answers and delivers.

pub mod clock;
pub mod list;

mod facts;
mod of;

use sea_orm::entity::prelude::*;

pub use Model as Contract;
pub use clock::{Due, due};
pub use facts::ContractFacts;
pub use list::{Row, find, list};
pub use of::{Agreed, of, vendors_of};

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contract")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unique.
    pub name: String,
    /// An organisation of kind vendor or data centre.
    pub vendor_id: Uuid,
    /// JSON array of ids; modules are covered by the service they belong to.
    pub service_ids: String,
    pub from_on: Date,
    /// The last day; none: until it is ended.
    pub until_on: Option<Date>,
    /// In whose hours the times count.
    pub calendar_id: Uuid,
    /// Until the vendor has answered; none: nothing is agreed.
    pub reaction_minutes: Option<i32>,
    /// Until the vendor has delivered.
    pub delivery_minutes: Option<i32>,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The services it covers; none when the stored form is damaged.
    pub fn services(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.service_ids).unwrap_or_default()
    }

    /// Whether it is in force on that day; the last day is part of it.
    pub fn holds(&self, on: Date) -> bool {
        self.retired_at.is_none()
            && self.from_on <= on
            && self.until_on.is_none_or(|until| on <= until)
    }
}
