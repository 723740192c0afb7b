//! Building an index beside the one that answers, and swapping the two.

use std::fs::File;
use std::sync::Arc;

use tantivy::IndexWriter;
use tantivy::indexer::NoMergePolicy;

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
    join(open)?;
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

/// Makes one segment of all that were written, since each question looks into every one of them.
fn join(open: &Open) -> Result<()> {
    let fault = |error| open.fault(error);
    let segments = open.index.searchable_segment_ids().map_err(fault)?;
    if segments.len() < 2 {
        return Ok(());
    }
    let mut writer = open.writer()?;
    // What is being merged already cannot be merged once more.
    writer.set_merge_policy(Box::new(NoMergePolicy));
    match writer.merge(&segments).wait().map_err(fault) {
        // There was no room for both. It answers as well without that, a little later.
        Err(error @ Error::Full(_)) => {
            tracing::warn!(%error, parts = segments.len(), "a search index stays in parts");
            writer.garbage_collect_files().wait().map_err(fault)?;
            Ok(())
        }
        merged => merged.map(drop),
    }
}

fn give_up(of: &Inner, open: &Open) {
    let ended = Journal::locked(&of.folder).and_then(|journal| journal.end());
    if let Err(error) = ended {
        tracing::warn!(%error, "the journal of a search index that was given up stays");
    }
    of.folder.remove(&open.name);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::path::Path;

    use uuid::Uuid;

    use super::*;
    use crate::document::{Key, Kind, Passage};

    fn ticket(number: u128) -> Document {
        Document {
            key: Key {
                kind: Kind::Ticket,
                id: Uuid::from_u128(number),
            },
            reference: format!("2026-{number:06}-3"),
            source_id: None,
            title: format!("Zahllauf {number}"),
            keywords: Vec::new(),
            summary: String::new(),
            passages: vec![Passage::open("Der Zahllauf endete vor dem letzten Träger.")],
            tags: Vec::new(),
            at: 1_760_000_000,
            solved: false,
            stamp: 1,
            language: "de".to_owned(),
        }
    }

    fn stores(folder: &Path) -> usize {
        let entries = std::fs::read_dir(folder).unwrap();
        let is_store = |path: &Path| path.extension().is_some_and(|ending| ending == "store");
        entries
            .filter(|entry| is_store(&entry.as_ref().unwrap().path()))
            .count()
    }

    #[test]
    fn what_was_written_in_many_parts_is_one_that_holds_all_of_it() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(place.path());
        let open = Open::create(&folder, "index-1").unwrap();
        let mut writer = open.writer().unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for number in 1..=10 {
            let put = Change::Put(Box::new(ticket(number)));
            open.write(&writer, &[put]).unwrap();
            writer.commit().unwrap();
        }
        writer.wait_merging_threads().unwrap();
        let parts = || open.index.searchable_segment_ids().unwrap().len();
        assert_eq!((parts(), stores(&open.path)), (10, 10));
        join(&open).unwrap();
        assert_eq!((parts(), stores(&open.path)), (1, 1));
        open.reader.reload().unwrap();
        assert_eq!(open.reader.searcher().num_docs(), 10);
        assert!(open.damaged_files().is_empty());
        // One alone stays what it is.
        let before = open.index.searchable_segment_ids().unwrap();
        join(&open).unwrap();
        assert_eq!(open.index.searchable_segment_ids().unwrap(), before);
    }
}
