//! A text block: wording that is thought out once, with places that a ticket fills.

pub mod fill;
pub mod list;

mod facts;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub use Model as TextBlock;
pub use facts::TextBlockFacts;
pub use fill::{fill, placeholders, unknown};
pub use list::{find, list, offered};

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
    /// What the kind makes of it: JSON of [`Enquiry`], or of [`Notice`].
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
    /// Tells requesters that a fault is repaired.
    #[sea_orm(string_value = "requester_notice")]
    RequesterNotice,
}

/// A text for requesters, in each language of the desk. Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notice {
    pub de: String,
    pub en: String,
}

impl Notice {
    /// Name and text of each language.
    pub fn texts(&self) -> [(&'static str, &str); 2] {
        [("de", &self.de), ("en", &self.en)]
    }

    /// The same with each text changed.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Notice {
        Notice {
            de: change(&self.de),
            en: change(&self.en),
        }
    }
}

impl Model {
    /// The parts of an enquiry; nothing when the stored form is damaged.
    pub fn enquiry(&self) -> Enquiry {
        serde_json::from_str(&self.content).unwrap_or_default()
    }

    /// The text for requesters; nothing when the stored form is damaged.
    pub fn notice(&self) -> Notice {
        serde_json::from_str(&self.content).unwrap_or_default()
    }

    /// Whether it is offered on that day; the last day is part of it.
    pub fn holds(&self, on: Date) -> bool {
        self.retired_at.is_none()
            && self.valid_from.is_none_or(|from| from <= on)
            && self.valid_to.is_none_or(|to| on <= to)
    }
}
