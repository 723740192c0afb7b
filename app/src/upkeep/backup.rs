//! `lotse backup DIR`: database, files, key and anchor log into an empty folder, while the desk serves.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail, ensure};
use entities::backup;
use entities::blob::Blobs;

use super::{bar, copy_secret, is_empty_folder, part};
use crate::config::Config;

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    pub files: u64,
}

/// Writes a backup. The database comes first: every file its rows name was stored before it.
pub async fn backup(config: &Config, folder: &Path) -> anyhow::Result<Written> {
    let shown = folder.display();
    ensure!(
        is_empty_folder(folder).with_context(|| shown.to_string())?,
        "{shown}: is not empty; a backup never writes over another"
    );
    let key_file = &config.history.key_file;
    ensure!(
        key_file.is_file(),
        "history.key_file {}: is missing",
        key_file.display()
    );
    std::fs::create_dir_all(folder).with_context(|| shown.to_string())?;
    if config.is_sqlite() {
        let file = std::path::absolute(folder.join(part::SQLITE))?;
        backup::copy_sqlite(&config.database.url, &file)
            .await
            .context("database.url")?;
    } else {
        dump(&config.database.url, &folder.join(part::POSTGRES))?;
    }
    let store = Blobs::open(&config.files)?;
    let digests = store.digests().await?;
    let progress = bar("files", digests.len() as u64);
    let mut written = 0;
    for digest in &digests {
        let bytes = store.get(digest).await?;
        write_blob(&folder.join(part::BLOBS), digest, &bytes)?;
        written += 1;
        progress.inc(1);
    }
    progress.finish_and_clear();
    copy_secret(&config.history.key_file, &folder.join(part::KEY)).context("history.key_file")?;
    if let Some(log) = config
        .history
        .anchor_log
        .as_deref()
        .filter(|log| log.exists())
    {
        std::fs::copy(log, folder.join(part::ANCHOR_LOG))
            .with_context(|| log.display().to_string())?;
    }
    Ok(Written { files: written })
}

/// Writes a file where the file store of a folder would have it.
fn write_blob(folder: &Path, digest: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let (place, name) = digest.split_at(2);
    let place = folder.join(place);
    std::fs::create_dir_all(&place).with_context(|| place.display().to_string())?;
    let file = place.join(name);
    std::fs::write(&file, bytes).with_context(|| file.display().to_string())
}

/// PostgreSQL's own tool knows best how to copy one moment of a database.
fn dump(url: &str, file: &Path) -> anyhow::Result<()> {
    let status = Command::new("pg_dump")
        .args(["--format=custom", "--no-owner", "--no-privileges", "--file"])
        .arg(file)
        .env("LC_ALL", "C")
        .args(["--dbname", url])
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => bail!("pg_dump failed: {status}"),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            bail!("pg_dump is missing; install the package postgresql-client")
        }
        Err(e) => Err(e).context("pg_dump"),
    }
}
