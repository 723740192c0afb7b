//! The vendor fills the fields that are theirs.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Assessment, Model, ShareEvent};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::{Permission, Place};
use crate::setting;
use crate::ticket::event::{Change, TicketEvent};
use crate::ticket::table::Model as Ticket;
use crate::ticket::vendor_number::VendorNumber;

/// The longest name of a release, in characters.
const MOST_CHARS: usize = 80;

/// What only the vendor says, but for their number, which `vendor_number` keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VendorFields {
    pub assessment: Option<Assessment>,
    /// The release that will hold the repair.
    pub fixed_in: Option<String>,
    pub planned_for: Option<NaiveDate>,
    /// Hundredths of an hour.
    pub effort_hundredths: Option<i32>,
}

impl VendorFields {
    /// The most effort, in hundredths of an hour.
    pub const MOST_EFFORT: i32 = 1_000_000;
}

/// Sets the vendor's fields and their number.
#[derive(Clone, Debug)]
pub struct FillVendorFields {
    /// As it was seen.
    pub share: Model,
    pub fields: VendorFields,
    /// What it is to be, when it changes; none within removes it.
    pub number: Option<Option<VendorNumber>>,
}

impl Command for FillVendorFields {
    type Target = Ticket;
    type On = Model;
    const NEEDS: Permission = Permission::UsePortal;

    fn target(&self, on: &Model) -> Option<Uuid> {
        Some(on.target_of(&self.share))
    }

    fn place(&self, _: &Ticket) -> Place {
        self.share.place()
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        self.share.require_open(ticket)?;
        let to = VendorFields {
            fixed_in: setting::optional(self.fields.fixed_in),
            ..self.fields
        };
        let release = to.fixed_in.as_deref().unwrap_or_default();
        if release.chars().count() > MOST_CHARS {
            return Err(Rejected::TooLong);
        }
        if !(0..=VendorFields::MOST_EFFORT).contains(&to.effort_hundredths.unwrap_or(0)) {
            return Err(Rejected::NotATime);
        }
        let mut events = Vec::new();
        let from = self.share.fields();
        if from != to {
            events.push(TicketEvent::Share(Box::new(ShareEvent::Filled {
                share_id: self.share.id,
                organisation_id: self.share.organisation_id,
                version: self.share.version,
                change: Box::new(Change { from, to }),
                salt: self.share.salt,
            })));
        }
        events.extend(self.number.map(|number| TicketEvent::VendorNumberSet {
            organisation_id: self.share.organisation_id,
            number,
        }));
        match events.is_empty() {
            true => Err(Rejected::NothingToDo),
            false => Ok(events),
        }
    }
}
