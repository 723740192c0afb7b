//! Files of an article: part of what a version says. Their bytes lie in the file store by digest, so a version that is
//! older than the removal of one still shows it.

use serde::{Deserialize, Serialize};

use super::version;
use crate::db::Db;
use crate::error::{Rejected, Result};

/// The most files of one article.
pub const MOST_FILES: usize = 500;
/// The most characters of a name.
const MOST_NAME: usize = 150;

/// A file as a version names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Unique among those of its version, without a path.
    pub name: String,
    pub content_type: String,
    pub size_bytes: i64,
    pub sha256: String,
}

impl File {
    /// Its bytes.
    ///
    /// # Errors
    /// The file store's.
    pub async fn bytes(&self, db: &Db) -> Result<Vec<u8>> {
        db.blobs().get(&self.sha256).await
    }
}

/// Files as they are stored: by name, of two with the same name the later one.
pub(super) fn checked(files: Vec<File>) -> Result<Vec<File>, Rejected> {
    let mut kept: Vec<File> = Vec::with_capacity(files.len());
    for file in files.into_iter().rev() {
        let is_fair = !file.name.is_empty()
            && file.name.chars().count() <= MOST_NAME
            && !file.name.contains(['/', '\\'])
            && !file.name.contains(char::is_control);
        if !is_fair {
            return Err(Rejected::NotAFileName);
        }
        if kept.iter().all(|other| other.name != file.name) {
            kept.push(file);
        }
    }
    if kept.len() > MOST_FILES {
        return Err(Rejected::TooManyFiles);
    }
    kept.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(kept)
}

impl version::Model {
    /// The files it names; none when the stored form is damaged.
    pub fn files(&self) -> Vec<File> {
        serde_json::from_str(&self.files).unwrap_or_default()
    }

    /// The file it calls that.
    pub fn file(&self, name: &str) -> Option<File> {
        self.files().into_iter().find(|file| file.name == name)
    }
}
