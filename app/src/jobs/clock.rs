//! What the clock brings: reminders, notices of deadlines and reviews, tasks by date, closing, anchors, sweeping.

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use entities::article::{TellRecheck, TellReview};
use entities::ledger::{Done, Subject};
use entities::outgoing::{limits, told};
use entities::ticket::close::Ending;
use entities::ticket::{CallBack, Close, TellDeadlines, due};
use entities::{
    Actor, DeskError, Permit, Rule, anchor, article, notice, presence, session, statistics,
};
use tokio_util::sync::CancellationToken;

use super::{anchor_log, exports, nights, pause, recurring, watched_views};
use crate::account;
use crate::desk::Desk;
use crate::mail::intake;
use crate::web;

const TICK: Duration = Duration::from_secs(2);
const ANCHOR_EVERY: Duration = Duration::from_secs(60);
const OPEN_EVERY: Duration = Duration::from_secs(30);
const SWEEP_EVERY: Duration = Duration::from_secs(3600);

pub(super) async fn work(desk: Desk, stop: CancellationToken) {
    let mut anchored = Instant::now();
    let mut swept: Option<Instant> = None;
    let mut opened: Option<Instant> = None;
    let mut reconciled = None;
    let mut counted = None;
    let mut gathered = None;
    loop {
        log("reminders", call_back(&desk).await);
        log("deadlines", tell_all(&desk, &stop).await);
        log("reviews", tell_reviews(&desk).await);
        log("re-checks", tell_rechecks(&desk).await);
        log("watched views", look_at_views(&desk, &stop).await);
        log("notices by mail", tell_by_mail(&desk, &stop).await);
        if opened.is_none_or(|at| at.elapsed() >= OPEN_EVERY) {
            opened = Some(Instant::now());
            log("tasks by date", recurring::open(&desk).await);
        }
        log("closing", close(&desk).await);
        if anchored.elapsed() >= ANCHOR_EVERY {
            anchored = Instant::now();
            log("anchors", anchor(&desk).await);
            log("claims", free_far(&desk).await);
            log("presence", presence::sweep(&desk.db).await);
        }
        if swept.is_none_or(|at| at.elapsed() >= SWEEP_EVERY) {
            swept = Some(Instant::now());
            log("sweeping", sweep(&desk).await);
        }
        let today = nights::begun(desk.db.clock().now());
        let mail = nights::reconcile(&desk);
        nightly(&mut reconciled, today, "mail cannot be reconciled", mail).await;
        let checks = nights::keep_checks(&desk);
        nightly(&mut counted, today, "check lists cannot be counted", checks).await;
        let statistics = statistics::gather(&desk.db);
        nightly(
            &mut gathered,
            today,
            "statistics cannot be gathered",
            statistics,
        )
        .await;
        if pause(&stop, TICK).await {
            // What happened in the last minute is sealed before the process ends.
            log("anchors", anchor(&desk).await);
            return;
        }
    }
}

/// Does what a night has not seen done yet; what failed is tried again.
async fn nightly<T>(
    done: &mut Option<NaiveDate>,
    today: NaiveDate,
    failed: &str,
    work: impl Future<Output = entities::Result<T>>,
) {
    if *done == Some(today) {
        return;
    }
    match work.await {
        Ok(_) => *done = Some(today),
        Err(error) => tracing::error!(%error, "{failed}"),
    }
}

fn log<T>(what: &str, result: entities::Result<T>) {
    if let Err(error) = result {
        tracing::error!(what, %error, "regular work failed");
    }
}

/// Brings back tickets that waited for a date that has come; how many.
pub async fn call_back(desk: &Desk) -> entities::Result<usize> {
    let mut pairs = Vec::new();
    for ticket in due::called_back(&desk.db).await? {
        pairs.push((Permit::ask(&rule(Rule::Reminder), ticket)?, CallBack));
    }
    count(desk.db.change_many(pairs).await?)
}

/// Tells of deadlines that are near or have passed, a portion in a transaction; how many tickets it was.
pub async fn tell_deadlines(desk: &Desk) -> entities::Result<usize> {
    let mut pairs = Vec::new();
    for ticket in due::to_tell(&desk.db).await? {
        pairs.push((Permit::ask(&rule(Rule::Deadline), ticket)?, TellDeadlines));
    }
    count(desk.db.change_many(pairs).await?)
}

