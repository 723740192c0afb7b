//! An organisation: district office, provider, vendor, data centre or the desk's own unit.

pub mod district;
pub mod list;

mod facts;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub use Model as Organisation;
pub use facts::OrganisationFacts;
pub use list::{Row, choices, find, list};

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub folded_name: String,
    /// The letters on its tile, such as `PA`.
    pub short_name: Option<String>,
    pub kind: OrganisationKind,
    pub parent_id: Option<Uuid>,
    /// The mail domain whose unknown senders belong here, lower case.
    pub domain: Option<String>,
    /// Where it gets its post, below its name: lines as on an envelope.
    pub postal_address: Option<String>,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What an organisation is to the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    #[sea_orm(string_value = "district_office")]
    DistrictOffice,
    #[sea_orm(string_value = "provider")]
    Provider,
    #[sea_orm(string_value = "vendor")]
    Vendor,
    #[sea_orm(string_value = "data_centre")]
    DataCentre,
    #[sea_orm(string_value = "own_unit")]
    OwnUnit,
}

impl OrganisationKind {
    /// Those that cases are shared with and that keep them under numbers of their own.
    pub const PARTNERS: [OrganisationKind; 2] =
        [OrganisationKind::Vendor, OrganisationKind::DataCentre];

    /// Whether it is one of those.
    pub fn is_partner(self) -> bool {
        OrganisationKind::PARTNERS.contains(&self)
    }
}

/// Whether cases are shared with an organisation, as a condition on its row.
pub(crate) const IS_PARTNER: &str = "organisation.kind IN ('vendor', 'data_centre')";

/// How many organisations with an id there are that cases are shared with, retired ones too.
pub(crate) fn count_partners() -> String {
    format!("SELECT count(*) AS n FROM organisation WHERE id = $1 AND {IS_PARTNER}")
}
