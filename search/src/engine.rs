//! The two engines behind one face.

use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::document::{Document, Key};
use crate::embedded::{self, Embedded};
use crate::error::Result;
use crate::meilisearch::{self, Meilisearch};
use crate::request::Request;

/// One step of keeping an index up to date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Change {
    /// There is this document, and it replaces the one with its key.
    Put(Box<Document>),
    /// There is no such document any more; fine when there was none.
    Delete(Key),
}

/// What an engine knows of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    pub documents: u64,
    /// Bytes on disk.
    pub bytes: u64,
    /// Which index answers, such as `index-3`.
    pub index: String,
    /// Whether a rebuild is under way, in whichever process.
    pub rebuilding: bool,
}

/// Where things are found. Cheap to clone; all clones are one engine.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Engine {
    Embedded(Embedded),
    Meilisearch(Meilisearch),
}

impl Engine {
    /// Answers a question. Bad input of any kind finds something or nothing; errors are the engine's own trouble.
    pub async fn search(&self, request: Request) -> Result<Answer> {
        match self {
            Self::Embedded(engine) => engine.search(request).await,
            Self::Meilisearch(engine) => engine.search(request).await,
        }
    }

    /// Does the changes in order, all or none; when it returns, searches see them. Doing them again changes nothing.
    /// Fails with `Locked` on an engine that only reads.
    pub async fn apply(&self, changes: Vec<Change>) -> Result<()> {
        match self {
            Self::Embedded(engine) => engine.apply(changes).await,
            Self::Meilisearch(engine) => engine.apply(changes).await,
        }
    }

    /// Begins an index beside the one that answers. What is applied to the engine meanwhile, by whichever process
    /// writes, is in the new one too once it answers. One at a time; dropping it leaves everything as it was.
    pub async fn rebuild(&self) -> Result<Rebuild> {
        match self {
            Self::Embedded(engine) => engine
                .rebuild()
                .await
                .map(|one| Rebuild::Embedded(Box::new(one))),
            Self::Meilisearch(engine) => engine.rebuild().await.map(Rebuild::Meilisearch),
        }
    }

    /// The stamp of every document, ordered by key: for comparing with the database.
    pub async fn stamps(&self) -> Result<Vec<(Key, i64)>> {
        match self {
            Self::Embedded(engine) => engine.stamps().await,
            Self::Meilisearch(engine) => engine.stamps().await,
        }
    }

    /// Groups of words or short phrases that mean the same, kept by the engine until they are set anew.
    pub async fn set_synonyms(&self, groups: Vec<Vec<String>>) -> Result<()> {
        match self {
            Self::Embedded(engine) => engine.set_synonyms(groups).await,
            Self::Meilisearch(engine) => engine.set_synonyms(groups).await,
        }
    }

    pub async fn stats(&self) -> Result<Stats> {
        match self {
            Self::Embedded(engine) => engine.stats().await,
            Self::Meilisearch(engine) => engine.stats().await,
        }
    }

    /// Whether it would answer now.
    pub async fn health(&self) -> Result<()> {
        match self {
            Self::Embedded(engine) => engine.health().await,
            Self::Meilisearch(engine) => engine.health().await,
        }
    }
}

/// An index that is being built beside the one that answers.
#[derive(Debug)]
#[non_exhaustive]
pub enum Rebuild {
    Embedded(Box<embedded::Building>),
    Meilisearch(meilisearch::Building),
}

impl Rebuild {
    /// Adds documents; a few hundred at once are best.
    pub async fn put(&mut self, documents: Vec<Document>) -> Result<()> {
        match self {
            Self::Embedded(building) => building.put(documents).await,
            Self::Meilisearch(building) => building.put(documents).await,
        }
    }

    /// Lets the new index answer in place of the old, which is removed.
    pub async fn finish(self) -> Result<()> {
        match self {
            Self::Embedded(building) => building.finish().await,
            Self::Meilisearch(building) => building.finish().await,
        }
    }
}
