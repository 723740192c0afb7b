//! A small disk that can be filled, emptied and made read-only.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use crate::process::{is_root, package, scratch};

/// Stands for a full disk where nothing may be mounted: no file grows beyond so many KiB.
const LIMIT: &str = r#"trap "" XFSZ; ulimit -f "$1"; shift; exec "$@""#;

/// A disk of its own, for root; a folder whose files cannot grow, for others.
pub struct Disk {
    mounted: bool,
    limit_kib: Mutex<Option<u64>>,
    folder: tempfile::TempDir,
}

impl Disk {
    /// An empty disk of so many MiB.
    ///
    /// # Panics
    /// When root may not mount.
    pub fn new(mib: u32) -> Disk {
        let folder = scratch("disk");
        if is_root() {
            run(
                "mount",
                &[
                    "-t",
                    "tmpfs",
                    "-o",
                    &format!("size={mib}m,mode=755"),
                    "tmpfs",
                ],
                folder.path(),
            );
        }
        Disk {
            mounted: is_root(),
            limit_kib: Mutex::default(),
            folder,
        }
    }

    /// Where it is to be found.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What the system says when it is full.
    pub fn full(&self) -> &'static str {
        match self.mounted {
            true => "No space left",
            false => "File too large",
        }
    }

    /// Leaves so many KiB.
    pub fn fill_but(&self, kib: u64) {
        if !self.mounted {
            *self.limit_kib.lock().unwrap() = Some(kib);
            return;
        }
        self.empty();
        let mut filler = std::fs::File::create(self.filler()).unwrap();
        while filler.write_all(&[0; 64 * 1024]).is_ok() {}
        while filler.write_all(&[0; 4 * 1024]).is_ok() {}
        let size = filler.metadata().unwrap().len();
        filler.set_len(size.saturating_sub(kib * 1024)).unwrap();
    }

    /// Gives the room back.
    pub fn empty(&self) {
        *self.limit_kib.lock().unwrap() = None;
        let _ = std::fs::remove_file(self.filler());
    }

    /// From now on nothing can be written.
    pub fn make_read_only(&self) {
        match self.mounted {
            true => run("mount", &["-o", "remount,ro"], self.path()),
            false => run("chmod", &["-R", "a-w"], self.path()),
        }
    }

    /// The command as this disk lets it run.
    pub fn limits(&self, command: &Command) -> Command {
        let limit = *self.limit_kib.lock().unwrap();
        let mut limited = match limit {
            None => {
                let mut same = Command::new(command.get_program());
                same.args(command.get_args());
                same
            }
            Some(kib) => {
                let mut limited = Command::new(package("bash", "bash"));
                limited
                    .args(["-c", LIMIT, "bash", &kib.to_string()])
                    .arg(command.get_program())
                    .args(command.get_args());
                limited
            }
        };
        let set = command
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?)));
        limited.envs(set).current_dir("/");
        limited
    }

    fn filler(&self) -> PathBuf {
        self.path().join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let (program, flags): (_, &[&str]) = match self.mounted {
            true => ("umount", &["--lazy"]),
            false => ("chmod", &["-R", "u+w"]),
        };
        let _ = Command::new(program).args(flags).arg(self.path()).status();
    }
}

fn run(program: &str, arguments: &[&str], on: &Path) {
    let done = Command::new(package(program, "mount"))
        .args(arguments)
        .arg(on)
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{program} {arguments:?}: {}; a small file system must be mounted (CAP_SYS_ADMIN)",
        String::from_utf8_lossy(&done.stderr)
    );
}
