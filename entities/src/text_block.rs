//! A text block: wording that is thought out once and looked at by two, with places that a ticket fills.

pub mod fill;
pub mod list;
pub mod used;

mod approve;
mod facts;
mod own;
mod wording;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub use Model as TextBlock;
pub use approve::Approve;
pub use facts::{MOST_CHARS, MOST_FIELDS, TextBlockFacts};
pub use fill::{Fault, fault, fill, fill_or_leave, open_place, placeholders};
pub use list::{Block, find, find_own, list, offered, usable};
pub use own::{KeepOwn, RemoveOwn};
pub use wording::{Acts, BlockThen, NewOwner, Notice, Wording};

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
    /// Unique among those of the desk, and among those of each person.
    pub name: String,
    pub kind: BlockKind,
    /// Whose alone it is; none: the desk's.
    pub owner_id: Option<Uuid>,
    /// What the kind makes of its newest [`Wording`], as JSON.
    pub content: String,
    /// The wording that is offered; none as long as nobody has approved any.
    pub approved: Option<String>,
    /// Who wrote the newest wording; none where nobody knows any more.
    pub author_id: Option<Uuid>,
    /// Who approved what is offered.
    pub approved_by: Option<Uuid>,
    /// What it is listed under.
    pub category: String,
    /// Only for tickets of this team.
    pub team_id: Option<Uuid>,
    /// Only for tickets of these services and what lies below them, as a JSON list of ids; empty: for all.
    pub services: String,
    /// The first day on which it is offered.
    pub valid_from: Option<Date>,
    /// The last day.
    pub valid_to: Option<Date>,
    /// The day on which somebody should look whether it still holds.
    pub review_on: Option<Date>,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What a block is for.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Goes into what an agent writes.
    #[default]
    #[sea_orm(string_value = "answer")]
    Answer,
    /// What an answer to a requester begins with.
    #[sea_orm(string_value = "opening")]
    Opening,
    /// What such an answer ends with.
    #[sea_orm(string_value = "closing")]
    Closing,
    /// What stands above letters and printed tickets: name and address, and below a free line how one is reached.
    #[sea_orm(string_value = "letterhead")]
    Letterhead,
    /// What to ask and say on the phone.
    #[sea_orm(string_value = "phone_script")]
    PhoneScript,
    #[sea_orm(string_value = "vendor_enquiry")]
    VendorEnquiry,
    /// Tells requesters that a fault is repaired.
    #[sea_orm(string_value = "requester_notice")]
    RequesterNotice,
}

impl BlockKind {
    pub const ALL: [BlockKind; 7] = [
        BlockKind::Answer,
        BlockKind::Opening,
        BlockKind::Closing,
        BlockKind::Letterhead,
        BlockKind::PhoneScript,
        BlockKind::VendorEnquiry,
        BlockKind::RequesterNotice,
    ];
}

impl Model {
    /// The newest wording, approved or not; nothing when the stored form is damaged.
    pub fn wording(&self) -> Wording {
        Wording::read(self.kind, &self.content)
    }

    /// The wording that is offered.
    pub fn approved(&self) -> Option<Wording> {
        let approved = self.approved.as_deref()?;
        Some(Wording::read(self.kind, approved))
    }

    /// Whether the newest wording waits for somebody to approve it.
    pub fn is_waiting(&self) -> bool {
        self.approved.as_ref() != Some(&self.content)
    }

    /// The services it is for; none: all.
    pub fn service_ids(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.services).unwrap_or_default()
    }

    /// Whether it is offered on that day; the last day is part of it.
    pub fn holds(&self, on: Date) -> bool {
        self.retired_at.is_none()
            && self.approved.is_some()
            && self.valid_from.is_none_or(|from| from <= on)
            && self.valid_to.is_none_or(|to| on <= to)
    }
}
