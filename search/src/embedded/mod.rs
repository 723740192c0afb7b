//! The engine of this process: one folder, one process that writes, others on the same machine that read.

mod ask;
mod building;
mod disk;
mod expand;
mod facets;
mod filter;
mod folder;
mod forms;
mod highlight;
mod near;
mod open;
mod order;
mod rank;
mod schema;
mod search;
mod stamps;
mod weigh;

use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tantivy::IndexWriter;
use tokio::sync::Semaphore;

use crate::answer::Answer;
use crate::document::Key;
use crate::engine::{Change, Stats};
use crate::error::{Error, Result};
use crate::request::Request;
use crate::synonyms::Synonyms;
pub use building::Building;
use folder::{Folder, Journal};
use open::Open;

const WRITER: &str = "writer.lock";

/// An index in a folder. Cheap to clone; clones are one engine.
#[derive(Clone, Debug)]
pub struct Embedded(Arc<Inner>);

struct Inner {
    folder: Folder,
    /// The lock of the process that writes; none in those that read.
    lock: Option<File>,
    open: RwLock<Arc<Open>>,
    synonyms: RwLock<Arc<Synonyms>>,
    /// The writer, and which index it writes into. Made when it is needed first.
    writer: Mutex<Option<(String, IndexWriter)>>,
    /// A search only reckons, with numbers for every document: more of them at once than there are cores answer no
    /// sooner and need memory each.
    places: Arc<Semaphore>,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Embedded").field(&self.folder).finish()
    }
}

impl Embedded {
    /// Opens the index in `folder` for writing, and makes an empty one where none was. One process at a time:
    /// `Locked` when another has it. `Damaged` and `Format` say that it must be built anew (`Embedded::anew`).
    pub async fn open(folder: &Path) -> Result<Self> {
        let folder = Folder::at(folder);
        blocking(move || Self::open_now(folder, false)).await
    }

    /// Opens for reading beside the process that writes, and follows what it does; `Missing` where nothing was indexed
    /// yet. `apply` fails with `Locked`. Rebuilding works: the process that writes follows.
    pub async fn read(folder: &Path) -> Result<Self> {
        let folder = Folder::at(folder);
        blocking(move || {
            let name = folder.current()?;
            let name = name.ok_or_else(|| Error::Missing(folder.path().to_owned()))?;
            let open = Open::existing(&folder, &name)?;
            Ok(Self::of(folder, None, open))
        })
        .await
    }

    /// Throws away what is in `folder`, readable or not, and opens an empty index for writing. What was thrown away
    /// comes back by a rebuild.
    pub async fn anew(folder: &Path) -> Result<Self> {
        let folder = Folder::at(folder);
        blocking(move || Self::open_now(folder, true)).await
    }

    fn open_now(folder: Folder, anew: bool) -> Result<Self> {
        folder.create()?;
        let lock = folder.try_lock(WRITER)?;
        let lock = lock.ok_or_else(|| Error::Locked(folder.path().to_owned()))?;
        let current = if anew { None } else { folder.current()? };
        let open = match current {
            Some(name) => Open::existing(&folder, &name)?,
            None => {
                let name = folder.free_name()?;
                let open = Open::create(&folder, &name)?;
                folder.point_to(&name)?;
                open
            }
        };
        if !folder.is_rebuilding() {
            folder.keep_only(&[&open.name])?;
        }
        Ok(Self::of(folder, Some(lock), open))
    }

    fn of(folder: Folder, lock: Option<File>, open: Open) -> Self {
        let synonyms = Arc::new(Synonyms::of(&folder.synonyms()));
        Self(Arc::new(Inner {
            folder,
            lock,
            open: RwLock::new(Arc::new(open)),
            synonyms: RwLock::new(synonyms),
            writer: Mutex::new(None),
            places: Arc::new(Semaphore::new(cores())),
        }))
    }

    pub(crate) async fn search(&self, request: Request) -> Result<Answer> {
        let inner = Arc::clone(&self.0);
        let kept = Arc::clone(&self.0);
        let place = Arc::clone(&self.0.places).acquire_owned().await;
        let place = place.map_err(|error| Error::Broken(error.to_string()))?;
        let reckoning = move || {
            // Kept until it is done, whether or not somebody still waits for the answer.
            let _place = place;
            inner.search(&request)
        };
        match tokio::task::spawn_blocking(reckoning).await {
            Ok(answer) => answer,
            // What cannot be read panics in places.
            Err(_) => blocking(move || Err(kept.why_it_broke())).await,
        }
    }

    pub(crate) async fn apply(&self, changes: Vec<Change>) -> Result<()> {
        let inner = Arc::clone(&self.0);
        blocking(move || inner.apply(&changes)).await
    }

