//! Work behind the pages: what is queued, what came in, and what the clock brings; in `serve` and in `work`.

mod absence_feeds;
mod anchor_log;
mod bulks;
pub mod clock;
mod exports;
mod imports;
mod inbound;
pub mod indexing;
mod mailings;
pub mod nights;
mod outbox;
mod reading;
pub mod recurring;
pub mod vouching;
pub mod watched_views;

use std::time::Duration;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::absences::take_in;
use crate::desk::Desk;
use crate::machines;
use crate::mail::imap;
use crate::mail::posts::Posts;

/// How often every queue is looked at; a look costs one read of an index.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// How long to leave the database alone after it failed.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Works until `stop` is cancelled, then ends what was begun and hands the rest back.
pub async fn run(desk: Desk, stop: CancellationToken) -> anyhow::Result<()> {
    let posts = Posts::new(&desk)?;
    let mut all = JoinSet::new();
    all.spawn(outbox::work(desk.clone(), posts, stop.clone()));
    all.spawn(inbound::work(desk.clone(), stop.clone()));
    all.spawn(imports::work(desk.clone(), stop.clone()));
    all.spawn(mailings::work(desk.clone(), stop.clone()));
    all.spawn(bulks::work(desk.clone(), stop.clone()));
    all.spawn(exports::work(desk.clone(), stop.clone()));
    all.spawn(vouching::work(desk.clone(), stop.clone()));
    all.spawn(absence_feeds::work(desk.clone(), stop.clone()));
    all.spawn(indexing::work(desk.clone(), stop.clone()));
    all.spawn(reading::work(desk.clone(), stop.clone()));
    all.spawn(clock::work(desk.clone(), stop.clone()));
    all.spawn(machines::work(desk.clone(), stop.clone()));
    all.spawn(imap::work(desk, stop.clone()));
    while let Some(ended) = all.join_next().await {
        if let Err(error) = ended
            && !stop.is_cancelled()
        {
            anyhow::bail!("a part of the work behind the pages ended: {error}");
        }
    }
    Ok(())
}

/// Does everything that is due now, and what follows from it, once; for tests and for the demo.
pub async fn run_due(desk: &Desk) -> anyhow::Result<()> {
    let posts = Posts::new(desk)?;
    loop {
        clock::free_far(desk).await?;
        let mut done = inbound::run_due(desk).await?;
        done += imports::run_due(desk).await?;
        done += mailings::run_due(desk).await?;
        done += bulks::run_due(desk).await?;
        done += exports::run_due(desk).await?;
        done += outbox::run_due(desk, &posts).await?;
        done += vouching::run_due(desk).await?;
        done += take_in::run_due(desk).await?;
        done += clock::call_back(desk).await?;
        done += clock::tell_deadlines(desk).await?;
        done += clock::tell_reviews(desk).await?;
        done += clock::tell_rechecks(desk).await?;
        done += watched_views::look(desk).await?;
        done += entities::notice::mail::gather(&desk.db).await?;
        done += recurring::open(desk).await?;
        done += clock::close(desk).await?;
        if done == 0 {
            return Ok(());
        }
    }
}

/// How long to rest after a look at a queue; not at all when there was something.
fn rest(found: entities::Result<bool>, every: Duration, failure: &str) -> Option<Duration> {
    match found {
        Ok(true) => None,
        Ok(false) => Some(every),
        Err(error) => {
            tracing::error!(%error, "{failure}");
            Some(AFTER_FAILURE)
        }
    }
}

/// Works on one piece after the other until there is none; how many it was.
async fn all_due(one: impl AsyncFn() -> entities::Result<bool>) -> entities::Result<usize> {
    let mut done = 0;
    while one().await? {
        done += 1;
    }
    Ok(done)
}

/// Sleeps; true when it is time to stop.
pub(crate) async fn pause(stop: &CancellationToken, time: Duration) -> bool {
    tokio::select! {
        () = stop.cancelled() => true,
        () = tokio::time::sleep(time) => false,
    }
}
