//! Random words that open something: 256 bits in the hands of one, their hash in the table.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRngCore;
use sha2::{Digest, Sha256};

use crate::error::{DeskError, Result};

/// So many random bytes.
///
/// # Errors
/// When the system gives no randomness.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0u8; N];
    rand::rngs::OsRng
        .try_fill_bytes(&mut bytes)
        .map_err(|e| DeskError::Damaged(format!("no randomness: {e}")))?;
    Ok(bytes)
}

/// A word of 256 random bits that fits into addresses and cookies.
pub(crate) fn word() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>()?))
}

/// What is stored of a word; nobody guesses 256 bits, so it needs no salt and no time.
pub(crate) fn hash(word: &str) -> Vec<u8> {
    Sha256::digest(word.as_bytes()).to_vec()
}