/// Tells owners of articles whose review is near, a portion in a transaction; how many articles it was.
pub async fn tell_reviews(desk: &Desk) -> entities::Result<usize> {
    let mut pairs = Vec::new();
    for article in article::due::to_tell(&desk.db).await? {
        pairs.push((Permit::ask(&rule(Rule::Reminder), article)?, TellReview));
    }
    count(desk.db.change_many(pairs).await?)
}

/// Tells of articles that a release asks to check, a portion in a transaction; how many articles it was.
pub async fn tell_rechecks(desk: &Desk) -> entities::Result<usize> {
    let mut pairs = Vec::new();
    for article in article::recheck::to_tell(&desk.db).await? {
        pairs.push((Permit::ask(&rule(Rule::Reminder), article)?, TellRecheck));
    }
    count(desk.db.change_many(pairs).await?)
}

/// Portion after portion: when a desk was away for long, many deadlines have passed.
async fn tell_all(desk: &Desk, stop: &CancellationToken) -> entities::Result<()> {
    while !stop.is_cancelled() && tell_deadlines(desk).await? > 0 {}
    Ok(())
}

/// Portion after portion: an import changes many tickets at once.
async fn look_at_views(desk: &Desk, stop: &CancellationToken) -> entities::Result<()> {
    while !stop.is_cancelled() && watched_views::look(desk).await? > 0 {}
    Ok(())
}

/// Queues the mails about notices that are due, portion after portion; many may watch the same.
async fn tell_by_mail(desk: &Desk, stop: &CancellationToken) -> entities::Result<()> {
    while !stop.is_cancelled() && notice::mail::gather(&desk.db).await? > 0 {}
    Ok(())
}

/// Closes what was solved long enough ago; how many.
pub async fn close(desk: &Desk) -> entities::Result<usize> {
    let mut pairs = Vec::new();
    for ticket in due::to_close(&desk.db).await? {
        let command = Close {
            to: Ending::Closed,
            reason: None,
        };
        pairs.push((Permit::ask(&rule(Rule::AutoClose), ticket)?, command));
    }
    count(desk.db.change_many(pairs).await?)
}

fn rule(rule: Rule) -> Actor {
    Actor::System(rule)
}

/// A refusal means that somebody else was faster.
fn count<S: Subject>(results: Vec<entities::Result<Done<S>>>) -> entities::Result<usize> {
    let mut done = 0;
    for result in results {
        match result {
            Ok(_) => done += 1,
            Err(DeskError::Rejected(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// Seals what changed, with a line for each anchor outside the database when a file is named.
pub async fn anchor(desk: &Desk) -> entities::Result<()> {
    anchor::anchor(&desk.db).await?;
    if let Some(file) = desk.config.history.anchor_log.clone() {
        anchor_log::catch_up(&desk.db, file).await?;
    }
    Ok(())
}

/// Frees what a clock that was wrong claimed or put off too far ahead; how much it was.
pub async fn free_far(desk: &Desk) -> entities::Result<u64> {
    let freed = entities::outbox::free_far(&desk.db, super::outbox::HOLD).await?
        + entities::inbound::free_far(&desk.db, intake::HOLD).await?;
    if freed > 0 {
        tracing::warn!(
            freed,
            "work was claimed by a clock that was wrong; it is free again"
        );
    }
    Ok(freed)
}

async fn sweep(desk: &Desk) -> entities::Result<()> {
    limits::sweep(&desk.db).await?;
    told::sweep(&desk.db).await?;
    entities::person::import::sweep(&desk.db).await?;
    // Before its bulk: without that its letters would be written anew.
    entities::mailing::sweep(&desk.db).await?;
    entities::bulk::sweep(&desk.db).await?;
    notice::sweep(&desk.db).await?;
    exports::sweep(desk).await?;
    entities::ticket::redact::sweep::sweep(&desk.db).await?;
    entities::sign_in::entry::sweep(&desk.db).await?;
    entities::sign_in::used::sweep(&desk.db).await?;
    entities::one_time::sweep(&desk.db).await?;
    entities::sign_in::sweep(&desk.db, account::sign_in::limits(desk).window).await?;
    session::sweep(&desk.db, web::session::limits(desk)).await
}
