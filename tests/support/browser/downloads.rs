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
            if let Some(file) = whole(&folder(self.profile.path())) {
                return std::fs::read(file).unwrap();
            }
            assert!(start.elapsed() < PATIENCE, "nothing was downloaded");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }
}

/// The file that has arrived. What is still on its way has a name of its own, and its later name may already be held by
/// an empty file.
fn whole(folder: &Path) -> Option<PathBuf> {
    let files = std::fs::read_dir(folder).into_iter().flatten();
    let files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    let on_its_way = |file: &Path| file.extension().is_some_and(|e| e == "crdownload");
    if files.iter().any(|file| on_its_way(file)) {
        return None;
    }
    let holds = |file: &Path| std::fs::metadata(file).is_ok_and(|file| file.len() > 0);
    let hidden = |file: &Path| file.file_name().unwrap().as_encoded_bytes()[0] == b'.';
    files.into_iter().find(|file| !hidden(file) && holds(file))
}
