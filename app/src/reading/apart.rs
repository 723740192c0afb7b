//! A process that reads one file and ends: the program itself, started without settings and with little to spend.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::Context as _;
use clap::ValueEnum as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::Kind;
use crate::confined::{self, Bounds};

/// The memory it may write to, in bytes.
const MEMORY: u64 = 1 << 30;
/// Seconds of a core it may use, and how long it may take in all.
const SECONDS: u64 = 20;
const PATIENCE: Duration = Duration::from_secs(60);

/// What is written in a file.
///
/// # Errors
/// Why nothing could be read: the file is not what it says, or reading it took too much.
pub async fn read(program: &Path, kind: Kind, bytes: &[u8]) -> anyhow::Result<String> {
    let name = kind.to_possible_value().context("no such kind")?;
    let mut child = confined::command(program)
        .args(["read-file", name.get_name()])
        .stderr(Stdio::null())
        .spawn()?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        anyhow::bail!("no way to the process");
    };
    let said = async {
        let hand_over = async {
            // Whoever ends early has heard enough.
            let _ = input.write_all(bytes).await;
            drop(input);
        };
        let mut text = String::new();
        let mut output = output.take(2 * super::MOST as u64);
        let ((), read) = tokio::join!(hand_over, output.read_to_string(&mut text));
        read?;
        let status = child.wait().await?;
        anyhow::ensure!(status.success(), "reading it ended with {status}");
        Ok(text)
    };
    tokio::time::timeout(PATIENCE, said).await?
}

/// The work of that process: a file from standard input, its text to standard output.
///
/// # Errors
/// As [`super::text`].
pub fn work(kind: Kind) -> anyhow::Result<()> {
    let bounds = Bounds {
        memory: MEMORY,
        seconds: SECONDS,
        // Nothing that it writes is a file.
        file: 0,
    };
    bounds.set()?;
    let mut bytes = Vec::new();
    let most = super::LARGEST.unsigned_abs() + 1;
    std::io::stdin().take(most).read_to_end(&mut bytes)?;
    let text = super::text(kind, &bytes)?;
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
