//! Who sent a mail: the person of an address, made when unknown, with organisation and district.

use sea_orm::{EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{COLUMN, Create, Entity, Model, PersonFacts, membership};
use crate::actor::Actor;
use crate::clock::day;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::organisation::{self, district::Family};
use crate::permit::{Desk, Permit};
use crate::text;

/// The longest name a mail gives a person, in characters.
const MOST_CHARS: usize = 120;

/// A person with where they belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub person: Model,
    pub organisation: Option<organisation::Model>,
    /// The district office the organisation is or belongs to.
    pub district: Option<organisation::Model>,
}

/// The person of a mail address, retired or not; made when unknown, named after `name` or the address,
/// as a member of the organisation with the address's domain.
///
/// # Errors
/// `NotAnAddress` when it is none; `Forbidden` when the actor may not make persons.
pub async fn find_or_create(
    db: &Db,
    actor: &Actor,
    name: Option<&str>,
    email: &str,
) -> Result<Sender> {
    let email = text::address(email);
    if let Some(person) = by_email(db, &email).await? {
        return Sender::of(db, person).await;
    }
    let organisation = organisation::district::of_address(db, &email).await?;
    let create = Create {
        facts: PersonFacts {
            name: name_of(name.unwrap_or_default(), &email),
            email: Some(email.clone()),
            ..PersonFacts::default()
        },
        organisation_ids: organisation.iter().map(|o| o.id).collect(),
        once: None,
    };
    match db.change(Permit::ask(actor, Desk)?, create).await {
        Ok(done) => Sender::of(db, done.subject.row).await,
        // Another mail of the same sender was faster.
        Err(DeskError::Rejected(Rejected::AddressTaken)) => {
            let person = by_email(db, &email).await?.ok_or(DeskError::Conflict)?;
            Sender::of(db, person).await
        }
        Err(e) => Err(e),
    }
}

impl Sender {
    /// A person by their id.
    ///
    /// # Errors
    /// `Hidden` when there is none.
    pub async fn of_person(db: &Db, id: Uuid) -> Result<Sender> {
        let person = Entity::find_by_id(id).one(db.reader()).await?;
        Sender::of(db, person.ok_or(DeskError::Hidden)?).await
    }

    /// Where a person belongs now; without a membership, where their mail domain does.
    pub async fn of(db: &Db, person: Model) -> Result<Sender> {
        let today = day(db.clock().now());
        let mut current: Vec<membership::Model> = membership::Entity::find()
            .filter(membership::COLUMN.person_id.eq(person.id))
            .all(db.reader())
            .await?;
        current.retain(|m| m.is_current(today));
        current.sort_by_key(|m| (m.from_on, m.organisation_id));
        let id: Option<Uuid> = match (current.first(), &person.email) {
            (Some(m), _) => Some(m.organisation_id),
            (None, Some(email)) => organisation::district::of_address(db, email)
                .await?
                .map(|o| o.id),
            (None, None) => None,
        };
        let family = Family::load(db, id).await?;
        Ok(Sender {
            organisation: id.and_then(|id| family.get(id)).cloned(),
            district: id.and_then(|id| family.district(id)).cloned(),
            person,
        })
    }
}

/// The person of a mail address, retired or not.
pub async fn by_email(db: &Db, email: &str) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.email.eq(text::address(email)))
        .one(db.reader())
        .await?)
}

/// The display name, or the local part in the form of a name.
fn name_of(display: &str, email: &str) -> String {
    let shown: String = display
        .replace(char::is_control, " ")
        .trim()
        .trim_matches(['"', '\''])
        .chars()
        .take(MOST_CHARS)
        .collect();
    if !shown.trim().is_empty() && !shown.contains('@') {
        return shown;
    }
    let local = email.split('@').next().unwrap_or(email);
    let words: Vec<String> = local
        .split(['.', '_', '+'])
        .filter(|w| !w.is_empty())
        .map(|word| {
            let mut chars = word.chars();
            let first: String = chars
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .collect();
            first + chars.as_str()
        })
        .collect();
    match words.is_empty() {
        true => email.to_owned(),
        false => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_without_a_name_is_called_after_the_address() {
        assert_eq!(name_of("", "annika.brandt@pankow.example"), "Annika Brandt");
        assert_eq!(name_of("Annika Brandt", "a@b.example"), "Annika Brandt");
        assert_eq!(name_of("'a.b@c.example'", "a.b@c.example"), "A B");
        assert_eq!(name_of("Eve\r\nBcc: x", "eve@b.example"), "Eve  Bcc: x");
    }
}
