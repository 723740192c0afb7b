//! A DOCX as PDF, made by LibreOffice: in a folder and with a profile of its own, one at a time, for a limited time.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::Context as _;
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::process::Command;
use tokio::sync::Semaphore;

/// How long one document may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// The most bytes of a PDF.
const MOST_BYTES: u64 = 40 * 1024 * 1024;

/// The type of a PDF.
pub const TYPE: &str = "application/pdf";

/// One at a time, however many ask: it takes much memory.
static TURN: Semaphore = Semaphore::const_new(1);

/// What the profile begins with: no macros, nothing fetched.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// Ends the program with all it has started, unless it ended by itself.
struct Group(Option<Pid>);

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.0 {
            // It may have ended just now.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

/// The document as PDF.
///
/// # Errors
/// Why none came of it: the program is not there, ended badly, or took too long.
pub async fn made(program: &Path, docx: &[u8]) -> anyhow::Result<Vec<u8>> {
    made_within(program, docx, PATIENCE).await
}

async fn made_within(program: &Path, docx: &[u8], patience: Duration) -> anyhow::Result<Vec<u8>> {
    let _turn = TURN.acquire().await?;
    let folder = tempfile::Builder::new().prefix("lotse-pdf-").tempdir()?;
    let profile = folder.path().join("profile");
    tokio::fs::create_dir_all(profile.join("user")).await?;
    tokio::fs::write(profile.join("user/registrymodifications.xcu"), PROFILE).await?;
    let letter = folder.path().join("letter.docx");
    tokio::fs::write(&letter, docx).await?;
    let mut child = Command::new(program)
        .arg(format!(
            "-env:UserInstallation=file://{}",
            profile.display()
        ))
        .args(["--headless", "--nologo", "--norestore", "--nolockcheck"])
        .args(["--convert-to", "pdf:writer_pdf_Export", "--outdir"])
        .arg(folder.path())
        .arg(&letter)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("HOME", folder.path())
        .env("LC_ALL", "C.UTF-8")
        .current_dir(folder.path())
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| program.display().to_string())?;
    let id = child.id().and_then(|id| i32::try_from(id).ok());
    let mut group = Group(id.and_then(Pid::from_raw));
    let Ok(ended) = tokio::time::timeout(patience, child.wait()).await else {
        drop(group);
        // What it writes while its folder goes would stay behind.
        child.wait().await?;
        anyhow::bail!("making a PDF took too long");
    };
    let status = ended?;
    group.0 = None;
    anyhow::ensure!(status.success(), "making a PDF ended with {status}");
    let made = folder.path().join("letter.pdf");
    let size = tokio::fs::metadata(&made)
        .await
        .context("no PDF was made")?;
    anyhow::ensure!(size.len() <= MOST_BYTES, "the PDF is too large");
    Ok(tokio::fs::read(&made).await?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[tokio::test]
    async fn what_takes_too_long_is_ended_with_all_it_has_started() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("slow");
        let mark = folder.path().join("mark");
        let script = format!(
            "#!/bin/sh\n(sleep 2; touch {}) &\nsleep 30\n",
            mark.display()
        );
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
        let error = made_within(&program, b"x", Duration::from_millis(300)).await;
        assert!(error.unwrap_err().to_string().contains("too long"));
        tokio::time::sleep(Duration::from_secs(3)).await;
        assert!(!mark.exists());
    }

    #[tokio::test]
    async fn a_program_that_is_not_there_or_makes_nothing_is_told() {
        let error = made(Path::new("/nowhere/soffice"), b"x").await.unwrap_err();
        assert!(error.to_string().contains("/nowhere/soffice"));
        let error = made(Path::new("/bin/true"), b"x").await.unwrap_err();
        assert!(error.to_string().contains("no PDF"));
    }
}
