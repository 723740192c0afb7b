//! The rows that the events of a share write, in their transaction.

use sea_orm::{ActiveEnum, DatabaseTransaction, Value};
use uuid::Uuid;

use super::{count, run};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::organisation::count_partners;
use crate::ticket::share::justification::Passed;
use crate::ticket::share::{Repair, ShareEvent, Side, VendorShare};

/// Writes what one event does beyond its ticket.
pub(super) async fn write(
    tx: &DatabaseTransaction,
    ticket_id: Uuid,
    event: ShareEvent,
    at: Instant,
) -> Result<()> {
    match event {
        ShareEvent::Shared(share) => shared(tx, *share).await,
        ShareEvent::Withdrawn { share_id, .. } => {
            let sql = "UPDATE vendor_share SET withdrawn_at = $1, version = version + 1 \
                       WHERE id = $2 AND withdrawn_at IS NULL";
            require(
                run(tx, sql, vec![at.into(), share_id.into()]).await?,
                Rejected::NotShared,
            )
        }
        ShareEvent::RepairMoved {
            share_id,
            change,
            side,
            ..
        } => {
            // Back in work, nothing is delivered or live any more.
            let sql = "UPDATE vendor_share SET repair = $1, repair_at = $2, version = version + 1, \
                       reacted_at = CASE WHEN $3 = 1 THEN COALESCE(reacted_at, $2) ELSE reacted_at END, \
                       delivered_at = CASE WHEN $4 = 1 THEN COALESCE(delivered_at, $2) ELSE NULL END, \
                       live_at = CASE WHEN $5 = 1 THEN COALESCE(live_at, $2) ELSE NULL END \
                       WHERE id = $6 AND repair = $7 AND withdrawn_at IS NULL";
            let values = vec![
                name(change.to),
                at.into(),
                i32::from(side == Side::Vendor).into(),
                i32::from(change.to.is_delivered()).into(),
                i32::from(change.to.is_live()).into(),
                share_id.into(),
                name(change.from),
            ];
            require(run(tx, sql, values).await?, Rejected::ChangedMeanwhile)
        }
        ShareEvent::Told { message, .. } => spoke(tx, message.share_id, Side::Unit, at).await,
        ShareEvent::Answered { message, .. } => spoke(tx, message.share_id, Side::Vendor, at).await,
        ShareEvent::Filled {
            share_id,
            version,
            change,
            ..
        } => {
            let sql = "UPDATE vendor_share SET assessment = $1, fixed_in = $2, planned_for = $3, \
                       effort_hundredths = $4, version = version + 1 \
                       WHERE id = $5 AND version = $6 AND withdrawn_at IS NULL";
            let to = change.to;
            let values = vec![
                to.assessment.map(|a| a.to_value()).into(),
                to.fixed_in.into(),
                to.planned_for.into(),
                to.effort_hundredths.into(),
                share_id.into(),
                version.into(),
            ];
            require(run(tx, sql, values).await?, Rejected::ChangedMeanwhile)
        }
        ShareEvent::GatePassed {
            message_id, passed, ..
        } => justified(tx, ticket_id, message_id, *passed, at).await,
    }
}

/// Notes that a vendor wrote a mail; what they write after all was withdrawn still belongs to their share.
pub(super) async fn heard(tx: &DatabaseTransaction, share_id: Uuid, at: Instant) -> Result<()> {
    let sql = "UPDATE vendor_share SET last_message_at = $1, vendor_spoke_last = $2, \
               reacted_at = COALESCE(reacted_at, $1) WHERE id = $3";
    run(tx, sql, vec![at.into(), true.into(), share_id.into()]).await?;
    Ok(())
}

async fn spoke(
    tx: &DatabaseTransaction,
    share_id: Option<Uuid>,
    side: Side,
    at: Instant,
) -> Result<()> {
    let sql = "UPDATE vendor_share SET last_message_at = $1, vendor_spoke_last = $2, \
               reacted_at = CASE WHEN $3 = 1 THEN COALESCE(reacted_at, $1) ELSE reacted_at END \
               WHERE id = $4 AND withdrawn_at IS NULL";
    let by_vendor = side == Side::Vendor;
    let values = vec![
        at.into(),
        by_vendor.into(),
        i32::from(by_vendor).into(),
        share_id.into(),
    ];
    require(run(tx, sql, values).await?, Rejected::NotShared)
}

async fn shared(tx: &DatabaseTransaction, share: VendorShare) -> Result<()> {
    let sql = format!("{} AND retired_at IS NULL", count_partners());
    if count(tx, &sql, vec![share.organisation_id.into()]).await? == 0 {
        return Err(Rejected::NotAVendor.into());
    }
    // What was withdrawn begins anew in the same row, so that its messages find it again.
    let sql = "INSERT INTO vendor_share (id, ticket_id, organisation_id, title, enquiry, service_id, contact_id, \
               repair, repair_at, reaction_due_at, delivery_due_at, shared_at, last_message_at, vendor_spoke_last, \
               version, salt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $9, $9, $12, $13, $14) \
               ON CONFLICT (ticket_id, organisation_id) DO UPDATE SET title = excluded.title, \
               enquiry = excluded.enquiry, service_id = excluded.service_id, contact_id = excluded.contact_id, \
               repair = excluded.repair, repair_at = excluded.repair_at, reaction_due_at = excluded.reaction_due_at, \
               delivery_due_at = excluded.delivery_due_at, reacted_at = NULL, delivered_at = NULL, \
               live_at = NULL, \
               shared_at = excluded.shared_at, withdrawn_at = NULL, last_message_at = excluded.last_message_at, \
               vendor_spoke_last = excluded.vendor_spoke_last, version = vendor_share.version + 1, \
               salt = excluded.salt, assessment = NULL, fixed_in = NULL, planned_for = NULL, \
               effort_hundredths = NULL \
               WHERE vendor_share.id = excluded.id AND vendor_share.withdrawn_at IS NOT NULL";
    let values = vec![
        share.id.into(),
        share.ticket_id.into(),
        share.organisation_id.into(),
        share.title.into(),
        share.enquiry.into(),
        share.service_id.into(),
        share.contact_id.into(),
        name(share.repair),
        share.shared_at.into(),
        share.reaction_due_at.into(),
        share.delivery_due_at.into(),
        share.vendor_spoke_last.into(),
        share.version.into(),
        share.salt.into(),
    ];
    require(run(tx, sql, values).await?, Rejected::AlreadyShared)
}

async fn justified(
    tx: &DatabaseTransaction,
    ticket_id: Uuid,
    message_id: Uuid,
    passed: Passed,
    at: Instant,
) -> Result<()> {
    let sql = "INSERT INTO justification (id, ticket_id, message_id, kind, found, reason, created_at, salt) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    for one in passed.justified {
        let values = vec![
            one.id.into(),
            ticket_id.into(),
            message_id.into(),
            one.kind.name().into(),
            one.found.into(),
            one.reason.into(),
            at.into(),
            one.salt.into(),
        ];
        run(tx, sql, values).await?;
    }
    Ok(())
}

fn name(repair: Repair) -> Value {
    repair.to_value().into()
}

/// Refuses what found no row to change.
fn require(rows: u64, why: Rejected) -> Result<()> {
    match rows {
        0 => Err(why.into()),
        _ => Ok(()),
    }
}
