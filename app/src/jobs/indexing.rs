//! Keeping the index in step: what changed is taken in within a second or two, by the process that may write it.

use std::time::Duration;

use chrono::NaiveDate;
use entities::finding::queue;
use entities::synonym;
use tokio_util::sync::CancellationToken;

use super::{AFTER_FAILURE, LOOK_EVERY, nights, pause, reading};
use crate::desk::Desk;
use crate::finding::reindex::{self, Failure};

/// How long to wait before trying again to be the one who writes.
const AGAIN: Duration = Duration::from_secs(10);

pub(super) async fn work(desk: Desk, stop: CancellationToken) {
    let mut compared = None;
    while !stop.is_cancelled() {
        let worked = tokio::select! {
            () = stop.cancelled() => return,
            worked = step(&desk, &mut compared) => worked,
        };
        let wait = match worked {
            Ok(0) => LOOK_EVERY,
            Ok(_) => continue,
            Err(Failure::Index(search::Error::Locked(_))) => AGAIN,
            Err(error) => {
                tracing::error!(%error, "the search index cannot be brought in step");
                if let Failure::Index(error) = &error {
                    desk.index.forget(error).await;
                }
                AFTER_FAILURE
            }
        };
        pause(&stop, wait).await;
    }
}

/// Takes in some of what waits; `compared` is the night in which index and database were compared last.
async fn step(desk: &Desk, compared: &mut Option<NaiveDate>) -> Result<usize, Failure> {
    let engine = desk.index.writer().await?;
    let night = nights::begun(desk.db.clock().now());
    if compared.is_none() {
        queue::free(&desk.db).await?;
    }
    if *compared != Some(night) {
        begin(desk, &engine).await?;
        desk.index.untell().await;
        *compared = Some(night);
    }
    tell(desk, &engine).await?;
    reindex::take_in(&desk.db, &engine, desk.config.time_zone).await
}

/// Tells the engine of words that mean the same: at the start, when they change, and again each night.
async fn tell(desk: &Desk, engine: &search::Engine) -> Result<(), Failure> {
    let groups = synonym::groups(&desk.db).await?;
    Ok(desk.index.tell(engine, groups).await?)
}

/// What an index needs at the start, and again each night: all of the desk when it is empty, else what differs.
async fn begin(desk: &Desk, engine: &search::Engine) -> Result<(), Failure> {
    if engine.stats().await?.documents == 0 {
        let taken = reindex::anew(&desk.db, engine, desk.config.time_zone, |_, _| {}).await?;
        tracing::info!(taken, "the search index was built");
        return Ok(());
    }
    let difference = reindex::compare(&desk.db, engine).await?;
    if !difference.is_none() {
        tracing::info!(?difference, "the search index is brought in step");
    }
    Ok(())
}

/// Takes in everything that waits, and what is written in its files, once; for tests and for the demo.
///
/// # Errors
/// The database's and the engine's.
pub async fn run_due(desk: &Desk) -> Result<(), Failure> {
    let engine = desk.index.writer().await?;
    tell(desk, &engine).await?;
    loop {
        while reindex::take_in(&desk.db, &engine, desk.config.time_zone).await? > 0 {}
        if reading::run_due(desk).await? == 0 {
            return Ok(());
        }
    }
}
