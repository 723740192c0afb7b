//! Reads the calendars people named for their absences, each once an hour.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{pause, rest};
use crate::absences::take_in;
use crate::desk::Desk;

const LOOK_EVERY: Duration = Duration::from_secs(30);

/// Apart from other work: a server may take long to answer.
pub(super) async fn work(desk: Desk, stop: CancellationToken) {
    loop {
        let read = tokio::select! {
            read = take_in::run_due(&desk) => read,
            () = stop.cancelled() => return,
        };
        let read = read.map(|read| read > 0);
        let rested = match rest(read, LOOK_EVERY, "calendars of absences cannot be read") {
            Some(time) => pause(&stop, time).await,
            None => stop.is_cancelled(),
        };
        if rested {
            return;
        }
    }
}
