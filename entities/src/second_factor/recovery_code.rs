//! Recovery codes: ten at a time, shown once, each lets in once in place of the app's code.

use sea_orm::entity::prelude::*;

use crate::db::Db;
use crate::error::Result;
use crate::random;

/// How many there are at a time.
pub const MANY: usize = 10;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

/// New codes as they are shown, such as `k3fq-x7ma-p2rd-s5wn`: 80 bits, so their hashes need no salt.
pub fn invented() -> Result<Vec<String>> {
    let one = || {
        let letters = super::totp::base32(&random::bytes::<10>()?).to_lowercase();
        let groups: Vec<&str> = (0..16).step_by(4).map(|at| &letters[at..at + 4]).collect();
        Ok(groups.join("-"))
    };
    (0..MANY).map(|_| one()).collect()
}

/// What is stored of a code, however it was typed.
pub fn hash(typed: &str) -> Vec<u8> {
    let letters = typed.chars().filter(|c| c.is_ascii_alphanumeric());
    let plain: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    random::hash(&plain)
}

/// How many a person has left.
pub(super) async fn left(db: &Db, person_id: Uuid) -> Result<u64> {
    Ok(Entity::find()
        .filter(COLUMN.person_id.eq(person_id))
        .count(db.reader())
        .await?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn codes_differ_and_are_read_as_people_type_them() {
        let mut codes = invented().unwrap();
        assert!(codes.iter().all(|code| code.len() == 19), "{codes:?}");
        let typed = format!(" {} ", codes[0].to_uppercase().replace('-', " "));
        assert_eq!(hash(&typed), hash(&codes[0]));
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), MANY);
    }
}