    pub(crate) async fn rebuild(&self) -> Result<Building> {
        let inner = Arc::clone(&self.0);
        blocking(move || Building::begin(inner)).await
    }

    pub(crate) async fn stamps(&self) -> Result<Vec<(Key, i64)>> {
        let inner = Arc::clone(&self.0);
        blocking(move || {
            let open = inner.follow()?;
            stamps::all(&open.reader.searcher()).map_err(|error| open.fault(error))
        })
        .await
    }

    pub(crate) async fn set_synonyms(&self, groups: Vec<Vec<String>>) -> Result<()> {
        let inner = Arc::clone(&self.0);
        blocking(move || {
            inner.folder.set_synonyms(&groups)?;
            *write(&inner.synonyms) = Arc::new(Synonyms::of(&groups));
            Ok(())
        })
        .await
    }

    pub(crate) async fn stats(&self) -> Result<Stats> {
        let inner = Arc::clone(&self.0);
        blocking(move || {
            let open = inner.follow()?;
            Ok(Stats {
                documents: open.reader.searcher().num_docs(),
                bytes: inner.folder.bytes(&open.name),
                index: open.name.clone(),
                rebuilding: inner.folder.is_rebuilding(),
            })
        })
        .await
    }

    pub(crate) async fn health(&self) -> Result<()> {
        let inner = Arc::clone(&self.0);
        blocking(move || inner.follow().map(drop)).await
    }
}

impl Inner {
    /// The index that answers now, in its newest state.
    fn follow(&self) -> Result<Arc<Open>> {
        // An index may be replaced between reading its name and opening it.
        let replaced = || self.folder.current().ok().flatten();
        loop {
            let name = replaced();
            match self.follow_once() {
                Err(Error::Damaged { .. } | Error::Io { .. }) if replaced() != name => {}
                other => return other,
            }
        }
    }

    fn follow_once(&self) -> Result<Arc<Open>> {
        let known = Arc::clone(&read(&self.open));
        let name = match self.folder.current()? {
            Some(name) => name,
            None => return Err(Error::Missing(self.folder.path().to_owned())),
        };
        let written = self.folder.written(&name);
        if name == known.name && written == known.seen {
            return Ok(known);
        }
        let mut open = write(&self.open);
        if name == open.name && written == open.seen {
            return Ok(Arc::clone(&open));
        }
        let newer = if name == open.name {
            open.reader.reload().map_err(|error| open.fault(error))?;
            Open {
                name,
                path: open.path.clone(),
                index: open.index.clone(),
                reader: open.reader.clone(),
                fields: open.fields,
                seen: written,
            }
        } else {
            Open::existing(&self.folder, &name)?
        };
        *write(&self.synonyms) = Arc::new(Synonyms::of(&self.folder.synonyms()));
        *open = Arc::new(newer);
        Ok(Arc::clone(&open))
    }

    fn search(&self, request: &Request) -> Result<Answer> {
        let open = self.follow()?;
        let synonyms = Arc::clone(&read(&self.synonyms));
        search::answer(&open, &synonyms, request).map_err(|error| open.fault(error))
    }

    fn why_it_broke(&self) -> Error {
        let open = Arc::clone(&read(&self.open));
        match open.damaged_files().first() {
            Some(file) => Error::Damaged {
                path: open.path.clone(),
                reason: file.display().to_string(),
            },
            None => Error::Broken("a question was not answered".into()),
        }
    }

    fn apply(&self, changes: &[Change]) -> Result<()> {
        if self.lock.is_none() {
            return Err(Error::Locked(self.folder.path().to_owned()));
        }
        if changes.is_empty() {
            return Ok(());
        }
        let mut writer = lock(&self.writer);
        let journal = Journal::locked(&self.folder)?;
        journal.note(changes)?;
        let open = self.follow()?;
        if writer.as_ref().is_none_or(|(name, _)| *name != open.name) {
            // The writer of an index that was replaced is let go before the next one is made.
            *writer = None;
            *writer = Some((open.name.clone(), open.writer()?));
            if !self.folder.is_rebuilding() {
                self.folder.keep_only(&[&open.name])?;
            }
        }
        let Some((_, current)) = writer.as_mut() else {
            return Err(Error::Broken("there is no writer".into()));
        };
        let done = open.write(current, changes).and_then(|()| {
            current
                .commit()
                .map(drop)
                .map_err(|error| open.fault(error))
        });
        if done.is_err() {
            // What was half written goes with it.
            *writer = None;
        }
        drop(journal);
        done?;
        self.follow().map(drop)
    }
}

/// How much is reckoned at once; two at least, so that a long search holds up no short one.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2))
}

/// Runs what reads or writes files beside the tasks of the runtime.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(Error::Broken(error.to_string())))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
