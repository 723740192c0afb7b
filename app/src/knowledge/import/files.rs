//! Images and other files of a source on their way into the store: each is read and stored once, however many pages show it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use entities::Db;
use entities::article::File;
use sha2::{Digest as _, Sha256};

use super::source::within;

/// The files of one source.
pub struct Files {
    root: PathBuf,
    follows: bool,
    known: HashMap<PathBuf, Result<File, String>>,
    /// Bytes that are not in the store yet, by digest.
    waiting: HashMap<String, Vec<u8>>,
    stored: HashSet<String>,
    seen: HashSet<String>,
}

impl Files {
    pub fn of(root: &Path, follows: bool) -> Files {
        Files {
            root: root.to_path_buf(),
            follows,
            known: HashMap::new(),
            waiting: HashMap::new(),
            stored: HashSet::new(),
            seen: HashSet::new(),
        }
    }

    /// The file at that place, which is a path within the source.
    pub fn at(&mut self, place: &str) -> Result<File, String> {
        let path = self.root.join(place);
        if let Some(known) = self.known.get(&path) {
            return known.clone();
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let file = within(&self.root, &path, self.follows).map(|bytes| self.take(&name, bytes));
        self.known.insert(path, file.clone());
        file
    }

    /// Whether there is a file at that place.
    pub fn is_there(&self, place: &str) -> bool {
        self.root.join(place).is_file()
    }

    /// An image that stands in the address itself.
    pub fn embedded(&mut self, address: &str) -> Option<File> {
        let (_, rest) = address.split_once("data:image/")?;
        let (_, encoded) = rest.split_once(";base64,")?;
        let letters: String = encoded.chars().filter(|c| !c.is_whitespace()).collect();
        let bytes = STANDARD.decode(letters).ok()?;
        let ending = kind(&bytes)?.strip_prefix("image/")?.to_owned();
        let digest = hex::encode(Sha256::digest(&bytes));
        Some(self.take(&format!("{}.{ending}", &digest[..12]), bytes))
    }

    fn take(&mut self, name: &str, bytes: Vec<u8>) -> File {
        let sha256 = hex::encode(Sha256::digest(&bytes));
        let file = File {
            name: name.chars().filter(|c| !c.is_control()).collect(),
            content_type: content_type(name, &bytes).to_owned(),
            size_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            sha256: sha256.clone(),
        };
        self.seen.insert(sha256.clone());
        if !self.stored.contains(&sha256) {
            self.waiting.insert(sha256, bytes);
        }
        file
    }

    /// How many files there are.
    pub fn count(&self) -> usize {
        self.seen.len()
    }

    /// Brings those into the store that articles are about to name, and forgets the others.
    pub async fn store(&mut self, db: &Db, named: &[File]) -> entities::Result<()> {
        let mut all = Vec::new();
        for file in named {
            if let Some(bytes) = self.waiting.remove(&file.sha256) {
                self.stored.insert(file.sha256.clone());
                all.push(db.put_blob(bytes));
            }
        }
        for stored in futures_util::future::join_all(all).await {
            stored?;
        }
        self.forget();
        Ok(())
    }

    /// Drops the bytes that nobody named; they are read again when somebody does.
    pub fn forget(&mut self) {
        self.waiting.clear();
        let stored = &self.stored;
        let is_stored = |file: &File| stored.contains(&file.sha256);
        self.known
            .retain(|_, file| file.as_ref().map_or(true, is_stored));
    }
}

/// What the first bytes say; images that are none are not shown.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        [b'%', b'P', b'D', b'F', ..] => Some("application/pdf"),
        _ => None,
    }
}

fn content_type(name: &str, bytes: &[u8]) -> &'static str {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    kind(bytes).unwrap_or(match ending.as_deref() {
        Some("svg") => "image/svg+xml",
        Some("txt" | "md" | "log") => "text/plain",
        Some("csv") => "text/csv",
        Some("zip") => "application/zip",
        Some("odt") => "application/vnd.oasis.opendocument.text",
        Some("ods") => "application/vnd.oasis.opendocument.spreadsheet",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    })
}
