//! Take the repair a step further, or back.

use uuid::Uuid;

use super::{Model, Repair, ShareEvent, Side};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::{Permission, Place};
use crate::ticket::event::{Change, TicketEvent};
use crate::ticket::state::{State, WaitingFor};
use crate::ticket::table::Model as Ticket;

/// A step of the desk's own unit, or one of the vendor that the unit notes on the vendor's word.
#[derive(Clone, Debug)]
pub struct MoveRepair {
    /// As it was seen.
    pub share: Model,
    pub to: Repair,
}

impl Command for MoveRepair {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::ShareWithVendor;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        let side = self.share.repair.turn().ok_or(Rejected::NotYourStep)?;
        let on_word = side == Side::Vendor;
        moved(&self.share, ticket, self.to, side, on_word)
    }
}

/// A step of the vendor, taken in the portal.
#[derive(Clone, Debug)]
pub struct MoveRepairAsVendor {
    /// As it was seen.
    pub share: Model,
    pub to: Repair,
}

impl Command for MoveRepairAsVendor {
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
        moved(&self.share, ticket, self.to, Side::Vendor, false)
    }
}

fn moved(
    share: &Model,
    ticket: &Ticket,
    to: Repair,
    side: Side,
    on_word: bool,
) -> Result<Vec<TicketEvent>, Rejected> {
    share.require_open(ticket)?;
    if !share.repair.may(side, to) {
        return Err(Rejected::NotYourStep);
    }
    let moved = TicketEvent::Share(Box::new(ShareEvent::RepairMoved {
        share_id: share.id,
        organisation_id: share.organisation_id,
        change: Change {
            from: share.repair,
            to,
        },
        side,
        on_word,
    }));
    let with_vendor = (State::Waiting, Some(WaitingFor::Vendor));
    let here = (ticket.state, ticket.waiting_for);
    // The ticket lies with whoever's turn it is.
    let state = match to {
        Repair::Delivered if here == with_vendor => (State::Open, None),
        Repair::InWork if side == Side::Unit && ticket.state == State::Open => with_vendor,
        _ => here,
    };
    let mut events = vec![moved];
    if state != here {
        events.push(TicketEvent::StateChanged {
            change: Change {
                from: ticket.state,
                to: state.0,
            },
            waiting_for: state.1,
            reason: None,
            ended: None,
        });
    }
    Ok(events)
}
