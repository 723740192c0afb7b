//! Bytes on their way into the store, in parts: never held whole in memory once they are many.

use object_store::{MultipartUpload, ObjectStoreExt, PutPayload, path::Path as Key};

use super::Blobs;
use crate::error::Result;

/// The size of a part; S3 takes none smaller than 5 MB.
const PART_BYTES: usize = 8 * 1024 * 1024;

/// An upload that begins with the first part that is full. Dropped before its end, it leaves nothing that can be fetched.
pub(super) struct Parts {
    blobs: Blobs,
    at: Key,
    part: Vec<u8>,
    upload: Option<Box<dyn MultipartUpload>>,
}

impl Parts {
    pub fn new(blobs: &Blobs, at: Key) -> Parts {
        Parts {
            blobs: blobs.clone(),
            at,
            part: Vec::new(),
            upload: None,
        }
    }

    /// Adds the next piece.
    pub async fn write(&mut self, mut piece: &[u8]) -> Result<()> {
        while self.part.len() + piece.len() >= PART_BYTES {
            let (now, later) = piece.split_at(PART_BYTES - self.part.len());
            self.part.extend_from_slice(now);
            piece = later;
            self.hand_over().await?;
        }
        self.part.extend_from_slice(piece);
        Ok(())
    }

    async fn hand_over(&mut self) -> Result<()> {
        let part = PutPayload::from(std::mem::take(&mut self.part));
        let upload = match &mut self.upload {
            Some(upload) => upload,
            none => none.insert(self.blobs.store.put_multipart(&self.at).await?),
        };
        upload.put_part(part).await?;
        Ok(())
    }

    /// Ends it; what never filled a part comes back and is nowhere yet.
    pub async fn end(mut self) -> Result<Option<Vec<u8>>> {
        if self.upload.is_none() {
            return Ok(Some(self.part));
        }
        if !self.part.is_empty() {
            self.hand_over().await?;
        }
        if let Some(mut upload) = self.upload {
            upload.complete().await?;
        }
        Ok(None)
    }

    /// Takes away what has arrived.
    pub async fn give_up(self) {
        if let Some(mut upload) = self.upload
            && let Err(error) = upload.abort().await
        {
            tracing::warn!(%error, "parts of a file stay in the store");
        }
    }
}
