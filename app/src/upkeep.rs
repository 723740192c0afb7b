//! Keeping a desk: schema, proof of the history, backup and restore, from the command line.

pub mod backup;
pub mod migrate;
pub mod restore;
pub mod verify;

use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on standard error; silent when that is no terminal.
fn bar(words: &'static str, all: u64) -> ProgressBar {
    let bar = ProgressBar::new(all).with_message(words);
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar
}

/// The names of the parts of a backup.
mod part {
    pub const SQLITE: &str = "lotse.sqlite";
    pub const POSTGRES: &str = "lotse.dump";
    pub const BLOBS: &str = "blobs";
    pub const KEY: &str = "history.key";
    pub const ANCHOR_LOG: &str = "anchors.log";
}

/// Whether a folder is missing or holds nothing.
fn is_empty_folder(folder: &Path) -> std::io::Result<bool> {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(e) => Err(e),
    }
}

/// Every file below a folder, with its path inside of it.
fn files_below(folder: &Path) -> std::io::Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        let entries = match std::fs::read_dir(&next) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
            Err(e) => return Err(e),
        };
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                open.push(entry.path());
            } else if let Ok(inside) = entry.path().strip_prefix(folder) {
                found.push(inside.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The digest a stored file's place stands for: its folder and name together.
fn digest_of_place(inside: &Path) -> Option<String> {
    let name: String = inside
        .components()
        .map(|c| c.as_os_str().to_string_lossy())
        .collect();
    // Whatever else lies there, such as half-written files, is none of ours.
    (name.len() == 64 && name.bytes().all(|b| b.is_ascii_hexdigit())).then_some(name)
}

fn digest_of(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(bytes))
}

/// Copies a file that holds a secret: readable by its owner only.
fn copy_secret(from: &Path, to: &Path) -> anyhow::Result<()> {
    use anyhow::Context as _;
    use std::io::Write as _;
    let bytes = std::fs::read(from).with_context(|| from.display().to_string())?;
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(to).with_context(|| to.display().to_string())?;
    file.write_all(&bytes)
        .and_then(|()| file.sync_all())
        .with_context(|| to.display().to_string())
}
