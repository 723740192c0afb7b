//! A process that sets one letter and ends: the program itself, started without settings and with little to spend.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Semaphore;

use super::set::Set;
use super::{Plain, paper};
use crate::confined::{self, Bounds};

/// The memory it may write to, in bytes.
const MEMORY: u64 = 1 << 30;
/// Seconds of a core it may use, and how long it may take in all.
const SECONDS: u64 = 60;
const PATIENCE: Duration = Duration::from_secs(90);
/// The most bytes it is given, and that it gives back.
const MOST_IN: u64 = 4 * 1024 * 1024;
const MOST_OUT: u64 = 40 * 1024 * 1024;
/// The most bytes of what it remarks.
const MOST_REMARKS: u64 = 2_000;

/// One at a time, however many ask.
static TURN: Semaphore = Semaphore::const_new(1);

/// What the process is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sheet {
    pub letter: Plain,
    /// When it is made, by UTC.
    pub year: i32,
    /// Month, day, hour, minute, second.
    pub rest: [u8; 5],
}

/// The letter as PDF.
///
/// # Errors
/// Why none came of it: it took too much, or could not be set.
pub async fn set(program: &Path, sheet: &Sheet) -> anyhow::Result<Vec<u8>> {
    let said = serde_json::to_vec(sheet)?;
    let _turn = TURN.acquire().await?;
    let mut child = confined::command(program)
        .arg("set-letter")
        .spawn()
        .with_context(|| program.display().to_string())?;
    let streams = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(mut input), Some(output), Some(remarks)) = streams else {
        anyhow::bail!("no way to the process");
    };
    let done = async {
        let hand_over = async {
            // Whoever ends early has heard enough.
            let _ = input.write_all(&said).await;
            drop(input);
        };
        let (mut pdf, mut remarked) = (Vec::new(), Vec::new());
        let mut output = output.take(MOST_OUT + 1);
        let mut remarks = remarks.take(MOST_REMARKS);
        let ((), read, heard) = tokio::join!(
            hand_over,
            output.read_to_end(&mut pdf),
            remarks.read_to_end(&mut remarked)
        );
        read?;
        heard?;
        let status = child.wait().await?;
        let remarked = String::from_utf8_lossy(&remarked);
        anyhow::ensure!(
            status.success(),
            "setting it ended with {status}: {remarked}"
        );
        anyhow::ensure!(pdf.len() as u64 <= MOST_OUT, "the PDF is too large");
        anyhow::ensure!(pdf.starts_with(b"%PDF-"), "no PDF was made");
        if !remarked.trim().is_empty() {
            tracing::warn!(%remarked, "a letter was set with remarks");
        }
        Ok(pdf)
    };
    tokio::time::timeout(PATIENCE, done)
        .await
        .context("setting it took too long")?
}

/// The work of that process: a [`Sheet`] from standard input, its PDF to standard output.
///
/// # Errors
/// What keeps it from being set.
pub fn work() -> anyhow::Result<()> {
    let bounds = Bounds {
        memory: MEMORY,
        seconds: SECONDS,
        // Nothing that it writes is a file.
        file: 0,
    };
    bounds.set()?;
    let mut said = Vec::new();
    std::io::stdin().take(MOST_IN).read_to_end(&mut said)?;
    let sheet: Sheet = serde_json::from_slice(&said)?;
    std::io::stdout().write_all(&made(&sheet)?)?;
    Ok(())
}

/// The PDF of a sheet, in the process that was started for it.
fn made(sheet: &Sheet) -> anyhow::Result<Vec<u8>> {
    let set = Set::of(&sheet.letter);
    paper::pdf(serde_json::to_string(&set)?, (sheet.year, sheet.rest))
}
