//! Mail that was stored and waits to become a message.

use entities::inbound;
use tokio_util::sync::CancellationToken;

use super::{LOOK_EVERY, pause, rest};
use crate::desk::Desk;
use crate::mail::intake;
use crate::mail::noting::noted;

/// How many mails are claimed together; they are processed in order.
const AT_ONCE: u32 = 5;

pub(super) async fn work(desk: Desk, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let found = some(&desk, &stop).await.map(|some| some > 0);
        if let Some(time) = rest(found, LOOK_EVERY, "stored mail cannot be processed") {
            pause(&stop, time).await;
        }
    }
}

/// Processes all that waits; how much it was.
pub(super) async fn run_due(desk: &Desk) -> entities::Result<usize> {
    let stop = CancellationToken::new();
    let mut done = 0;
    loop {
        match some(desk, &stop).await? {
            0 => return Ok(done),
            more => done += more,
        }
    }
}

async fn some(desk: &Desk, stop: &CancellationToken) -> entities::Result<usize> {
    if !inbound::is_waiting(&desk.db).await? {
        return Ok(0);
    }
    let mails = inbound::claim(&desk.db, AT_ONCE, intake::HOLD).await?;
    let mut failed = None;
    for mail in &mails {
        if stop.is_cancelled() || failed.is_some() {
            noted(|| inbound::hand_back(&desk.db, mail.id)).await?;
        } else {
            failed = intake::process(desk, mail).await.err();
        }
    }
    failed.map_or(Ok(mails.len()), Err)
}
