//! The files of an index: small ones are mapped, large ones are read piece by piece.
//!
//! What is mapped and was looked at counts as memory of the process, so that a server would seem to grow to the size of
//! its index. Reading costs a copy from the system's cache. A long piece of a large file is mapped for as long as somebody
//! has it.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle,
    WritePtr,
};
use tantivy::{Directory, HasLen};

/// Files that grow with what is indexed: documents, where words stand, which documents have them.
const LARGE: [&str; 3] = ["store", "pos", "idx"];
/// Longer pieces are mapped nevertheless: merging copies whole files.
const PIECE: usize = 1 << 20;

#[derive(Clone, Debug)]
pub(super) struct Disk {
    folder: PathBuf,
    mapped: MmapDirectory,
}

impl Disk {
    pub fn open(folder: &Path) -> tantivy::Result<Self> {
        Ok(Self {
            folder: folder.to_owned(),
            mapped: MmapDirectory::open(folder)?,
        })
    }
}

impl Directory for Disk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let is_large = path
            .extension()
            .is_some_and(|ending| LARGE.iter().any(|large| ending == *large));
        if !is_large {
            return self.mapped.get_file_handle(path);
        }
        let opened = File::open(self.folder.join(path))
            .and_then(|file| Ok((file.metadata()?.len(), file)))
            .map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
                _ => OpenReadError::wrap_io_error(error, path.to_owned()),
            });
        let (length, file) = opened?;
        Ok(Arc::new(Pieces {
            path: path.to_owned(),
            file,
            length: length as usize,
            mapped: self.mapped.clone(),
        }))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.mapped.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.mapped.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.mapped.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.mapped.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.mapped.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}

#[derive(Debug)]
struct Pieces {
    path: PathBuf,
    file: File,
    /// Bytes of the file.
    length: usize,
    mapped: MmapDirectory,
}

impl HasLen for Pieces {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for Pieces {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.len() > PIECE {
            match self.mapped.get_file_handle(&self.path) {
                Ok(mapped) if range.end <= mapped.len() => return mapped.read_bytes(range),
                Ok(_) => return Err(io::ErrorKind::UnexpectedEof.into()),
                // Another process removed it, and whoever has it open reads on.
                Err(OpenReadError::FileDoesNotExist(_)) => {}
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        let mut bytes = vec![0; range.len()];
        self.file.read_exact_at(&mut bytes, range.start as u64)?;
        Ok(OwnedBytes::new(bytes))
    }
}
