//! What is shared of a ticket with one vendor: an enquiry, a few facts, the repair. Vendors never see the ticket itself.

pub mod answer;
pub mod begin;
pub mod enquiry;
pub mod event;
pub mod fill;
pub mod justification;
pub mod known;
pub mod read;
pub mod repair;
pub mod step;
pub mod tell;
pub mod withdraw;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub use Model as VendorShare;
pub use answer::AnswerAsVendor;
pub use begin::Share;
pub use enquiry::Enquiry;
pub use event::ShareEvent;
pub use fill::{FillVendorFields, VendorFields};
pub use repair::{Repair, Side};
pub use step::{MoveRepair, MoveRepairAsVendor};
pub use tell::{TellVendor, Way};
pub use withdraw::WithdrawShare;

use super::state::State;
use super::table::Model as Ticket;
use crate::error::Rejected;
use crate::policy::Place;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vendor_share")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub ticket_id: Uuid,
    /// An organisation of kind vendor or data centre; each has one share of a ticket at most.
    pub organisation_id: Uuid,
    /// What the vendor reads in place of the ticket's title.
    pub title: String,
    /// JSON of [`Enquiry`].
    pub enquiry: String,
    /// Names the contract.
    pub service_id: Option<Uuid>,
    /// Whom the vendor may ask; of this person they see the name alone.
    pub contact_id: Option<Uuid>,
    pub repair: Repair,
    /// When it got there.
    pub repair_at: DateTimeUtc,
    /// These four are the vendor's own words, [`VendorFields`].
    pub assessment: Option<Assessment>,
    pub fixed_in: Option<String>,
    pub planned_for: Option<Date>,
    /// Hundredths of an hour.
    pub effort_hundredths: Option<i32>,
    pub reaction_due_at: Option<DateTimeUtc>,
    pub delivery_due_at: Option<DateTimeUtc>,
    /// The vendor's first sign of life.
    pub reacted_at: Option<DateTimeUtc>,
    /// None again when a delivery failed its test.
    pub delivered_at: Option<DateTimeUtc>,
    /// None again when the fault persists.
    pub live_at: Option<DateTimeUtc>,
    pub shared_at: DateTimeUtc,
    /// The vendor sees nothing of it any more.
    pub withdrawn_at: Option<DateTimeUtc>,
    pub last_message_at: DateTimeUtc,
    pub vendor_spoke_last: bool,
    /// Grows with every change but a message.
    pub version: i32,
    /// Salt of the digests of its content in the history.
    pub salt: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What the vendor thinks of the fault.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Assessment {
    #[sea_orm(string_value = "fault_confirmed")]
    FaultConfirmed,
    #[sea_orm(string_value = "not_reproduced")]
    NotReproduced,
    #[sea_orm(string_value = "as_designed")]
    AsDesigned,
    #[sea_orm(string_value = "configuration")]
    Configuration,
    #[sea_orm(string_value = "change_request")]
    ChangeRequest,
}

impl Model {
    /// Where it stands for the policy: with its vendor.
    pub fn place(&self) -> Place {
        Place::Share {
            organisation_id: self.organisation_id,
        }
    }

    /// The parts of the enquiry; nothing when the stored form is damaged.
    pub fn parts(&self) -> Enquiry {
        serde_json::from_str(&self.enquiry).unwrap_or_default()
    }

    /// What the vendor filled in.
    pub fn fields(&self) -> VendorFields {
        VendorFields {
            assessment: self.assessment,
            fixed_in: self.fixed_in.clone(),
            planned_for: self.planned_for,
            effort_hundredths: self.effort_hundredths,
        }
    }

    /// Whether something may still go between the ticket and this vendor.
    fn require_open(&self, ticket: &Ticket) -> Result<(), Rejected> {
        if ticket.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        match self.withdrawn_at.is_some() || self.ticket_id != ticket.id {
            true => Err(Rejected::NotShared),
            false => Ok(()),
        }
    }
}
