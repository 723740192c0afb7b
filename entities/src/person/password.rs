//! Passwords as Argon2id hashes; the work is done off the threads that serve requests.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::db::Db;
use crate::error::{DeskError, Result};

/// What unknown accounts are compared with, so that they take as long as known ones.
static DUMMY: LazyLock<String> = LazyLock::new(|| hash_now("no account").unwrap_or_default());

/// The Argon2id hash of a password in PHC form, with a random salt.
///
/// # Errors
/// When the system gives no randomness.
pub async fn hash(password: &str) -> Result<String> {
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || hash_now(&password))
        .await
        .map_err(|e| DeskError::Damaged(e.to_string()))?
}

/// Whether the password belongs to the hash. Without a hash it takes as long and is never right.
pub async fn verify(password: &str, hash: Option<&str>) -> bool {
    let (password, hash) = (password.to_owned(), hash.map(str::to_owned));
    tokio::task::spawn_blocking(move || match hash {
        Some(hash) => verify_now(&password, &hash),
        None => {
            verify_now(&password, &DUMMY);
            false
        }
    })
    .await
    .unwrap_or(false)
}

/// Whether the person has a password to sign in with.
pub async fn is_set(db: &Db, person_id: Uuid) -> Result<bool> {
    let person = super::Entity::find_by_id(person_id)
        .one(db.reader())
        .await?;
    Ok(person.is_some_and(|person| person.password_hash.is_some()))
}

fn hash_now(password: &str) -> Result<String> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|e| DeskError::Damaged(format!("password: {e}")))
}

fn verify_now(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_password_opens_its_own_hash_only() {
        let hash = hash_now("hunter2 hunter2").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify_now("hunter2 hunter2", &hash));
        assert!(!verify_now("hunter3 hunter3", &hash));
        assert!(!verify_now("hunter2 hunter2", "damaged"));
    }
}
