//! The key of the history: made at first start, kept outside the database, never printed.

use std::io::Write;
use std::path::Path;

use hmac::{Hmac, Mac};
use rand::TryRngCore;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::event;

type HmacSha256 = Hmac<Sha256>;

/// 32 random bytes that key every chain.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

/// Why the key file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("{path}: {source}")]
    Io {
        path: String,
        source: std::io::Error,
    },
    #[error("{path}: is no key of 64 hexadecimal digits")]
    Damaged { path: String },
}

impl Key {
    /// Reads the key file, or makes it with mode 0600 when there is none.
    ///
    /// # Errors
    /// When it cannot be read or written, or holds something else.
    pub fn open(path: &Path) -> Result<Key, KeyError> {
        let io = |source| KeyError::Io {
            path: path.display().to_string(),
            source,
        };
        match std::fs::read_to_string(path) {
            Ok(text) => Key::parse(&text).ok_or_else(|| KeyError::Damaged {
                path: path.display().to_string(),
            }),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let key = Key::random().map_err(io)?;
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder).map_err(io)?;
                }
                let mut options = std::fs::OpenOptions::new();
                options.write(true).create_new(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                match options.open(path) {
                    Ok(mut file) => {
                        writeln!(file, "{}", hex::encode(key.0))
                            .and_then(|()| file.sync_all())
                            .map_err(io)?;
                        Ok(key)
                    }
                    // Another process made it in this moment: its key counts.
                    Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Key::open(path),
                    Err(e) => Err(io(e)),
                }
            }
            Err(e) => Err(io(e)),
        }
    }

    /// A new random key.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn random() -> std::io::Result<Key> {
        let mut bytes = [0u8; 32];
        rand::rngs::OsRng
            .try_fill_bytes(&mut bytes)
            .map_err(std::io::Error::other)?;
        Ok(Key(bytes))
    }

    fn parse(text: &str) -> Option<Key> {
        let bytes = hex::decode(text.trim()).ok()?;
        Some(Key(bytes.try_into().ok()?))
    }

    /// A key for another purpose, derived from this one.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        self.mac(&[b"derive", purpose.as_bytes()])
    }

    /// An identifier that one cause always leads to (UUID version 8).
    pub fn id(&self, cause: &str) -> Uuid {
        let key = self.derive(cause);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&key[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }

    pub(crate) fn event_hash(&self, e: &event::Model) -> Vec<u8> {
        let optional = |id: Option<Uuid>| id.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        self.mac(&[
            b"event 1",
            e.subject_kind.as_bytes(),
            e.subject_id.as_bytes(),
            &e.number.to_be_bytes(),
            &e.at.timestamp_micros().to_be_bytes(),
            &optional(e.actor_id),
            &optional(e.on_behalf_of_id),
            e.rule.as_deref().unwrap_or_default().as_bytes(),
            e.name.as_bytes(),
            e.payload.as_bytes(),
            &e.previous_hash,
        ])
        .to_vec()
    }

    pub(crate) fn head_mac(&self, kind: &str, id: Uuid, number: i32, hash: &[u8]) -> Vec<u8> {
        self.mac(&[
            b"head 1",
            kind.as_bytes(),
            id.as_bytes(),
            &number.to_be_bytes(),
            hash,
        ])
        .to_vec()
    }

    pub(crate) fn anchor_hash(
        &self,
        number: i64,
        at_us: i64,
        count: i32,
        root: &[u8],
        previous: &[u8],
    ) -> Vec<u8> {
        self.mac(&[
            b"anchor 1",
            &number.to_be_bytes(),
            &at_us.to_be_bytes(),
            &count.to_be_bytes(),
            root,
            previous,
        ])
        .to_vec()
    }

    /// Every part goes in with its length before it, so that no two lists give the same bytes.
    fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut block = [0u8; 64];
        block[..32].copy_from_slice(&self.0);
        let mut mac = HmacSha256::new(&block.into());
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// The digest of content that stands in an event instead of the content: SHA-256 over salt and bytes, in hex.
pub fn digest(salt: &[u8], content: &str) -> String {
    let mut hash = Sha256::new();
    hash.update((salt.len() as u64).to_be_bytes());
    hash.update(salt);
    hash.update(content.as_bytes());
    hex::encode(hash.finalize())
}

/// 16 random bytes to salt one content's digest.
pub fn salt() -> Vec<u8> {
    let mut bytes = [0u8; 16];
    // Without randomness from the system the process could not have made its key either.
    if rand::rngs::OsRng.try_fill_bytes(&mut bytes).is_err() {
        bytes.copy_from_slice(uuid::Uuid::new_v4().as_bytes());
    }
    bytes.to_vec()
}
