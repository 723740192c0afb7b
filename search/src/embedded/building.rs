//! Building an index beside the one that answers, and swapping the two.

use std::fs::File;
use std::sync::Arc;

use tantivy::IndexWriter;

use super::folder::{Folder, Journal};
use super::open::Open;
use super::{Inner, WRITER, blocking, lock};
use crate::document::Document;
use crate::engine::Change;
use crate::error::{Error, Result};

/// An index of the folder that does not answer yet.
#[derive(Debug)]
pub struct Building(Option<Built>);

struct Built {
    of: Arc<Inner>,
    open: Open,
    writer: IndexWriter,
    _lock: File,
}

impl std::fmt::Debug for Built {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Built").field(&self.open.name).finish()
    }
}

impl Building {
    pub(super) fn begin(of: Arc<Inner>) -> Result<Self> {
        let lock = of.folder.lock_rebuild()?;
        let lock = lock.ok_or_else(|| Error::Rebuilding(of.folder.path().display().to_string()))?;
        let journal = Journal::locked(&of.folder)?;
        journal.begin()?;
        drop(journal);
        let name = of.folder.free_name()?;
        let open = Open::create(&of.folder, &name)?;
        let writer = open.builder()?;
        Ok(Self(Some(Built {
            of,
            open,
            writer,
            _lock: lock,
        })))
    }

    pub(crate) async fn put(&mut self, documents: Vec<Document>) -> Result<()> {
        let Some(built) = self.0.take() else {
            return Err(Error::Broken("the rebuild failed before".into()));
        };
        let built = blocking(move || {
            let changes: Vec<_> = documents
                .into_iter()
                .map(|document| Change::Put(Box::new(document)))
                .collect();
            match built.open.write(&built.writer, &changes) {
                Ok(()) => Ok(built),
                Err(error) => {
                    built.abandon();
                    Err(error)
                }
            }
        })
        .await?;
        self.0 = Some(built);
        Ok(())
    }

    pub(crate) async fn finish(mut self) -> Result<()> {
        let Some(built) = self.0.take() else {
            return Err(Error::Broken("the rebuild failed before".into()));
        };
        blocking(move || built.finish()).await
    }
}

impl Drop for Building {
    fn drop(&mut self) {
        if let Some(built) = self.0.take() {
            built.abandon();
        }
    }
}

impl Built {
    fn abandon(self) {
        drop(self.writer);
        give_up(&self.of, &self.open);
    }

    fn finish(self) -> Result<()> {
        let Self {
            of,
            open,
            writer,
            _lock,
        } = self;
        if let Err(error) = swap(&of.folder, &open, writer) {
            give_up(&of, &open);
            return Err(error);
        }
        if of.lock.is_some() {
            // The writer of the index that was replaced holds files of it.
            *lock(&of.writer) = None;
            of.folder.keep_only(&[&open.name])?;
        } else if let Some(_nobody_writes) = of.folder.try_lock(WRITER)? {
            of.folder.keep_only(&[&open.name])?;
        }
        of.follow().map(drop)
    }
}

fn swap(folder: &Folder, open: &Open, mut writer: IndexWriter) -> Result<()> {
    let fault = |error| open.fault(error);
    // Most of it is written and merged before others have to wait.
    writer.commit().map_err(fault)?;
    writer.wait_merging_threads().map_err(fault)?;
    let journal = Journal::locked(folder)?;
    let noted = journal.noted()?;
    if !noted.is_empty() {
        let mut writer = open.writer()?;
        open.write(&writer, &noted)?;
        writer.commit().map_err(fault)?;
    }
    folder.point_to(&open.name)?;
    journal.end()
}

fn give_up(of: &Inner, open: &Open) {
    let ended = Journal::locked(&of.folder).and_then(|journal| journal.end());
    if let Err(error) = ended {
        tracing::warn!(%error, "the journal of a search index that was given up stays");
    }
    of.folder.remove(&open.name);
}
