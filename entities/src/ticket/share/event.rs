//! What can happen between a ticket and one vendor.

use serde_json::{Value, json};
use uuid::Uuid;

use super::fill::VendorFields;
use super::justification::Passed;
use super::{Model, Repair, Side};
use crate::clock::micros;
use crate::history::digest;
use crate::notice;
use crate::outbox::Effect;
use crate::ticket::event::{Change, NewOutbound, record_message};
use crate::ticket::message::NewMessage;
use crate::ticket::state::Delivery;

/// One thing that happened to a share. All of it stands in the history of the ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareEvent {
    /// The vendor sees from now on what this row holds, and nothing else.
    Shared(Box<Model>),
    Withdrawn {
        share_id: Uuid,
        organisation_id: Uuid,
    },
    RepairMoved {
        share_id: Uuid,
        organisation_id: Uuid,
        change: Change<Repair>,
        /// Whose step it was.
        side: Side,
        /// The unit noted a step of the vendor, who told of it otherwise.
        on_word: bool,
    },
    /// A message went to the vendor, as a mail too if there is one.
    Told {
        organisation_id: Uuid,
        message: Box<NewMessage>,
        outbound: Option<NewOutbound>,
    },
    /// The vendor wrote in the portal.
    Answered {
        organisation_id: Uuid,
        message: Box<NewMessage>,
    },
    /// The vendor filled their fields.
    Filled {
        share_id: Uuid,
        organisation_id: Uuid,
        /// The row's as the vendor saw it.
        version: i32,
        change: Box<Change<VendorFields>>,
        salt: Vec<u8>,
    },
    /// Everything personal that was found in a message to a vendor was blacked out or let through for a reason.
    GatePassed {
        organisation_id: Uuid,
        message_id: Uuid,
        passed: Box<Passed>,
    },
}

impl ShareEvent {
    /// The stored name.
    pub fn name(&self) -> &'static str {
        match self {
            ShareEvent::Shared(_) => "shared",
            ShareEvent::Withdrawn { .. } => "share_withdrawn",
            ShareEvent::RepairMoved { .. } => "repair_moved",
            ShareEvent::Told { .. } => "vendor_told",
            ShareEvent::Answered { .. } => "vendor_answered",
            ShareEvent::Filled { .. } => "vendor_filled",
            ShareEvent::GatePassed { .. } => "gate_passed",
        }
    }

    /// The stored form, free of personal content.
    pub fn record(&self) -> Value {
        match self {
            ShareEvent::Shared(share) => json!({
                "share": share.id,
                "organisation": share.organisation_id,
                "service": share.service_id,
                "contact": share.contact_id,
                "title": digest(&share.salt, &share.title),
                "enquiry": digest(&share.salt, &share.enquiry),
                "reaction_due": micros(share.reaction_due_at),
                "delivery_due": micros(share.delivery_due_at),
            }),
            ShareEvent::Withdrawn {
                share_id,
                organisation_id,
            } => json!({ "share": share_id, "organisation": organisation_id }),
            ShareEvent::RepairMoved {
                share_id,
                organisation_id,
                change,
                side,
                on_word,
            } => json!({
                "share": share_id, "organisation": organisation_id, "from": change.from, "to": change.to,
                "side": side, "on_word": on_word,
            }),
            ShareEvent::Told {
                organisation_id,
                message,
                outbound,
            } => {
                let mut record = record_message(message);
                record["organisation"] = json!(organisation_id);
                if let Some(outbound) = outbound {
                    record["mail_id"] = json!(outbound.mail_id);
                    record["not_before"] = json!(micros(Some(outbound.not_before)));
                }
                record
            }
            ShareEvent::Answered {
                organisation_id,
                message,
            } => {
                let mut record = record_message(message);
                record["organisation"] = json!(organisation_id);
                record
            }
            ShareEvent::Filled {
                share_id,
                organisation_id,
                change,
                salt,
                ..
            } => {
                let text = |text: &Option<String>| text.as_ref().map(|t| digest(salt, t));
                let side = |fields: &VendorFields| {
                    json!({
                        "assessment": fields.assessment, "fixed_in": text(&fields.fixed_in),
                        "planned_for": fields.planned_for, "effort": fields.effort_hundredths,
                    })
                };
                json!({
                    "share": share_id, "organisation": organisation_id,
                    "from": side(&change.from), "to": side(&change.to),
                })
            }
            ShareEvent::GatePassed {
                organisation_id,
                message_id,
                passed,
            } => json!({
                "organisation": organisation_id, "message": message_id,
                "blacked": passed.blacked, "justified": passed.record(),
            }),
        }
    }

    /// The message that came into the thread with it.
    pub fn message(&self) -> Option<&NewMessage> {
        match self {
            ShareEvent::Told { message, .. } | ShareEvent::Answered { message, .. } => {
                Some(message)
            }
            ShareEvent::Shared(_)
            | ShareEvent::Withdrawn { .. }
            | ShareEvent::RepairMoved { .. }
            | ShareEvent::Filled { .. }
            | ShareEvent::GatePassed { .. } => None,
        }
    }

    /// Work that must follow.
    pub fn effects(&self) -> Vec<Effect> {
        match self {
            ShareEvent::Told {
                message,
                outbound: Some(outbound),
                ..
            } if message.delivery == Delivery::Queued => vec![Effect::SendMail {
                message_id: message.id,
                not_before: outbound.not_before,
            }],
            ShareEvent::Shared(_)
            | ShareEvent::Withdrawn { .. }
            | ShareEvent::RepairMoved { .. }
            | ShareEvent::Told { .. }
            | ShareEvent::Answered { .. }
            | ShareEvent::Filled { .. }
            | ShareEvent::GatePassed { .. } => vec![],
        }
    }

    /// Whoever works on the ticket is told of what the vendor does.
    pub fn notice(&self) -> Option<notice::Kind> {
        match self {
            ShareEvent::Answered { .. } => Some(notice::Kind::VendorAnswered),
            ShareEvent::RepairMoved {
                side: Side::Vendor,
                on_word: false,
                ..
            } => Some(notice::Kind::RepairMoved),
            ShareEvent::Shared(_)
            | ShareEvent::Withdrawn { .. }
            | ShareEvent::RepairMoved { .. }
            | ShareEvent::Told { .. }
            | ShareEvent::Filled { .. }
            | ShareEvent::GatePassed { .. } => None,
        }
    }
}
