//! A file that arrives piece by piece: never held whole in memory, named by its digest once it is complete.

use object_store::{MultipartUpload, ObjectStoreExt, PutPayload, path::Path as Key};
use sea_orm::{ConnectionTrait, Statement};
use sha2::{Digest, Sha256};

use super::{Blobs, Stored, key};
use crate::db::Db;
use crate::error::Result;

/// Pieces are handed to the store in parts of this size; S3 takes none smaller than 5 MB.
const PART_BYTES: usize = 8 * 1024 * 1024;

/// Where parts lie until the digest is known.
const ARRIVING: &str = "arriving";

/// A file on its way into the store. Dropped before its end, it leaves nothing that counts.
pub struct Arriving {
    blobs: Blobs,
    part: Vec<u8>,
    digest: Sha256,
    size_bytes: i64,
    upload: Option<(Key, Box<dyn MultipartUpload>)>,
}

impl Arriving {
    /// Adds the next piece.
    ///
    /// # Errors
    /// The file store's.
    pub async fn write(&mut self, mut piece: &[u8]) -> Result<()> {
        self.digest.update(piece);
        self.size_bytes += piece.len() as i64;
        while self.part.len() + piece.len() >= PART_BYTES {
            let (now, later) = piece.split_at(PART_BYTES - self.part.len());
            self.part.extend_from_slice(now);
            piece = later;
            self.hand_over().await?;
        }
        self.part.extend_from_slice(piece);
        Ok(())
    }

    /// How many bytes have arrived.
    pub fn size_bytes(&self) -> i64 {
        self.size_bytes
    }

    async fn hand_over(&mut self) -> Result<()> {
        if self.upload.is_none() {
            let at = Key::from(format!("{ARRIVING}/{}", uuid::Uuid::new_v4().simple()));
            let upload = self.blobs.store.put_multipart(&at).await?;
            self.upload = Some((at, upload));
        }
        let part = std::mem::take(&mut self.part);
        if let Some((_, upload)) = &mut self.upload {
            upload.put_part(PutPayload::from(part)).await?;
        }
        Ok(())
    }

    async fn end(mut self) -> Result<Stored> {
        if self.upload.is_none() {
            return self.blobs.put(self.part).await;
        }
        if !self.part.is_empty() {
            self.hand_over().await?;
        }
        let stored = Stored {
            sha256: hex::encode(self.digest.finalize()),
            size_bytes: self.size_bytes,
        };
        let Some((at, mut upload)) = self.upload else {
            return Ok(stored);
        };
        upload.complete().await?;
        // The same bytes may be there; then they are only written once more.
        self.blobs.store.rename(&at, &key(&stored.sha256)).await?;
        Ok(stored)
    }
}

impl Db {
    /// Begins a file that arrives piece by piece.
    pub fn arriving(&self) -> Arriving {
        Arriving {
            blobs: self.blobs().clone(),
            part: Vec::new(),
            digest: Sha256::new(),
            size_bytes: 0,
            upload: None,
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
        let backend = self.writer().get_database_backend();
        self.writer()
            .execute_raw(Statement::from_sql_and_values(
                backend,
                "INSERT INTO blob (sha256, size_bytes, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                [
                    stored.sha256.clone().into(),
                    stored.size_bytes.into(),
                    self.clock().now().into(),
                ],
            ))
            .await?;
        Ok(())
    }
}
