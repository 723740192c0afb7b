//! A sample of each event between a ticket and a vendor.

use entities::redaction::Kind as Found;
use entities::ticket::event::Change;
use entities::ticket::share::justification::{Justified, Passed};
use entities::ticket::share::{Enquiry, Repair, ShareEvent, Side, VendorFields, VendorShare};
use entities::{Clock, new_id};

use super::events::{canary, message, outbound};

fn share() -> VendorShare {
    let at = Clock::default().now();
    let enquiry = Enquiry {
        observed: canary("observed"),
        ..Enquiry::default()
    };
    VendorShare {
        id: new_id(),
        ticket_id: new_id(),
        organisation_id: new_id(),
        title: canary("title for a vendor"),
        enquiry: serde_json::json!(enquiry).to_string(),
        service_id: None,
        contact_id: Some(new_id()),
        repair: Repair::Reported,
        repair_at: at,
        assessment: None,
        fixed_in: None,
        planned_for: None,
        effort_hundredths: None,
        reaction_due_at: Some(at),
        delivery_due_at: Some(at),
        reacted_at: None,
        delivered_at: None,
        live_at: None,
        shared_at: at,
        withdrawn_at: None,
        last_message_at: at,
        vendor_spoke_last: false,
        version: 1,
        salt: entities::history::salt(),
    }
}

/// One of each.
pub fn share_events() -> Vec<ShareEvent> {
    let id = new_id();
    vec![
        ShareEvent::Shared(Box::new(share())),
        ShareEvent::Withdrawn {
            share_id: id,
            organisation_id: id,
        },
        ShareEvent::RepairMoved {
            share_id: id,
            organisation_id: id,
            change: Change {
                from: Repair::Reported,
                to: Repair::Accepted,
            },
            side: Side::Vendor,
            on_word: true,
        },
        ShareEvent::Told {
            organisation_id: id,
            message: message(),
            outbound: Some(outbound()),
        },
        ShareEvent::Answered {
            organisation_id: id,
            message: message(),
        },
        ShareEvent::Filled {
            share_id: id,
            organisation_id: id,
            version: 1,
            change: Box::new(Change {
                from: VendorFields::default(),
                to: VendorFields {
                    fixed_in: Some(canary("release")),
                    ..VendorFields::default()
                },
            }),
            salt: entities::history::salt(),
        },
        ShareEvent::GatePassed {
            organisation_id: id,
            message_id: id,
            passed: Box::new(Passed {
                blacked: [(Found::Iban, 2)].into(),
                justified: vec![Justified::new(
                    Found::Name,
                    canary("found"),
                    canary("reason"),
                )],
            }),
        },
    ]
}

/// A new kind of event does not compile here until it has a place, and a sample above.
pub fn share_place(event: &ShareEvent) -> usize {
    match event {
        ShareEvent::Shared(_) => 0,
        ShareEvent::Withdrawn { .. } => 1,
        ShareEvent::RepairMoved { .. } => 2,
        ShareEvent::Told { .. } => 3,
        ShareEvent::Answered { .. } => 4,
        ShareEvent::Filled { .. } => 5,
        ShareEvent::GatePassed { .. } => 6,
    }
}
