//! A process that merges letters and ends: the program itself, started without settings and with little to spend.
//!
//! It is told what the file says of itself, then the name and the PDF of each letter, each behind its length.

use std::fs::File;
use std::io::{BufWriter, Read, Seek as _, Write as _};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::Context as _;
use entities::Db;
use entities::bulk::letters::Stored;
use tokio::io::{AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::Semaphore;

use super::{Head, Merged};
use crate::confined::{self, Bounds};

/// The most letters of one file, and the most bytes of all of them.
pub const MOST_LETTERS: usize = 1_000;
pub const MOST_BYTES: i64 = 200_000_000;

/// The memory it may write to, in bytes.
const MEMORY: u64 = 1 << 30;
/// Seconds of a core it may use, and how long it may take in all.
const SECONDS: u64 = 120;
const PATIENCE: Duration = Duration::from_secs(240);
/// The most bytes of what it is told at once, and of the file it writes.
const MOST_IN: u64 = 64 * 1024 * 1024;
const MOST_OUT: u64 = 300_000_000;
/// The most bytes of what it remarks.
const MOST_REMARKS: u64 = 2_000;

/// One at a time, however many ask.
static TURN: Semaphore = Semaphore::const_new(1);

/// Whether so many letters of that size fit into one file.
pub fn fits(letters: &[Stored]) -> bool {
    let size: i64 = letters.iter().map(|letter| letter.size_bytes).sum();
    letters.len() <= MOST_LETTERS && size <= MOST_BYTES
}

/// The letters in one file of their order, which is gone once it is closed.
///
/// # Errors
/// Why none came of it: a letter is lost or cannot be read, or all of them took too much.
pub async fn merge(
    db: &Db,
    program: &Path,
    head: &Head,
    letters: &[Stored],
) -> anyhow::Result<File> {
    anyhow::ensure!(fits(letters), "too many letters");
    let head = serde_json::to_vec(head)?;
    let _turn = TURN.acquire().await?;
    let mut file = tempfile::tempfile()?;
    let mut child = confined::command(program)
        .arg("merge-letters")
        .stdout(Stdio::from(file.try_clone()?))
        .spawn()
        .with_context(|| program.display().to_string())?;
    let (Some(mut input), Some(remarks)) = (child.stdin.take(), child.stderr.take()) else {
        anyhow::bail!("no way to the process");
    };
    let done = async {
        let hand_over = async {
            // Whoever ends early has heard enough.
            let mut hears = say(&mut input, &head).await.is_ok();
            for letter in letters {
                if !hears {
                    break;
                }
                let name = format!("{} {}", letter.number, letter.title);
                let pdf = db.blobs().get(&letter.sha256).await?;
                hears = say(&mut input, name.as_bytes()).await.is_ok()
                    && say(&mut input, &pdf).await.is_ok();
            }
            drop(input);
            anyhow::Ok(())
        };
        let mut remarked = Vec::new();
        let mut remarks = remarks.take(MOST_REMARKS);
        let (told, heard) = tokio::join!(hand_over, remarks.read_to_end(&mut remarked));
        let status = child.wait().await?;
        told?;
        heard?;
        let remarked = String::from_utf8_lossy(&remarked);
        anyhow::ensure!(status.success(), "merging ended with {status}: {remarked}");
        anyhow::Ok(())
    };
    let done = tokio::time::timeout(PATIENCE, done).await;
    done.context("merging took too long")??;
    file.rewind()?;
    Ok(file)
}

async fn say(to: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) -> std::io::Result<()> {
    to.write_u64(bytes.len() as u64).await?;
    to.write_all(bytes).await
}

/// What is said next; none when all was said.
fn heard(from: &mut impl Read) -> anyhow::Result<Option<Vec<u8>>> {
    let mut length = Vec::with_capacity(8);
    from.by_ref().take(8).read_to_end(&mut length)?;
    if length.is_empty() {
        return Ok(None);
    }
    let length = <[u8; 8]>::try_from(length.as_slice()).context("cut off")?;
    let length = u64::from_be_bytes(length);
    anyhow::ensure!(length <= MOST_IN, "too large");
    let mut bytes = Vec::new();
    from.by_ref().take(length).read_to_end(&mut bytes)?;
    anyhow::ensure!(bytes.len() as u64 == length, "cut off");
    Ok(Some(bytes))
}

/// The work of that process: letters from standard input, the file of all of them to standard output.
///
/// # Errors
/// What keeps them from being merged.
pub fn work() -> anyhow::Result<()> {
    let bounds = Bounds {
        memory: MEMORY,
        seconds: SECONDS,
        file: MOST_OUT,
    };
    bounds.set()?;
    let mut input = std::io::stdin().lock();
    let head = heard(&mut input)?.context("nothing was said")?;
    let head: Head = serde_json::from_slice(&head)?;
    let mut merged = Merged::default();
    while let Some(name) = heard(&mut input)? {
        let name = String::from_utf8_lossy(&name).into_owned();
        let pdf = heard(&mut input)?.context("a name without a letter")?;
        merged.add(&name, &pdf).context(name)?;
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    merged.write(&head, &mut out)?;
    out.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[tokio::test]
    async fn what_is_said_is_heard_piece_by_piece_and_what_is_cut_off_is_no_letter() {
        let mut said = Vec::new();
        say(&mut said, b"2026-1").await.unwrap();
        say(&mut said, b"").await.unwrap();
        let mut all = said.as_slice();
        assert_eq!(heard(&mut all).unwrap().unwrap(), b"2026-1");
        assert_eq!(heard(&mut all).unwrap().unwrap(), b"");
        assert!(heard(&mut all).unwrap().is_none());
        assert!(heard(&mut &said[..10]).is_err());
        assert!(heard(&mut &said[..3]).is_err());
    }
}
