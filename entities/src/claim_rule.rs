//! A rule by which a provider's claim gives a role, a team or an organisation, as an administrator has set it.

pub mod gift;
pub mod judge;
pub mod list;

mod apply;
mod facts;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub use Model as ClaimRule;
pub use apply::{Applied, ApplyGifts, JoinTeam, apply};
pub use facts::ClaimRuleFacts;
pub use judge::{Judged, judge, preview};
pub use list::{Row, find, list};

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "claim_rule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unique.
    pub name: String,
    pub provider_id: Uuid,
    /// Where the claim stands: names with dots between, or a JSON pointer.
    pub path: String,
    pub operator: Operator,
    /// What it is compared with.
    pub value: String,
    pub gives: Gives,
    /// The role, team or organisation.
    pub target_id: Uuid,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How a claim is compared; of several values one is enough.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    #[default]
    #[sea_orm(string_value = "is")]
    Is,
    #[sea_orm(string_value = "begins")]
    Begins,
    #[sea_orm(string_value = "contains")]
    Contains,
    /// Whatever it says, as long as it says something.
    #[sea_orm(string_value = "present")]
    Present,
}

/// What a rule gives.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Gives {
    #[sea_orm(string_value = "role")]
    Role,
    #[sea_orm(string_value = "team")]
    Team,
    #[sea_orm(string_value = "organisation")]
    Organisation,
}

/// A role, a team or an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Gift {
    pub gives: Gives,
    pub id: Uuid,
}

impl Model {
    pub fn gift(&self) -> Gift {
        Gift {
            gives: self.gives,
            id: self.target_id,
        }
    }
}
