//! Reading files, one after the other, so that tickets are found by what is written in them.

use chrono::Duration;
use entities::DeskError;
use entities::finding::file_text::{self, Model};
use tokio_util::sync::CancellationToken;

use super::{LOOK_EVERY, all_due, pause, rest};
use crate::desk::Desk;
use crate::reading::{Kind, apart};

/// How long a claim holds; longer than reading may take.
const HOLD: Duration = Duration::minutes(5);

pub(super) async fn work(desk: Desk, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let found = tokio::select! {
            () = stop.cancelled() => return,
            found = one(&desk) => found,
        };
        if let Some(time) = rest(found, LOOK_EVERY, "files cannot be read") {
            pause(&stop, time).await;
        }
    }
}

/// Reads all files that wait; how many it was.
pub(super) async fn run_due(desk: &Desk) -> entities::Result<usize> {
    all_due(async || one(desk).await).await
}

/// Reads the file that waits longest; false when there is none.
async fn one(desk: &Desk) -> entities::Result<bool> {
    let Some(file) = file_text::claim(&desk.db, HOLD).await? else {
        return Ok(false);
    };
    let text = match desk.db.blobs().get(&file.sha256).await {
        Ok(bytes) => read(desk, &file, &bytes).await,
        Err(error @ DeskError::StoreAway(_)) => {
            file_text::hand_back(&desk.db, &file).await?;
            return Err(error);
        }
        Err(error) => Err(error.into()),
    };
    let text = text.unwrap_or_else(|error| {
        tracing::info!(sha256 = file.sha256, %error, "a file is not found by its text");
        String::new()
    });
    file_text::keep(&desk.db, &file, &text).await?;
    Ok(true)
}

async fn read(desk: &Desk, file: &Model, bytes: &[u8]) -> anyhow::Result<String> {
    match Kind::of(&file.name, &file.content_type) {
        Some(kind) => apart::read(&desk.program, kind, bytes).await,
        None => Ok(String::new()),
    }
}
