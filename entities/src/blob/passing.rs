//! Files that stay for a short time, under names of their own: nobody else ever speaks of them, so they can go again.

use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::{MultipartUpload, ObjectStoreExt, PutPayload, path::Path as Key};
use uuid::Uuid;

use super::Blobs;
use crate::error::Result;

/// Pieces are handed to the store in parts of this size; S3 takes none smaller than 5 MB.
const PART_BYTES: usize = 8 * 1024 * 1024;

fn key(id: Uuid) -> Key {
    Key::from(format!("passing/{}", id.simple()))
}

/// A file on its way into the store. Dropped before its end, it leaves nothing that can be fetched.
pub struct Laying {
    upload: Box<dyn MultipartUpload>,
    part: Vec<u8>,
}

impl Laying {
    /// Adds the next piece.
    ///
    /// # Errors
    /// The file store's.
    pub async fn write(&mut self, piece: &[u8]) -> Result<()> {
        self.part.extend_from_slice(piece);
        if self.part.len() >= PART_BYTES {
            let part = std::mem::take(&mut self.part);
            self.upload.put_part(PutPayload::from(part)).await?;
        }
        Ok(())
    }

    /// The file is whole.
    ///
    /// # Errors
    /// The file store's.
    pub async fn end(mut self) -> Result<()> {
        if !self.part.is_empty() {
            let part = std::mem::take(&mut self.part);
            self.upload.put_part(PutPayload::from(part)).await?;
        }
        self.upload.complete().await?;
        Ok(())
    }

    /// Takes away what has arrived.
    pub async fn give_up(mut self) {
        if let Err(error) = self.upload.abort().await {
            tracing::warn!(%error, "parts of a file stay in the store");
        }
    }
}

impl Blobs {
    /// Begins a file of this name.
    ///
    /// # Errors
    /// The file store's.
    pub async fn lay(&self, id: Uuid) -> Result<Laying> {
        Ok(Laying {
            upload: self.store.put_multipart(&key(id)).await?,
            part: Vec::new(),
        })
    }

    /// The size of a file that was laid down, and its bytes as they are read.
    ///
    /// # Errors
    /// `Blob` when it is gone, `StoreAway` when the store does not answer.
    pub async fn fetch(
        &self,
        id: Uuid,
    ) -> Result<(u64, BoxStream<'static, std::io::Result<Vec<u8>>>)> {
        let found = self.store.get(&key(id)).await?;
        let size = found.meta.size;
        let bytes = found.into_stream().map_ok(Vec::from);
        Ok((size, bytes.map_err(std::io::Error::other).boxed()))
    }

    /// Takes a file away; that it is gone already is fine.
    ///
    /// # Errors
    /// The file store's.
    pub async fn take_away(&self, id: Uuid) -> Result<()> {
        match self.store.delete(&key(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
