//! What a browser saves of what it is given.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::Browser;

const PATIENCE: Duration = Duration::from_secs(20);

/// Where downloads go, below the profile's folder.
pub(super) fn folder(profile: &Path) -> PathBuf {
    profile.join("downloads")
}

impl Browser {
    /// Throws away what was downloaded before.
    pub fn forget_downloads(&self) {
        // There may have been nothing.
        let _ = std::fs::remove_dir_all(folder(self.profile.path()));
    }

    /// Waits for the file that is being downloaded.
    pub async fn downloaded(&self) -> Vec<u8> {
        let start = Instant::now();
        loop {
            let files = std::fs::read_dir(folder(self.profile.path()));
            let files = files.into_iter().flatten().map(|file| file.unwrap().path());
            if let Some(file) = files.into_iter().find(|file| is_whole(file)) {
                return std::fs::read(file).unwrap();
            }
            assert!(start.elapsed() < PATIENCE, "nothing was downloaded");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }
}

/// What is still on its way has a name of its own.
fn is_whole(file: &Path) -> bool {
    let name = file.file_name().unwrap().to_string_lossy();
    !name.starts_with('.') && !name.ends_with(".crdownload")
}
