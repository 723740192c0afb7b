//! A text block: wording that is thought out once, with places that a ticket fills.

pub mod fill;
pub mod list;

mod facts;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub use Model as TextBlock;
pub use facts::TextBlockFacts;
pub use fill::{PLACEHOLDERS, fill, unknown};
pub use list::{enquiries, find, list};

use crate::ticket::share::Enquiry;

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "text_block")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unique.
    pub name: String,
    pub kind: BlockKind,
    /// What the kind makes of it; of an enquiry its parts as JSON of [`Enquiry`].
    pub content: String,
    /// The first day on which it is offered.
    pub valid_from: Option<Date>,
    /// The last day.
    pub valid_to: Option<Date>,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    #[sea_orm(string_value = "vendor_enquiry")]
    VendorEnquiry,
}

impl Model {
    /// The parts of an enquiry; nothing when the stored form is damaged.
    pub fn enquiry(&self) -> Enquiry {
        serde_json::from_str(&self.content).unwrap_or_default()
    }

    /// Whether it is offered on that day; the last day is part of it.
    pub fn holds(&self, on: Date) -> bool {
        self.retired_at.is_none()
            && self.valid_from.is_none_or(|from| from <= on)
            && self.valid_to.is_none_or(|to| on <= to)
    }
}
