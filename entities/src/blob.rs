//! Files by the SHA-256 of their bytes: a directory, written before any row speaks of them.

use std::path::Path;
use std::sync::Arc;

use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, path::Path as Key};
use sea_orm::ConnectionTrait;
use sea_orm::Statement;
use sha2::{Digest, Sha256};

use crate::db::Db;
use crate::error::{DeskError, Result};

/// The file store.
#[derive(Clone, Debug)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
}

/// A stored file: its digest in hex and its size in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub sha256: String,
    pub size_bytes: i64,
}

impl Blobs {
    /// Opens the folder, made when missing.
    ///
    /// # Errors
    /// When the folder cannot be made or read; the message names it.
    pub fn open(folder: &Path) -> Result<Blobs> {
        let named =
            |e: &dyn std::fmt::Display| DeskError::Blob(format!("{}: {e}", folder.display()));
        std::fs::create_dir_all(folder).map_err(|e| named(&e))?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(|e| named(&e))?
            .with_fsync(true);
        Ok(Blobs {
            store: Arc::new(store),
        })
    }

    /// Stores bytes; the same bytes are stored once.
    pub async fn put(&self, bytes: Vec<u8>) -> Result<Stored> {
        let stored = Stored {
            sha256: hex::encode(Sha256::digest(&bytes)),
            size_bytes: bytes.len() as i64,
        };
        let key = key(&stored.sha256);
        if self.store.head(&key).await.is_err() {
            self.store.put(&key, PutPayload::from(bytes)).await?;
        }
        Ok(stored)
    }

    /// The bytes of a stored file.
    ///
    /// # Errors
    /// `Blob` when it is missing.
    pub async fn get(&self, sha256: &str) -> Result<Vec<u8>> {
        Ok(self.store.get(&key(sha256)).await?.bytes().await?.to_vec())
    }
}

fn key(sha256: &str) -> Key {
    let (a, b) = sha256.split_at(sha256.len().min(2));
    Key::from(format!("{a}/{b}"))
}

impl Db {
    /// Stores bytes and the row that counts them. Files are never content anybody may read by their digest alone.
    pub async fn put_blob(&self, bytes: Vec<u8>) -> Result<Stored> {
        let stored = self.blobs().put(bytes).await?;
        let backend = self.writer().get_database_backend();
        self.writer()
            .execute_raw(Statement::from_sql_and_values(
                backend,
                "INSERT INTO blob (sha256, size_bytes, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                [stored.sha256.clone().into(), stored.size_bytes.into(), self.clock().now().into()],
            ))
            .await?;
        Ok(stored)
    }
}
