//! The folder of an index: which index in it answers, who writes, what was changed while a new one is built.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::schema::FORMAT;
use crate::engine::Change;
use crate::error::{Error, Result};

/// Which index answers. Replaced as a whole, so that whoever reads it sees the old or the new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Pointer {
    format: u32,
    index: String,
}

/// Words that mean the same, in groups.
pub(super) type Groups = Vec<Vec<String>>;

#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn create(&self) -> Result<()> {
        fs::create_dir_all(&self.0).map_err(|error| self.fault(&error))
    }

    pub fn index(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The name of the index that answers; none where nothing was indexed yet.
    pub fn current(&self) -> Result<Option<String>> {
        let path = self.0.join("current");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.fault(&error)),
        };
        let pointer: Pointer = serde_json::from_str(&text).map_err(|error| Error::Damaged {
            path,
            reason: error.to_string(),
        })?;
        let is_name = pointer
            .index
            .strip_prefix("index-")
            .is_some_and(|number| number.parse::<u64>().is_ok());
        if pointer.format != FORMAT || !is_name {
            return Err(Error::Format {
                path: self.0.clone(),
                found: pointer.format,
                wanted: FORMAT,
            });
        }
        Ok(Some(pointer.index))
    }

    pub fn point_to(&self, name: &str) -> Result<()> {
        let pointer = Pointer {
            format: FORMAT,
            index: name.to_owned(),
        };
        self.replace("current", &pointer)
    }

    /// Writes a file as a whole: it is the old one or the new one, whatever happens.
    fn replace(&self, name: &str, content: &impl Serialize) -> Result<()> {
        let write = || -> io::Result<()> {
            let beside = self.0.join(format!("{name}.new"));
            let mut file = File::create(&beside)?;
            file.write_all(&serde_json::to_vec(content)?)?;
            file.sync_all()?;
            fs::rename(beside, self.0.join(name))?;
            File::open(&self.0)?.sync_all()
        };
        write().map_err(|error| self.fault(&error))
    }

    /// A name no index of this folder has.
    pub fn free_name(&self) -> Result<String> {
        let last = self
            .indexes()?
            .iter()
            .filter_map(|name| name.strip_prefix("index-")?.parse::<u64>().ok())
            .max()
            .unwrap_or(0);
        Ok(format!("index-{}", last + 1))
    }

    fn indexes(&self) -> Result<Vec<String>> {
        let names = || -> io::Result<Vec<String>> {
            fs::read_dir(&self.0)?
                .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
                .collect()
        };
        let mut names = names().map_err(|error| self.fault(&error))?;
        names.retain(|name| name.starts_with("index-"));
        Ok(names)
    }

    /// Removes every index but those. What cannot be removed is left for the next time.
    pub fn keep_only(&self, kept: &[&str]) -> Result<()> {
        for name in self.indexes()? {
            if !kept.contains(&name.as_str()) {
                self.remove(&name);
            }
        }
        Ok(())
    }

    pub fn remove(&self, name: &str) {
        if let Err(error) = fs::remove_dir_all(self.index(name)) {
            tracing::warn!(name, %error, "a search index that is not needed stays");
        }
    }

    /// Bytes of an index.
    pub fn bytes(&self, name: &str) -> u64 {
        let Ok(entries) = fs::read_dir(self.index(name)) else {
            return 0;
        };
        entries
            .filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len()))
            .sum()
    }

    /// Takes a lock that ends with this process at the latest; none when somebody has it.
    pub fn try_lock(&self, name: &str) -> Result<Option<File>> {
        let file = self.lock_file(name)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(self.fault(&error)),
        }
    }

    /// Takes a lock that is held for moments only.
    fn lock(&self, name: &str) -> Result<File> {
        let file = self.lock_file(name)?;
        file.lock().map_err(|error| self.fault(&error))?;
        Ok(file)
    }

    fn lock_file(&self, name: &str) -> Result<File> {
        OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.0.join(name))
            .map_err(|error| self.fault(&error))
    }

    pub fn synonyms(&self) -> Groups {
        fs::read(self.0.join("synonyms.json"))
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    pub fn set_synonyms(&self, groups: &Groups) -> Result<()> {
        self.replace("synonyms.json", groups)
    }

    /// When the synonyms and the index were last written, for whoever follows them.
    pub fn written(&self, index: &str) -> [Option<std::time::SystemTime>; 2] {
        let time = |path: PathBuf| fs::metadata(path).ok()?.modified().ok();
        [
            time(self.index(index).join("meta.json")),
            time(self.0.join("synonyms.json")),
        ]
    }

    pub fn fault(&self, error: &io::Error) -> Error {
        io_fault(&self.0, error)
    }
}

/// What went wrong on the disk, by what to do about it.
pub(super) fn io_fault(path: &Path, error: &io::Error) -> Error {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::Full(path),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Error::ReadOnly(path)
        }
        _ => Error::Io {
            path,
            reason: error.to_string(),
        },
    }
}

/// What is applied while a new index is built, so that it is in that one too.
///
/// Whoever applies holds the lock for so long, and so does whoever swaps: each change is in the journal before the
/// swap, or in the new index after it.
pub(super) struct Journal<'a> {
    folder: &'a Folder,
    _lock: File,
}

const JOURNAL: &str = "journal";
const REBUILD: &str = "rebuild.lock";

impl<'a> Journal<'a> {
    pub fn locked(folder: &'a Folder) -> Result<Self> {
        let lock = folder.lock("journal.lock")?;
        Ok(Self {
            folder,
            _lock: lock,
        })
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join(JOURNAL)
    }

    fn fault(&self, error: &io::Error) -> Error {
        self.folder.fault(error)
    }

    pub fn begin(&self) -> Result<()> {
        File::create(self.path())
            .map(drop)
            .map_err(|error| self.fault(&error))
    }

    /// Notes changes while somebody is building; a journal whose builder was killed is removed.
    pub fn note(&self, changes: &[Change]) -> Result<()> {
        if !self.path().exists() {
            return Ok(());
        }
        if let Some(_nobody_builds) = self.folder.try_lock(REBUILD)? {
            return self.end();
        }
        let write = || -> io::Result<()> {
            // After a line that was cut off the next one still stands by itself.
            let mut out = vec![b'\n'];
            for change in changes {
                serde_json::to_writer(&mut out, change)?;
                out.push(b'\n');
            }
            let mut file = OpenOptions::new().append(true).open(self.path())?;
            file.write_all(&out)?;
            file.sync_data()
        };
        write().map_err(|error| self.fault(&error))
    }

    /// What was noted, in order. A line that was cut off belongs to changes that were not applied either.
    pub fn noted(&self) -> Result<Vec<Change>> {
        let file = match File::open(self.path()) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(self.fault(&error)),
        };
        let mut changes = Vec::new();
        for line in BufReader::new(file).lines() {
            let line = line.map_err(|error| self.fault(&error))?;
            changes.extend(serde_json::from_str::<Change>(&line).ok());
        }
        Ok(changes)
    }

    pub fn end(&self) -> Result<()> {
        match fs::remove_file(self.path()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.fault(&error)),
            _ => Ok(()),
        }
    }
}

impl Folder {
    /// The lock of whoever builds; none when somebody does already.
    pub fn lock_rebuild(&self) -> Result<Option<File>> {
        self.try_lock(REBUILD)
    }

    pub fn is_rebuilding(&self) -> bool {
        self.path().join(JOURNAL).exists() && matches!(self.try_lock(REBUILD), Ok(None))
    }
}
