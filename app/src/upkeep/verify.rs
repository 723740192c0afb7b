//! `lotse verify`: checks every chain and anchor and names the first broken place.

use anyhow::Context as _;
use entities::history::{self, Broken, Fault, Verified};

use super::bar;
use crate::desk::Desk;

/// The result of a check.
pub async fn verify(desk: &Desk) -> anyhow::Result<Result<Verified, Broken>> {
    let log = match &desk.config.history.anchor_log {
        None => None,
        Some(path) => match std::fs::read_to_string(path) {
            Ok(log) => Some(log),
            // No anchor was made yet, or the log is gone: then every anchor without its line is a finding.
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Some(String::new()),
            Err(e) => {
                return Err(e).with_context(|| format!("history.anchor_log {}", path.display()));
            }
        },
    };
    let progress = bar("verifying", 0);
    let checked = history::verify(&desk.db, log.as_deref(), |done, all| {
        progress.set_length(all);
        progress.set_position(done);
    })
    .await?;
    progress.finish_and_clear();
    Ok(checked)
}

/// What stands on the terminal when everything holds.
pub fn intact(v: &Verified) -> String {
    let intact = format!(
        "The history is intact: {} events of {} subjects, {} anchors.",
        v.events, v.subjects, v.anchors
    );
    match v.unnoted {
        0 => intact,
        n => format!(
            "{intact} history.anchor_log lacks the newest {n}; the desk adds them while it runs."
        ),
    }
}

/// What stands on the terminal when something is broken.
pub fn broken(b: &Broken) -> String {
    if b.kind.is_empty() {
        return format!("BROKEN at anchor {}: {}.", b.number, fault(b.fault));
    }
    let label = b
        .label
        .as_deref()
        .map(|l| format!(" {l}"))
        .unwrap_or_default();
    format!(
        "BROKEN at {}{label} ({}), event {}: {}.",
        b.kind,
        b.subject_id,
        b.number,
        fault(b.fault)
    )
}

fn fault(fault: Fault) -> &'static str {
    match fault {
        Fault::Altered => "its content was altered",
        Fault::OutOfOrder => {
            "it does not follow the event before it; events were swapped, inserted or moved"
        }
        Fault::Missing => "it is missing",
        Fault::HeadDiffers => "the chain ends elsewhere than its head says",
        Fault::HeadAltered => "the head of the chain was altered",
        Fault::HeadMissing => "the head of the chain is missing",
        Fault::RolledBack => "an anchor knows this event, the chain does not; it was rolled back",
        Fault::AnchorAltered => "the anchor was altered",
        Fault::AnchorMissing => "the anchor is missing",
        Fault::AnchorLogDiffers => "the anchor differs from the log outside the database",
    }
}
