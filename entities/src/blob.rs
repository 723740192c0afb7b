//! Files by the SHA-256 of their bytes, in a folder or on S3, written before any row speaks of them.

mod parts;
mod passing;
mod s3;
mod stream;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures_util::TryStreamExt as _;
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, path::Path as Key};
use sha2::{Digest, Sha256};

use crate::db::Db;
use crate::error::{DeskError, Result};

pub(crate) use s3::words;
pub use s3::{S3, Transport};
pub use stream::Arriving;

/// Where files are kept.
#[derive(Clone, Debug)]
pub enum Place {
    /// A folder of this machine, made when missing.
    Folder(PathBuf),
    /// A bucket of an S3 server.
    S3(S3),
}

/// The file store.
#[derive(Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
}

impl std::fmt::Debug for Blobs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The store's own form may show its secret.
        f.write_str("Blobs(…)")
    }
}

/// A stored file: its digest in hex and its size in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub sha256: String,
    pub size_bytes: i64,
}

/// How a store answers, short of an error that names a wrong setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Ready,
    /// It cannot be reached for now; why.
    Away(String),
}

impl Blobs {
    /// Opens the store; a server is not asked yet.
    ///
    /// # Errors
    /// When the folder cannot be made or read, or a setting of the server cannot be used; the message names it.
    pub fn open(place: &Place) -> Result<Blobs> {
        let store = match place {
            Place::Folder(folder) => folder_store(folder)?,
            Place::S3(s3) => s3.open()?,
        };
        Ok(Blobs { store })
    }

    /// Asks the store whether it lets us in.
    ///
    /// # Errors
    /// `Blob` with the setting to look at when it refuses us; a store that is away is no error.
    pub async fn check(&self) -> Result<Answer> {
        match self.store.list(None).try_next().await {
            Ok(_) => Ok(Answer::Ready),
            Err(error) => s3::judge(&error),
        }
    }

    /// Stores bytes; the same bytes are stored once.
    ///
    /// # Errors
    /// `Blob` when the store did not take them; nothing is half written.
    pub async fn put(&self, bytes: Vec<u8>) -> Result<Stored> {
        let stored = Stored {
            sha256: hex::encode(Sha256::digest(&bytes)),
            size_bytes: bytes.len() as i64,
        };
        let key = key(&stored.sha256);
        let there = match self.store.head(&key).await {
            // A file cut short by a full disk is written again.
            Ok(found) => found.size == bytes.len() as u64,
            Err(object_store::Error::NotFound { .. }) => false,
            Err(error) => return Err(error.into()),
        };
        if !there {
            self.store.put(&key, PutPayload::from(bytes)).await?;
        }
        Ok(stored)
    }

    /// The bytes of a stored file, compared with their digest: what is read is what was written.
    ///
    /// # Errors
    /// `Blob` when it is missing or the store is away, `Damaged` when its bytes are others.
    pub async fn get(&self, sha256: &str) -> Result<Vec<u8>> {
        let found = self.store.get(&key(sha256)).await?;
        let bytes: Vec<u8> = found.bytes().await?.into();
        if hex::encode(Sha256::digest(&bytes)) != sha256 {
            return Err(DeskError::Damaged(format!(
                "file {sha256}: its bytes no longer fit its name, the file is damaged"
            )));
        }
        Ok(bytes)
    }

    /// Takes a stored file away for ever; that it is gone already is fine.
    ///
    /// # Errors
    /// `Blob` when the store does not let it go.
    pub async fn remove(&self, sha256: &str) -> Result<()> {
        match self.store.delete(&key(sha256)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The digests of all files in the store, in order.
    ///
    /// # Errors
    /// `Blob` when the store cannot be listed.
    pub async fn digests(&self) -> Result<Vec<String>> {
        let listed = self.store.list(None);
        let mut found: Vec<String> = listed
            .try_filter_map(|entry| async move { Ok(digest_of(&entry.location)) })
            .try_collect()
            .await?;
        found.sort();
        Ok(found)
    }

    /// Whether nothing at all lies in the store.
    ///
    /// # Errors
    /// `Blob` when the store cannot be listed.
    pub async fn is_empty(&self) -> Result<bool> {
        Ok(self.store.list(None).try_next().await?.is_none())
    }
}

fn folder_store(folder: &Path) -> Result<Arc<dyn ObjectStore>> {
    let named = |e: &dyn std::fmt::Display| DeskError::Blob(format!("{}: {e}", folder.display()));
    std::fs::create_dir_all(folder).map_err(|e| named(&e))?;
    let store = LocalFileSystem::new_with_prefix(folder)
        .map_err(|e| named(&e))?
        .with_fsync(true);
    Ok(Arc::new(store))
}

fn prefixed(store: impl ObjectStore, prefix: &str) -> Arc<dyn ObjectStore> {
    match prefix.trim_matches('/') {
        "" => Arc::new(store),
        prefix => Arc::new(PrefixStore::new(store, prefix)),
    }
}

fn key(sha256: &str) -> Key {
    let (a, b) = sha256.split_at(sha256.len().min(2));
    Key::from(format!("{a}/{b}"))
}

/// The digest a stored file's place stands for: its folder and name together.
fn digest_of(place: &Key) -> Option<String> {
    let name: String = place.as_ref().split('/').collect();
    // Whatever else lies there is none of ours.
    (name.len() == 64 && name.bytes().all(|b| b.is_ascii_hexdigit())).then_some(name)
}

impl Db {
    /// Stores bytes and the row that counts them. Files are never content anybody may read by their digest alone.
    pub async fn put_blob(&self, bytes: Vec<u8>) -> Result<Stored> {
        let stored = self.blobs().put(bytes).await?;
        self.count_blob(&stored).await?;
        Ok(stored)
    }
}
