//! Bulks that are too large for a request: a portion at a time, going on after a restart.

use std::convert::Infallible;

use chrono::Duration;
use entities::bulk::{self, Model};
use entities::{DeskError, person};
use tokio_util::sync::CancellationToken;

use super::{LOOK_EVERY, all_due, pause, rest};
use crate::desk::Desk;

/// How long a claim holds; every portion renews it, and so does time while one goes on.
const HOLD: Duration = Duration::minutes(2);
/// How often a portion that goes on renews it: letters may take minutes, and as long until their turn comes.
const RENEW: std::time::Duration = std::time::Duration::from_secs(30);

/// How long what was done behind the pages can be taken back.
const UNDO: Duration = Duration::seconds(10);

pub(super) async fn work(desk: Desk, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let found = one(&desk, &stop).await;
        if let Some(time) = rest(found, LOOK_EVERY, "a bulk cannot go on") {
            pause(&stop, time).await;
        }
    }
}

/// Does all that was begun; how many bulks it was.
pub(super) async fn run_due(desk: &Desk) -> entities::Result<usize> {
    all_due(async || one(desk, &CancellationToken::new()).await).await
}

/// Works on the oldest bulk; false when there is none.
async fn one(desk: &Desk, stop: &CancellationToken) -> entities::Result<bool> {
    let Some(begun) = bulk::claim(&desk.db, HOLD).await? else {
        return Ok(false);
    };
    go_on(desk, &begun, stop).await?;
    bulk::let_go(&desk.db, &begun).await?;
    Ok(true)
}

async fn go_on(desk: &Desk, begun: &Model, stop: &CancellationToken) -> entities::Result<()> {
    let Some(actor) = person::load_actor(&desk.db, begun.person_id).await? else {
        return bulk::end(&desk.db, begun, Some("forbidden"), UNDO).await;
    };
    loop {
        if stop.is_cancelled() {
            return Ok(());
        }
        let done = tokio::select! {
            done = Box::pin(bulk::go_on(&desk.db, &actor, begun, desk)) => done,
            never = renew(desk, begun) => match never {},
        };
        match done {
            Ok(0) => return bulk::end(&desk.db, begun, None, UNDO).await,
            Ok(_) => {}
            Err(DeskError::Hidden | DeskError::Forbidden) => {
                return bulk::end(&desk.db, begun, Some("forbidden"), UNDO).await;
            }
            Err(error) => return Err(error),
        }
        if !bulk::hold(&desk.db, begun, HOLD).await? {
            // Somebody stopped it.
            return Ok(());
        }
    }
}

/// Holds the claim for as long as it is waited for.
async fn renew(desk: &Desk, begun: &Model) -> Infallible {
    loop {
        tokio::time::sleep(RENEW).await;
        // Whoever stopped it is heard behind the portion.
        if let Err(error) = bulk::renew(&desk.db, begun, HOLD).await {
            tracing::warn!(%error, "the claim of a bulk could not be renewed");
        }
    }
}
