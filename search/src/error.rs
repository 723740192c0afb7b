//! What can go wrong with an engine, each with what to do about it.

use std::path::PathBuf;

/// Why an engine did not do what was asked. The sentences are for logs and the command line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing was indexed here yet.
    #[error("there is no search index in {}: build it anew", .0.display())]
    Missing(PathBuf),
    #[error("the search index in {} is damaged ({reason}): build it anew", path.display())]
    Damaged { path: PathBuf, reason: String },
    /// Of another version of this program.
    #[error("the search index in {} has format {found}, this version reads {wanted}: build it anew", path.display())]
    Format {
        path: PathBuf,
        found: u32,
        wanted: u32,
    },
    /// Another process writes into this index.
    #[error("the search index in {} is written by another process", .0.display())]
    Locked(PathBuf),
    /// A rebuild is under way already.
    #[error("the search index {0} is being built anew already")]
    Rebuilding(String),
    #[error("{} may not be written", .0.display())]
    ReadOnly(PathBuf),
    #[error("no space is left on the disk of {}", .0.display())]
    Full(PathBuf),
    #[error("{}: {reason}", path.display())]
    Io { path: PathBuf, reason: String },
    /// Meilisearch does not answer; it may later.
    #[error("Meilisearch does not answer at {url}: {reason}")]
    Unreachable { url: String, reason: String },
    #[error("Meilisearch at {0} refuses the key: check the setting of its key")]
    Key(String),
    #[error("Meilisearch at {url} is version {found}; {wanted} or later is needed")]
    Version {
        url: String,
        found: String,
        wanted: &'static str,
    },
    /// Meilisearch said no to something it should have done.
    #[error("Meilisearch refused: {message} ({code})")]
    Refused { code: String, message: String },
    /// A defect of this program.
    #[error("searching failed: {0}")]
    Broken(String),
}

impl Error {
    /// Whether the same may succeed later without anybody doing something.
    pub fn passes(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. } | Self::Locked(_) | Self::Rebuilding(_)
        )
    }

    /// Whether a rebuild helps, and nothing else does.
    pub fn needs_rebuild(&self) -> bool {
        matches!(
            self,
            Self::Missing(_) | Self::Damaged { .. } | Self::Format { .. }
        )
    }
}

/// What is returned by all that can fail here.
pub type Result<T> = std::result::Result<T, Error>;
