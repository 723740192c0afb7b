//! A file that arrives piece by piece: never held whole in memory, named by its digest once it is complete.

use object_store::{ObjectStoreExt, path::Path as Key};
use sha2::{Digest, Sha256};

use super::parts::Parts;
use super::{Blobs, Stored, key};
use crate::db::Db;
use crate::error::Result;

/// Where parts lie until the digest is known.
const ARRIVING: &str = "arriving";

/// A file on its way into the store. Dropped before its end, it leaves nothing that counts.
pub struct Arriving {
    blobs: Blobs,
    at: Key,
    parts: Parts,
    digest: Sha256,
    size_bytes: i64,
}

impl Arriving {
    /// Adds the next piece.
    ///
    /// # Errors
    /// The file store's.
    pub async fn write(&mut self, piece: &[u8]) -> Result<()> {
        self.digest.update(piece);
        self.size_bytes += piece.len() as i64;
        self.parts.write(piece).await
    }

    /// How many bytes have arrived.
    pub fn size_bytes(&self) -> i64 {
        self.size_bytes
    }

    async fn end(self) -> Result<Stored> {
        if let Some(bytes) = self.parts.end().await? {
            return self.blobs.put(bytes).await;
        }
        let stored = Stored {
            sha256: hex::encode(self.digest.finalize()),
            size_bytes: self.size_bytes,
        };
        // The same bytes may be there; then they are only written once more.
        let to = key(&stored.sha256);
        self.blobs.store.rename(&self.at, &to).await?;
        Ok(stored)
    }
}

impl Db {
    /// Begins a file that arrives piece by piece.
    pub fn arriving(&self) -> Arriving {
        let at = Key::from(format!("{ARRIVING}/{}", uuid::Uuid::new_v4().simple()));
        Arriving {
            blobs: self.blobs().clone(),
            parts: Parts::new(self.blobs(), at.clone()),
            at,
            digest: Sha256::new(),
            size_bytes: 0,
        }
    }

    /// Stores a file that has arrived, and the row that counts it.
    ///
    /// # Errors
    /// The file store's or the database's.
    pub async fn put_arrived(&self, arrived: Arriving) -> Result<Stored> {
        let stored = arrived.end().await?;
        self.count_blob(&stored).await?;
        Ok(stored)
    }

    /// Stores bytes that stay with the caller, without a copy of all of them.
    ///
    /// # Errors
    /// The file store's or the database's.
    pub async fn put_blob_of(&self, bytes: &[u8]) -> Result<Stored> {
        let mut arriving = self.arriving();
        arriving.write(bytes).await?;
        self.put_arrived(arriving).await
    }

    pub(super) async fn count_blob(&self, stored: &Stored) -> Result<()> {
        // The row that speaks of the file commits later. What is to be removed is new again.
        self.write_note(
            "INSERT INTO blob (sha256, size_bytes, created_at) VALUES ($1, $2, $3) ON CONFLICT (sha256) DO UPDATE \
             SET created_at = excluded.created_at WHERE EXISTS \
             (SELECT 1 FROM redacted_file r WHERE r.sha256 = blob.sha256)",
            vec![
                stored.sha256.clone().into(),
                stored.size_bytes.into(),
                self.clock().now().into(),
            ],
        )
        .await
    }
}
