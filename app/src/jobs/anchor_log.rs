//! The log outside the database: one line for each anchor, in their order, each once.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use entities::{Db, DeskError, anchor};

/// The end of the log that is looked at; a line has 200 bytes at most.
const TAIL: u64 = 4096;
/// How many lines are written at a time.
const AT_ONCE: u64 = 500;

/// Adds the lines the log lacks. Several processes may share it, and one that died may have left half a line.
///
/// # Errors
/// The database's, or [`DeskError::Blob`] naming the setting when the file takes nothing; nothing is lost then.
pub async fn catch_up(db: &Db, file: PathBuf) -> entities::Result<()> {
    loop {
        let newest = anchor::newest(db).await?;
        let (mut log, noted) = blocking(&file, open).await?;
        if noted >= newest {
            return Ok(());
        }
        let lines: String = anchor::after(db, noted, AT_ONCE)
            .await?
            .iter()
            .map(|anchor| anchor.line() + "\n")
            .collect();
        if lines.is_empty() {
            return Ok(());
        }
        blocking(&file, move |_| {
            log.write_all(lines.as_bytes())?;
            log.sync_data()
        })
        .await?;
    }
}

async fn blocking<T: Send + 'static>(
    file: &Path,
    work: impl FnOnce(&Path) -> std::io::Result<T> + Send + 'static,
) -> entities::Result<T> {
    let file = file.to_owned();
    let shown = file.display().to_string();
    let done = tokio::task::spawn_blocking(move || work(&file)).await;
    done.map_err(std::io::Error::other)
        .flatten()
        .map_err(|error| DeskError::Blob(format!("history.anchor_log {shown}: {error}")))
}

/// The log, held until it is dropped, and the number of its last whole line; half a line is ended.
fn open(file: &Path) -> std::io::Result<(File, i64)> {
    let mut options = OpenOptions::new();
    let mut log = options.create(true).append(true).read(true).open(file)?;
    log.lock()?;
    let length = log.seek(SeekFrom::End(0))?;
    log.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    log.read_to_end(&mut tail)?;
    let tail = String::from_utf8_lossy(&tail);
    if !tail.is_empty() && !tail.ends_with('\n') {
        log.write_all(b"\n")?;
    }
    let noted = tail.lines().rev().find_map(anchor::number_of);
    Ok((log, noted.unwrap_or(0)))
}
