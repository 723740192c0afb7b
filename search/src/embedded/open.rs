//! An index that is open: its readers, and what goes wrong with it.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tantivy::directory::error::{OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyError, Term};

use super::disk::Disk;
use super::folder::{Folder, io_fault};
use super::schema::{self, FORMAT, Fields, TOKENIZER, Terms};
use crate::engine::Change;
use crate::error::{Error, Result};

/// Memory of whoever writes, in bytes: of a process that also serves, and of a rebuild for each of its threads.
const SERVING: usize = 32_000_000;
const BUILDING: usize = 32_000_000;
const BUILDERS: usize = 2;

pub(super) struct Open {
    pub name: String,
    pub path: PathBuf,
    pub index: Index,
    pub reader: IndexReader,
    pub fields: Fields,
    /// When what is read now was written.
    pub seen: [Option<SystemTime>; 2],
}

impl Open {
    pub fn create(folder: &Folder, name: &str) -> Result<Self> {
        let path = folder.index(name);
        std::fs::create_dir_all(&path).map_err(|error| folder.fault(&error))?;
        let (schema, _) = schema::schema();
        Disk::open(&path)
            .and_then(|disk| Index::create(disk, schema, IndexSettings::default()))
            .map_err(|error| fault(&path, error))?;
        Self::existing(folder, name)
    }

    pub fn existing(folder: &Folder, name: &str) -> Result<Self> {
        let path = folder.index(name);
        let seen = folder.written(name);
        let (wanted, fields) = schema::schema();
        let index = Disk::open(&path)
            .and_then(Index::open)
            .map_err(|error| fault(&path, error))?;
        if index.schema() != wanted {
            return Err(Error::Format {
                path: folder.path().to_owned(),
                found: 0,
                wanted: FORMAT,
            });
        }
        index
            .tokenizers()
            .register(TOKENIZER, TextAnalyzer::from(Terms));
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(32)
            .try_into()
            .map_err(|error| fault(&path, error))?;
        Ok(Self {
            name: name.to_owned(),
            path,
            index,
            reader,
            fields,
            seen,
        })
    }

    pub fn writer(&self) -> Result<IndexWriter> {
        self.index
            .writer_with_num_threads(1, SERVING)
            .map_err(|error| self.fault(error))
    }

    pub fn builder(&self) -> Result<IndexWriter> {
        self.index
            .writer_with_num_threads(BUILDERS, BUILDERS * BUILDING)
            .map_err(|error| self.fault(error))
    }

    /// Hands changes to a writer, which keeps them for its next commit.
    pub fn write(&self, writer: &IndexWriter, changes: &[Change]) -> Result<()> {
        for change in changes {
            let key = match change {
                Change::Put(document) => document.key,
                Change::Delete(key) => *key,
            };
            writer.delete_term(Term::from_field_text(
                self.fields.key,
                &schema::key_term(key),
            ));
            if let Change::Put(document) = change {
                let made = schema::made(&self.fields, document)
                    .map_err(|error| Error::Broken(error.to_string()))?;
                writer
                    .add_document(made)
                    .map_err(|error| self.fault(error))?;
            }
        }
        Ok(())
    }

    pub fn fault(&self, error: TantivyError) -> Error {
        fault(&self.path, error)
    }

    /// Files whose content is not what was written.
    pub fn damaged_files(&self) -> Vec<PathBuf> {
        let damaged = self.index.validate_checksum().unwrap_or_default();
        damaged.into_iter().collect()
    }
}

/// What an error of the index means for whoever runs it.
pub(super) fn fault(path: &Path, error: TantivyError) -> Error {
    let damaged = |reason: String| Error::Damaged {
        path: path.to_owned(),
        reason,
    };
    let io = |error: &io::Error| match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::NotFound => {
            damaged(error.to_string())
        }
        _ => io_fault(path, error),
    };
    match error {
        TantivyError::IoError(error) => io(&error),
        TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. })
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => io(&io_error),
        TantivyError::LockFailure(..) => Error::Locked(path.to_owned()),
        TantivyError::InvalidArgument(reason)
        | TantivyError::InternalError(reason)
        | TantivyError::SystemError(reason) => Error::Broken(reason),
        // A thread that writes dies of what it could not write; the reason is in its words alone.
        TantivyError::ErrorInThread(reason) if reason.contains("StorageFull") => {
            Error::Full(path.to_owned())
        }
        other => damaged(other.to_string()),
    }
}
