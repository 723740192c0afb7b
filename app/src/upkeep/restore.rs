//! `lotse restore DIR`: a backup into an empty place, then the proof that it is whole.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail, ensure};
use entities::backup::is_empty;
use entities::blob::{Answer, Blobs, Place};
use entities::history::Verified;

use super::{bar, copy_secret, digest_of, digest_of_place, files_below, part, verify};
use crate::config::Config;
use crate::desk::Desk;

/// Restores a backup and verifies its history. Nothing is written unless every target is empty.
pub async fn restore(config: Config, folder: &Path) -> anyhow::Result<Verified> {
    let database = folder.join(if config.is_sqlite() {
        part::SQLITE
    } else {
        part::POSTGRES
    });
    let key = folder.join(part::KEY);
    for needed in [&database, &key] {
        ensure!(
            needed.is_file(),
            "{}: is missing; {} is no backup for this database",
            needed.display(),
            folder.display()
        );
    }
    let store = Blobs::open(&config.files)?;
    if let Answer::Away(why) = store.check().await? {
        bail!("files.store: the store does not answer: {why}");
    }
    refuse_full_targets(&config, &store).await?;

    std::fs::create_dir_all(&config.data_dir)
        .with_context(|| format!("data_dir {}", config.data_dir.display()))?;
    copy_secret(&key, &config.history.key_file).context("history.key_file")?;
    put_files(&store, &folder.join(part::BLOBS)).await?;
    match config.sqlite_file() {
        Some(file) => {
            std::fs::copy(&database, &file).with_context(|| file.display().to_string())?;
        }
        None => undump(&config.database.url, &database)?,
    }
    let log = folder.join(part::ANCHOR_LOG);
    let desk = Desk::open(config).await?;
    if let (Some(target), true) = (&desk.config.history.anchor_log, log.exists()) {
        // Anchors made while the backup was running stand in the log, but not yet in the database.
        let kept = entities::anchor::newest(&desk.db).await?;
        let lines: String = std::fs::read_to_string(&log)
            .with_context(|| log.display().to_string())?
            .lines()
            .filter(|line| entities::anchor::number_of(line).is_some())
            .take(usize::try_from(kept).unwrap_or(0))
            .map(|line| format!("{line}\n"))
            .collect();
        std::fs::write(target, lines).with_context(|| target.display().to_string())?;
    }
    match verify::verify(&desk).await? {
        Ok(verified) => Ok(verified),
        Err(broken) => bail!(
            "the backup was restored, but its history does not hold. {}",
            verify::broken(&broken)
        ),
    }
}

/// Puts the files of a backup into the store, each only if its bytes are what its name says.
async fn put_files(store: &Blobs, folder: &Path) -> anyhow::Result<()> {
    let files = files_below(folder).with_context(|| folder.display().to_string())?;
    let progress = bar("files", files.len() as u64);
    for inside in files {
        if let Some(digest) = digest_of_place(&inside) {
            let file = folder.join(&inside);
            let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
            ensure!(
                digest_of(&bytes) == digest,
                "{}: the file is damaged, its bytes no longer fit its name",
                file.display()
            );
            store.put(bytes).await?;
        }
        progress.inc(1);
    }
    progress.finish_and_clear();
    Ok(())
}

async fn refuse_full_targets(config: &Config, store: &Blobs) -> anyhow::Result<()> {
    let key_file = &config.history.key_file;
    ensure!(
        !key_file.exists(),
        "history.key_file {}: exists already; restore only into an empty place",
        key_file.display()
    );
    ensure!(
        store.is_empty().await?,
        "{}: is not empty; restore only into an empty place",
        place_words(&config.files)
    );
    if let Some(log) = config.history.anchor_log.as_deref() {
        ensure!(
            !log.exists(),
            "history.anchor_log {}: exists already; restore only into an empty place",
            log.display()
        );
    }
    match config.sqlite_file() {
        Some(file) => ensure!(
            !file.exists(),
            "{}: exists already; restore only into an empty place",
            file.display()
        ),
        None => ensure!(
            is_empty(&config.database.url)
                .await
                .context("database.url")?,
            "database.url: the database is not empty; restore only into an empty place"
        ),
    }
    Ok(())
}

fn place_words(place: &Place) -> String {
    match place {
        Place::Folder(folder) => folder.display().to_string(),
        Place::S3(s3) => format!(
            "files.bucket {} with files.prefix “{}”",
            s3.bucket, s3.prefix
        ),
    }
}

fn undump(url: &str, file: &Path) -> anyhow::Result<()> {
    let status = Command::new("pg_restore")
        .args([
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--single-transaction",
            "--dbname",
            url,
        ])
        .arg(file)
        .env("LC_ALL", "C")
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => bail!("pg_restore failed: {status}"),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            bail!("pg_restore is missing; install the package postgresql-client")
        }
        Err(e) => Err(e).context("pg_restore"),
    }
}
