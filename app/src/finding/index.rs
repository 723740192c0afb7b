//! The index of this desk: opened when it is first needed, written by one process or kept by a server.

use std::sync::Arc;

use search::{Answer, Embedded, Engine, Error, Meilisearch, Request};
use tokio::sync::Mutex;

use crate::config::search::Place;

/// Where things are found; cheap to clone, all clones are one.
#[derive(Clone, Debug)]
pub struct Index(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    place: Place,
    open: Mutex<Option<Open>>,
    /// What the engine was told by this process.
    synonyms: Mutex<Option<Vec<Vec<String>>>>,
}

#[derive(Clone, Debug)]
struct Open {
    engine: Engine,
    writes: bool,
}

impl Index {
    /// The index in that place; nothing is opened yet.
    pub fn of(place: Place) -> Index {
        Index(Arc::new(Inner {
            place,
            open: Mutex::new(None),
            synonyms: Mutex::new(None),
        }))
    }

    /// Refuses a server that will never answer: of a wrong key, or too old. One that is away comes back.
    ///
    /// # Errors
    /// What is wrong with it.
    pub async fn check(&self) -> Result<(), Error> {
        if matches!(self.0.place, Place::Embedded(_)) {
            return Ok(());
        }
        match self.engine().await?.health().await {
            Err(error @ (Error::Key(_) | Error::Version { .. })) => Err(error),
            Err(error) => {
                tracing::error!(%error, "searching waits until it is mended");
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// The answer to a question; none, and a line in the log, while the index does not answer.
    pub async fn answer(&self, request: Request) -> Option<Answer> {
        let answer = async { self.engine().await?.search(request).await };
        match answer.await {
            Ok(answer) => Some(answer),
            Err(error) => {
                tracing::error!(%error, "a search was not answered");
                self.forget(&error).await;
                None
            }
        }
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
        let opened = match &self.0.place {
            Place::Embedded(folder) => Open {
                engine: Engine::Embedded(Embedded::read(folder).await?),
                writes: false,
            },
            Place::Meilisearch { url, key, index } => served(url, key.as_deref(), index)?,
        };
        let engine = opened.engine.clone();
        *open = Some(opened);
        Ok(engine)
    }

    /// The engine to write to; what cannot be read is begun anew.
    ///
    /// # Errors
    /// `Locked` while another process writes, others of the disk or the server.
    pub async fn writer(&self) -> Result<Engine, Error> {
        let mut open = self.0.open.lock().await;
        if let Some(open) = open.as_ref().filter(|open| open.writes) {
            return Ok(open.engine.clone());
        }
        let opened = match &self.0.place {
            Place::Embedded(folder) => {
                let engine = match Embedded::open(folder).await {
                    Err(error) if error.needs_rebuild() => {
                        tracing::warn!(%error, "the search index is begun anew");
                        Embedded::anew(folder).await?
                    }
                    other => other?,
                };
                Open {
                    engine: Engine::Embedded(engine),
                    writes: true,
                }
            }
            Place::Meilisearch { url, key, index } => served(url, key.as_deref(), index)?,
        };
        let engine = opened.engine.clone();
        *open = Some(opened);
        Ok(engine)
    }

    /// Tells the engine which words mean the same, unless it heard so from this process before.
    ///
    /// # Errors
    /// The engine's.
    pub async fn tell(&self, engine: &Engine, groups: Vec<Vec<String>>) -> Result<(), Error> {
        let mut told = self.0.synonyms.lock().await;
        if told.as_ref() != Some(&groups) {
            engine.set_synonyms(groups.clone()).await?;
            *told = Some(groups);
        }
        Ok(())
    }

    /// Lets it be told anew: another process may have begun an index or told it older things.
    pub async fn untell(&self) {
        *self.0.synonyms.lock().await = None;
    }

    /// Lets go of an index that turned out to be unreadable; the next one who needs it opens it again.
    pub async fn forget(&self, error: &Error) {
        if error.needs_rebuild() {
            *self.0.open.lock().await = None;
            self.untell().await;
        }
    }
}

fn served(url: &str, key: Option<&str>, index: &str) -> Result<Open, Error> {
    Ok(Open {
        engine: Engine::Meilisearch(Meilisearch::new(url, key, index)?),
        writes: true,
    })
}
