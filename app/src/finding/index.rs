//! The index of this desk: opened when it is first needed, written by one process.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use search::{Embedded, Engine, Error};
use tokio::sync::Mutex;

/// Where things are found; cheap to clone, all clones are one.
#[derive(Clone, Debug)]
pub struct Index(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    open: Mutex<Option<Open>>,
}

#[derive(Clone, Debug)]
struct Open {
    engine: Engine,
    writes: bool,
}

impl Index {
    /// The index in the folder `search` of the data folder; nothing is opened yet.
    pub fn within(data_dir: &Path) -> Index {
        Index(Arc::new(Inner {
            folder: data_dir.join("search"),
            open: Mutex::new(None),
        }))
    }

    /// The engine to ask.
    ///
    /// # Errors
    /// The engine's: `Missing` until something was indexed, others when the index cannot be read.
    pub async fn engine(&self) -> Result<Engine, Error> {
        let mut open = self.0.open.lock().await;
        if let Some(open) = &*open {
            return Ok(open.engine.clone());
        }
        let engine = Engine::Embedded(Embedded::read(&self.0.folder).await?);
        *open = Some(Open {
            engine: engine.clone(),
            writes: false,
        });
        Ok(engine)
    }

    /// The engine to write to; what cannot be read is begun anew.
    ///
    /// # Errors
    /// `Locked` while another process writes, others of the disk.
    pub async fn writer(&self) -> Result<Engine, Error> {
        let mut open = self.0.open.lock().await;
        if let Some(open) = open.as_ref().filter(|open| open.writes) {
            return Ok(open.engine.clone());
        }
        let folder = &self.0.folder;
        let engine = match Embedded::open(folder).await {
            Ok(engine) => engine,
            Err(error) if error.needs_rebuild() => {
                tracing::warn!(%error, "the search index is begun anew");
                Embedded::anew(folder).await?
            }
            Err(error) => return Err(error),
        };
        let engine = Engine::Embedded(engine);
        *open = Some(Open {
            engine: engine.clone(),
            writes: true,
        });
        Ok(engine)
    }

    /// Lets go of an index that turned out to be unreadable; the next one who needs it opens it again.
    pub async fn forget(&self, error: &Error) {
        if error.needs_rebuild() {
            *self.0.open.lock().await = None;
        }
    }
}
