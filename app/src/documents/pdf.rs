//! DOCX as PDF, made by LibreOffice: in a folder and with a profile of its own, one run at a time, for a limited time, and
//! without a network where the machine lets it.

mod alone;

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::Context as _;
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::sync::Semaphore;

/// How long a run with one document may take, and how much longer for each more.
const PATIENCE: Duration = Duration::from_secs(60);
const PATIENCE_MORE: Duration = Duration::from_secs(10);
/// Documents of one run: most of its time goes by before the first.
const AT_ONCE: usize = 10;
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

/// What one run of the program came to.
struct Run {
    /// Why it did not end well.
    ended: anyhow::Result<()>,
    /// Of each document, in their order.
    pdfs: Vec<anyhow::Result<Vec<u8>>>,
}

/// The document as PDF.
///
/// # Errors
/// Why none came of it: the program is not there, ended badly, or took too long.
pub async fn made(program: &Path, docx: &[u8]) -> anyhow::Result<Vec<u8>> {
    made_within(program, docx, PATIENCE).await
}

/// Each of the documents as PDF, or why none came of it. Several are made in one run; what that run leaves out is tried by
/// itself, so that a document with which the program ends takes no other along.
pub async fn each_made(program: &Path, documents: &[Vec<u8>]) -> Vec<anyhow::Result<Vec<u8>>> {
    let mut all = Vec::with_capacity(documents.len());
    for some in documents.chunks(AT_ONCE) {
        let mut pdfs = match some {
            [_] => vec![],
            _ => together(program, some).await,
        };
        pdfs.resize_with(some.len(), || None);
        for (docx, pdf) in some.iter().zip(pdfs) {
            all.push(match pdf {
                Some(pdf) => Ok(pdf),
                None => made(program, docx).await,
            });
        }
    }
    all
}

/// What one run makes of several documents.
async fn together(program: &Path, documents: &[Vec<u8>]) -> Vec<Option<Vec<u8>>> {
    let more = u32::try_from(documents.len()).unwrap_or_default();
    let patience = PATIENCE + PATIENCE_MORE * more;
    match run(program, documents, patience).await {
        Ok(run) => {
            if let Err(error) = run.ended {
                tracing::warn!(%error, "documents that became no PDF together are tried one by one");
            }
            run.pdfs.into_iter().map(Result::ok).collect()
        }
        Err(_) => vec![],
    }
}

async fn made_within(program: &Path, docx: &[u8], patience: Duration) -> anyhow::Result<Vec<u8>> {
    let mut run = run(program, &[docx], patience).await?;
    run.ended?;
    run.pdfs.pop().context("no PDF was made")?
}

/// Runs the program on these documents.
async fn run(
    program: &Path,
    documents: &[impl AsRef<[u8]>],
    patience: Duration,
) -> anyhow::Result<Run> {
    let _turn = TURN.acquire().await?;
    let folder = tempfile::Builder::new().prefix("lotse-pdf-").tempdir()?;
    let profile = folder.path().join("profile");
    tokio::fs::create_dir_all(profile.join("user")).await?;
    tokio::fs::write(profile.join("user/registrymodifications.xcu"), PROFILE).await?;
    let mut letters = Vec::with_capacity(documents.len());
    for (at, docx) in documents.iter().enumerate() {
        let letter = folder.path().join(format!("letter-{at}.docx"));
        tokio::fs::write(&letter, docx).await?;
        letters.push(letter);
    }
    let mut child = alone::command(program)
        .await
        .arg(format!(
            "-env:UserInstallation=file://{}",
            profile.display()
        ))
        .args(["--headless", "--nologo", "--norestore", "--nolockcheck"])
        .args(["--convert-to", "pdf:writer_pdf_Export", "--outdir"])
        .arg(folder.path())
        .args(&letters)
        .env_clear()
        .env("PATH", alone::PATH)
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
    let ended = match tokio::time::timeout(patience, child.wait()).await {
        Ok(status) => {
            let status = status?;
            group.0 = None;
            match status.success() {
                true => Ok(()),
                false => Err(anyhow::anyhow!("{} ended with {status}", program.display())),
            }
        }
        Err(_) => {
            drop(group);
            // What it writes while its folder goes would stay behind.
            child.wait().await?;
            Err(anyhow::anyhow!("making a PDF took too long"))
        }
    };
    let mut pdfs = Vec::with_capacity(letters.len());
    for letter in letters {
        pdfs.push(whole(&letter.with_extension("pdf")).await);
    }
    Ok(Run { ended, pdfs })
}

/// A PDF that was written to its end.
async fn whole(file: &Path) -> anyhow::Result<Vec<u8>> {
    let size = tokio::fs::metadata(file).await.context("no PDF was made")?;
    anyhow::ensure!(size.len() <= MOST_BYTES, "the PDF is too large");
    let pdf = tokio::fs::read(file).await?;
    anyhow::ensure!(
        pdf.trim_ascii_end().ends_with(b"%%EOF"),
        "the PDF is cut off"
    );
    Ok(pdf)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::unix::fs::PermissionsExt as _;
    use std::path::PathBuf;

    use super::*;

    /// A program that is this script.
    fn script(folder: &Path, lines: &str) -> PathBuf {
        let program = folder.join("program");
        std::fs::write(&program, format!("#!/bin/sh\n{lines}")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
        program
    }

    #[tokio::test]
    async fn what_takes_too_long_is_ended_with_all_it_has_started() {
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join("mark");
        let lines = format!("(sleep 2; touch {}) &\nsleep 30\n", mark.display());
        let program = script(folder.path(), &lines);
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

    #[tokio::test]
    async fn many_are_made_in_one_run_and_one_that_ends_it_takes_no_other_along() {
        let folder = tempfile::tempdir().unwrap();
        let runs = folder.path().join("runs");
        // It writes each document down as it is, and ends at the first that is broken.
        let lines = format!(
            "echo run >> {}\nfor file in \"$@\"; do case \"$file\" in *.docx)\n\
             if grep -q broken \"$file\"; then exit 3; fi\ncp \"$file\" \"${{file%.docx}}.pdf\";; esac; done\n",
            runs.display()
        );
        let program = script(folder.path(), &lines);
        let document = |text: &str| format!("{text}\n%%EOF\n").into_bytes();
        let ran = || std::fs::read_to_string(&runs).unwrap().lines().count();

        let three = ["eins", "zwei", "drei"].map(document);
        let all = each_made(&program, &three).await;
        assert_eq!(all.len(), 3);
        for (pdf, docx) in all.into_iter().zip(&three) {
            assert_eq!(&pdf.unwrap(), docx);
        }
        assert_eq!(ran(), 1);

        let with_broken = ["eins", "broken", "drei"].map(document);
        let [first, broken, last] = <[_; 3]>::try_from(each_made(&program, &with_broken).await)
            .unwrap_or_else(|all| panic!("{} documents", all.len()));
        assert!(first.unwrap().starts_with(b"eins"));
        assert!(broken.unwrap_err().to_string().contains("ended with"));
        assert!(last.unwrap().starts_with(b"drei"));
        assert_eq!(ran(), 1 + 1 + 2);
    }

    #[tokio::test]
    async fn what_was_not_written_to_its_end_is_no_pdf() {
        let folder = tempfile::tempdir().unwrap();
        let lines = "for file in \"$@\"; do case \"$file\" in *.docx) cp \"$file\" \"${file%.docx}.pdf\";; esac; done\n";
        let program = script(folder.path(), lines);
        let error = made(&program, b"%PDF-1.7 half").await.unwrap_err();
        assert!(error.to_string().contains("cut off"));
    }
}
