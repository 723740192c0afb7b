//! Consequences of events: claimed, done, tried again.

use std::time::Duration;

use entities::outbox::{self, Claim, Next};
use entities::person::tell::Tell;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::{AFTER_FAILURE, LOOK_EVERY, pause};
use crate::desk::Desk;
use crate::mail::noting::noted;
use crate::mail::post::chain;
use crate::mail::posts::Posts;
use crate::mail::send::{self, Progress};

/// How many pieces of work one process does at once.
const AT_ONCE: usize = 4;

/// How long a claim holds; work is cut off well before.
pub(super) const HOLD: chrono::Duration = chrono::Duration::minutes(15);
const MOST_TIME: Duration = Duration::from_secs(12 * 60);

/// How long work that was begun may take after a signal.
const PATIENCE: Duration = Duration::from_secs(15);

/// After so many failures of the desk itself, work is given up and stays visible as dead.
const MOST_ATTEMPTS: i32 = 20;

pub(super) async fn work(desk: Desk, posts: Posts, stop: CancellationToken) {
    let mut running = JoinSet::new();
    while !stop.is_cancelled() {
        match claim(&desk, AT_ONCE - running.len()).await {
            Ok(claims) => {
                for claim in claims {
                    if stop.is_cancelled() {
                        hand_back(&desk, &claim).await;
                    } else {
                        running.spawn(one(desk.clone(), posts.clone(), claim));
                    }
                }
            }
            Err(error) => {
                tracing::error!(%error, "the queue cannot be read");
                pause(&stop, AFTER_FAILURE).await;
            }
        }
        tokio::select! {
            () = stop.cancelled() => {}
            Some(_) = running.join_next(), if !running.is_empty() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
    let ended = async { while running.join_next().await.is_some() {} };
    // What does not end is cut off; its claim runs out and another process tries again.
    let _ = tokio::time::timeout(PATIENCE, ended).await;
}

async fn claim(desk: &Desk, most: usize) -> entities::Result<Vec<Claim>> {
    if most == 0 || !outbox::is_due(&desk.db).await? {
        return Ok(Vec::new());
    }
    outbox::claim(&desk.db, u32::try_from(most).unwrap_or(1), HOLD).await
}

async fn hand_back(desk: &Desk, claim: &Claim) {
    if let Err(error) = outbox::hand_back(&desk.db, claim).await {
        tracing::warn!(%error, "a claim was not handed back; it runs out");
    }
}

/// Does all that is due, one after the other; how much it was.
pub(super) async fn run_due(desk: &Desk, posts: &Posts) -> entities::Result<usize> {
    let mut done = 0;
    loop {
        let claims = claim(desk, AT_ONCE).await?;
        if claims.is_empty() {
            return Ok(done);
        }
        for claim in claims {
            one(desk.clone(), posts.clone(), claim).await;
            done += 1;
        }
    }
}

async fn one(desk: Desk, posts: Posts, claim: Claim) {
    let result = tokio::time::timeout(MOST_TIME, effect(&desk, &posts, &claim)).await;
    if let Err(error) = noted(|| settle(&desk, &claim, &result)).await {
        tracing::error!(effect = claim.effect, %error, "work could not be settled; it is done again");
    }
}

type Result = std::result::Result<entities::Result<Progress>, tokio::time::error::Elapsed>;

/// Notes what became of claimed work.
async fn settle(desk: &Desk, claim: &Claim, result: &Result) -> entities::Result<()> {
    match result {
        Ok(Ok(Progress::Done)) => outbox::done(&desk.db, claim).await,
        Ok(Ok(Progress::Again { at, error })) => {
            outbox::failed(&desk.db, claim, error, Next::TryAt(*at)).await
        }
        Ok(Ok(Progress::Later { at })) => outbox::put_off(&desk.db, claim, *at).await,
        Ok(Ok(Progress::GivenUp { error })) => {
            outbox::failed(&desk.db, claim, error, Next::GiveUp).await
        }
        // The database was away, which is nobody's failure.
        Ok(Err(error)) if error.is_away() => outbox::hand_back(&desk.db, claim).await,
        Ok(Err(error)) => again(desk, claim, &chain(error)).await,
        Err(_) => again(desk, claim, "took too long").await,
    }
}

async fn again(desk: &Desk, claim: &Claim, error: &str) -> entities::Result<()> {
    tracing::error!(effect = claim.effect, subject = %claim.subject_id, error, "work failed");
    let next = if claim.attempts >= MOST_ATTEMPTS {
        Next::GiveUp
    } else {
        let wait = chrono::Duration::seconds(5 << claim.attempts.clamp(0, 10));
        Next::TryAt(desk.db.clock().now() + wait)
    };
    outbox::failed(&desk.db, claim, error, next).await
}

async fn effect(desk: &Desk, posts: &Posts, claim: &Claim) -> entities::Result<Progress> {
    match claim.effect.as_str() {
        "send_mail" => send::send(desk, posts, claim.subject_id, claim.attempts).await,
        "send_receipt" => send::receipt(desk, claim.subject_id)
            .await
            .map(|()| Progress::Done),
        "send_closing_note" => send::closing_note(desk, claim.subject_id)
            .await
            .map(|()| Progress::Done),
        other => match Tell::from_name(other) {
            Some(tell) => send::told(desk, posts, claim, tell).await,
            None => Err(entities::DeskError::Damaged(format!(
                "nothing does “{other}”"
            ))),
        },
    }
}
