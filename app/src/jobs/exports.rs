//! Exports as XLSX: written behind the pages into a temporary file, then laid down in the file store for a day.

use std::path::{Path, PathBuf};

use entities::export::{self, Ending, Model};
use entities::person;
use tokio::io::AsyncReadExt as _;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{LOOK_EVERY, all_due, pause, rest};
use crate::desk::Desk;
use crate::export::about::about;
use crate::export::reader::{Reader, Walk};
use crate::export::start::end;
use crate::export::xlsx;
use crate::locale::{Locale, Now};

/// Portions of rows that wait to be written.
const AHEAD: usize = 2;

pub(super) async fn work(desk: Desk, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let found = one(&desk, &stop).await;
        if let Some(time) = rest(found, LOOK_EVERY * 2, "an export cannot go on") {
            pause(&stop, time).await;
        }
    }
}

/// Does all that was begun; how many exports it was.
pub(super) async fn run_due(desk: &Desk) -> entities::Result<usize> {
    all_due(async || one(desk, &CancellationToken::new()).await).await
}

/// A file that is removed when nobody needs it any more.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Why a file was not written.
enum Cut {
    Stopped,
    /// The process ends; another one begins anew.
    Ending,
    Failed(&'static str),
    Desk(entities::DeskError),
}

impl From<entities::DeskError> for Cut {
    fn from(error: entities::DeskError) -> Cut {
        Cut::Desk(error)
    }
}

/// Works on the oldest export; false when there is none.
async fn one(desk: &Desk, stop: &CancellationToken) -> entities::Result<bool> {
    let Some(begun) = export::claim(&desk.db).await? else {
        return Ok(false);
    };
    let actor = person::load_actor(&desk.db, begun.person_id).await?;
    let Some(actor) = actor else {
        export::abandon(&desk.db, begun.id).await?;
        return Ok(true);
    };
    let locale = Locale::from_code(&begun.locale).unwrap_or_default();
    let now = Now::new(desk.db.clock().now(), desk.config.time_zone);
    let whose = (desk.db.clone(), actor);
    let reader = Reader::new(whose, (locale, now), &begun.columns()).await?;
    let mut rows = 0;
    let ending = match write(desk, &begun, &reader, &mut rows, stop).await {
        Ok(()) => Ending::Done,
        Err(Cut::Ending) => return Ok(true),
        // Its end is in the history already.
        Err(Cut::Stopped) => return Ok(true),
        Err(Cut::Failed(why)) => Ending::Failed(why),
        Err(Cut::Desk(error)) if error.is_away() => return Err(error),
        Err(Cut::Desk(error)) => {
            tracing::error!(%error, "an export was not written");
            Ending::Failed("store")
        }
    };
    match end(&reader, &begun, ending, rows).await {
        // Stopped at the last moment, or not theirs to do any more.
        Err(entities::DeskError::Rejected(_) | entities::DeskError::Forbidden) => {
            desk.db.blobs().take_away(begun.id).await?;
            export::abandon(&desk.db, begun.id).await?;
        }
        other => other?,
    }
    Ok(true)
}

async fn write(
    desk: &Desk,
    begun: &Model,
    reader: &Reader,
    written: &mut usize,
    stop: &CancellationToken,
) -> Result<(), Cut> {
    let folder = desk.config.data_dir.join("exports");
    let disk = |error: std::io::Error| {
        tracing::error!(%error, folder = %folder.display(), "an export cannot be written");
        Cut::Failed("disk")
    };
    tokio::fs::create_dir_all(&folder).await.map_err(disk)?;
    let file = Scratch(folder.join(format!("{}.xlsx", begun.id.simple())));
    let (to, from) = mpsc::channel(AHEAD);
    let (path, into) = (file.0.clone(), folder.clone());
    let about = about(reader, begun).await?;
    let language = (reader.locale, reader.now);
    let writing =
        tokio::task::spawn_blocking(move || xlsx::write(from, &about, language, (&into, &path)));
    let read = async {
        let mut walk = Walk::new(reader, begun);
        while let Some(rows) = walk.next().await? {
            if stop.is_cancelled() {
                return Err(Cut::Ending);
            }
            let count = rows.len();
            if to.send(rows).await.is_err() {
                // The writer says why.
                return Ok(());
            }
            *written += count;
            if !export::keep(&desk.db, begun.id, *written).await? {
                return Err(Cut::Stopped);
            }
        }
        Ok(())
    };
    let read = read.await;
    drop(to);
    let wrote = writing.await;
    read?;
    match wrote {
        Ok(Ok(())) => {}
        // The library panics where a row does not fit on the disk.
        Ok(Err(_)) | Err(_) => {
            tracing::error!(folder = %folder.display(), "an export was not written: is the disk full?");
            return Err(Cut::Failed("disk"));
        }
    }
    lay(desk, begun, &file.0).await
}

/// Brings the file into the store, in pieces.
async fn lay(desk: &Desk, begun: &Model, file: &Path) -> Result<(), Cut> {
    let disk = |_: std::io::Error| Cut::Failed("disk");
    let mut file = tokio::fs::File::open(file).await.map_err(disk)?;
    let mut laying = desk.db.blobs().lay(begun.id);
    let mut piece = vec![0; 256 * 1024];
    let all = async {
        loop {
            let read = file.read(&mut piece).await.map_err(disk)?;
            if read == 0 {
                return Ok::<(), Cut>(());
            }
            laying.write(&piece[..read]).await?;
        }
    };
    match all.await {
        Ok(()) => Ok(laying.end().await?),
        Err(cut) => {
            laying.give_up().await;
            Err(cut)
        }
    }
}

/// Ends what nobody works on any more, and takes files away that have been there for their day.
pub(super) async fn sweep(desk: &Desk) -> entities::Result<()> {
    let stuck = export::end_stuck(&desk.db).await?;
    if stuck > 0 {
        tracing::warn!(stuck, "exports that nobody worked on any more are ended");
    }
    for id in export::over(&desk.db).await? {
        desk.db.blobs().take_away(id).await?;
        export::gone(&desk.db, id).await?;
    }
    export::sweep(&desk.db).await
}
