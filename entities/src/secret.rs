//! Passwords and secrets for servers elsewhere, sealed with a key derived from the history's key so that a copied
//! database alone opens none.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};

use crate::history::{Key, salt};

/// What is stored in the database.
const STORED: &str = "mailbox passwords";

/// Seals a secret for storing.
pub fn seal(key: &Key, secret: &str) -> String {
    seal_as(key, STORED, secret)
}

/// Seals a text for one purpose; as anything else it does not open.
pub fn seal_as(key: &Key, purpose: &str, secret: &str) -> String {
    let cipher = ChaCha20Poly1305::new(&key.derive(purpose).into());
    let random = salt();
    let nonce = &random[..12];
    let sealed = cipher
        .encrypt(Nonce::from_slice(nonce), secret.as_bytes())
        .unwrap_or_default();
    STANDARD.encode([nonce, &sealed].concat())
}

/// Opens what `seal` made under the same key; none when the key differs or the text is damaged.
pub fn open(key: &Key, sealed: &str) -> Option<String> {
    open_as(key, STORED, sealed)
}

/// Opens what `seal_as` made for the same purpose.
pub fn open_as(key: &Key, purpose: &str, sealed: &str) -> Option<String> {
    let bytes = STANDARD.decode(sealed).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(12)?;
    let cipher = ChaCha20Poly1305::new(&key.derive(purpose).into());
    String::from_utf8(cipher.decrypt(Nonce::from_slice(nonce), sealed).ok()?).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_secret_opens_under_its_own_key_only() {
        let (mine, other) = (Key::random().unwrap(), Key::random().unwrap());
        let sealed = seal(&mine, "hunter2");
        assert!(!sealed.contains("hunter2"));
        assert_eq!(open(&mine, &sealed).as_deref(), Some("hunter2"));
        assert_eq!(open(&other, &sealed), None);
        assert_eq!(open_as(&mine, "something else", &sealed), None);
    }
}
