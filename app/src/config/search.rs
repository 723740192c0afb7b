//! The settings of finding: the index of this machine, or a Meilisearch server.

use std::path::{Path, PathBuf};

use super::read::Reader;

/// Where things are found.
#[derive(Clone)]
pub enum Place {
    /// In this folder, by this process and others of the same machine.
    Embedded(PathBuf),
    Meilisearch {
        url: String,
        key: Option<String>,
        /// What its index is called there.
        index: String,
    },
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Embedded(folder) => f.debug_tuple("Embedded").field(folder).finish(),
            // The key is nobody's to read.
            Place::Meilisearch { url, index, .. } => f
                .debug_struct("Meilisearch")
                .field("url", url)
                .field("index", index)
                .finish_non_exhaustive(),
        }
    }
}

/// Reads all of them, so that every mistake is reported; an address is asked for only when it is needed.
pub(super) fn place(read: &mut Reader<'_>, data_dir: &Path) -> Place {
    let url = read.optional("search.url");
    let key = read.optional("search.key");
    let index = read.text("search.index");
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if index.is_empty() || !index.chars().all(is_name) {
        read.refuse("search.index", "must be made of letters, digits, - and _");
    }
    if read.text("search.engine") != "meilisearch" {
        return Place::Embedded(data_dir.join("search"));
    }
    let Some(url) = url else {
        read.refuse(
            "search.url",
            "must be set when search.engine is meilisearch",
        );
        return Place::Embedded(data_dir.join("search"));
    };
    Place::Meilisearch { url, key, index }
}
