//! Files that stay for a short time, under names of their own: nobody else ever speaks of them, so they can go again.

use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::{ObjectStoreExt, PutPayload, path::Path as Key};
use uuid::Uuid;

use super::Blobs;
use super::parts::Parts;
use crate::error::Result;

fn key(id: Uuid) -> Key {
    Key::from(format!("passing/{}", id.simple()))
}

/// A file on its way into the store. Dropped before its end, it leaves nothing that can be fetched.
pub struct Laying {
    blobs: Blobs,
    id: Uuid,
    parts: Parts,
}

impl Laying {
    /// Adds the next piece.
    ///
    /// # Errors
    /// The file store's.
    pub async fn write(&mut self, piece: &[u8]) -> Result<()> {
        self.parts.write(piece).await
    }

    /// The file is whole.
    ///
    /// # Errors
    /// The file store's.
    pub async fn end(self) -> Result<()> {
        if let Some(bytes) = self.parts.end().await? {
            let bytes = PutPayload::from(bytes);
            self.blobs.store.put(&key(self.id), bytes).await?;
        }
        Ok(())
    }

    /// Takes away what has arrived.
    pub async fn give_up(self) {
        self.parts.give_up().await;
    }
}

impl Blobs {
    /// Begins a file of this name.
    pub fn lay(&self, id: Uuid) -> Laying {
        Laying {
            blobs: self.clone(),
            id,
            parts: Parts::new(self, key(id)),
        }
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
