//! Tickets for people who are written to: a portion at a time, going on after a restart.

use chrono::Duration;
use entities::mailing::{self, Model};
use entities::{DeskError, person};
use tokio_util::sync::CancellationToken;

use super::{LOOK_EVERY, all_due, pause, rest};
use crate::desk::Desk;

/// How long a claim holds; every portion renews it.
const HOLD: Duration = Duration::minutes(2);

pub(super) async fn work(desk: Desk, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let found = one(&desk, &stop).await;
        if let Some(time) = rest(found, LOOK_EVERY, "a mailing cannot go on") {
            pause(&stop, time).await;
        }
    }
}

/// Opens all tickets that are due; how many mailings it was.
pub(super) async fn run_due(desk: &Desk) -> entities::Result<usize> {
    all_due(async || one(desk, &CancellationToken::new()).await).await
}

/// Works on the oldest mailing; false when there is none.
async fn one(desk: &Desk, stop: &CancellationToken) -> entities::Result<bool> {
    let Some(begun) = mailing::claim(&desk.db, HOLD).await? else {
        return Ok(false);
    };
    go_on(desk, &begun, stop).await?;
    mailing::let_go(&desk.db, &begun).await?;
    Ok(true)
}

async fn go_on(desk: &Desk, begun: &Model, stop: &CancellationToken) -> entities::Result<()> {
    let Some(actor) = person::load_actor(&desk.db, begun.person_id).await? else {
        return mailing::end(&desk.db, begun, Some("forbidden")).await;
    };
    let title = [("title", begun.title.as_str().into())];
    let note = desk.config.locale.t_with("mailing-note", &title);
    loop {
        if stop.is_cancelled() {
            return Ok(());
        }
        match mailing::go_on(&desk.db, &actor, begun, &note).await {
            Ok(0) => return mailing::end(&desk.db, begun, None).await,
            Ok(_) => {}
            Err(DeskError::Hidden | DeskError::Forbidden) => {
                return mailing::end(&desk.db, begun, Some("forbidden")).await;
            }
            Err(error) => return Err(error),
        }
        if !mailing::hold(&desk.db, begun, HOLD).await? {
            // Somebody stopped it.
            return Ok(());
        }
    }
}
