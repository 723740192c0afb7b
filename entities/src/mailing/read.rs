//! From what was said of a mailing to its people, each line that is refused with the reason.

use std::collections::HashMap;

use uuid::Uuid;

use super::item::{self, Refusal};
use super::{MOST, MOST_LINES, Wanted, lines};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::person::recipients::{self, Recipient};

/// Why nobody writes to somebody who was found.
pub(super) fn unfit(person: &Recipient) -> Option<Refusal> {
    match person {
        Recipient {
            is_retired: true, ..
        } => Some(Refusal::Retired),
        Recipient { is_guest: true, .. } => Some(Refusal::Guest),
        Recipient { email: None, .. } => Some(Refusal::NoMail),
        _ => None,
    }
}

/// How somebody is named in a report: `Sabine Kowalke <sabine@pankow.example>`.
fn named(person: &Recipient) -> String {
    match &person.email {
        Some(email) => format!("{} <{email}>", person.name),
        None => person.name.clone(),
    }
}

/// The people of a mailing being gathered.
#[derive(Default)]
struct People {
    items: Vec<item::Model>,
    /// The line of everybody who is in already; none for who came with an organisation.
    known: HashMap<Uuid, Option<i32>>,
}

impl People {
    fn add(&mut self, line: Option<i32>, said: String, person: Result<Uuid, Refusal>) {
        let position = i32::try_from(self.items.len()).unwrap_or(i32::MAX);
        self.items.push(item::Model {
            mailing_id: Uuid::nil(),
            position,
            line,
            said,
            person_id: person.ok(),
            refused: person.err().map(Refusal::stored),
            ticket_id: None,
        });
    }

    /// `typed` is the line that names them.
    fn take(&mut self, line: Option<i32>, typed: Option<String>, person: &Recipient) {
        let why = match (unfit(person), self.known.get(&person.id)) {
            (Some(why), _) => Err(why),
            // Whoever is named and belongs there too is meant once.
            (None, Some(_)) if line.is_none() => return,
            (None, Some(first)) => Err(Refusal::Twice(first.unwrap_or_default())),
            (None, None) if self.known.len() >= MOST => Err(Refusal::TooMany),
            (None, None) => Ok(person.id),
        };
        if why.is_ok() {
            self.known.insert(person.id, line);
        }
        // Who is out of use is found nowhere else either: an address must not tell their name.
        let said = match (typed, why) {
            (Some(typed), Err(Refusal::Retired)) => typed,
            _ => named(person),
        };
        self.add(line, said, why);
    }
}

/// Everybody who is meant, in the order of the lines and then by name; the items have no mailing yet.
pub(super) async fn people(db: &Db, actor: &Actor, wanted: &Wanted) -> Result<Vec<item::Model>> {
    let mut lines = lines::read(&wanted.lines);
    lines.truncate(MOST_LINES);
    let addresses = lines.iter().filter_map(|line| line.address.as_ref().ok());
    let mut addresses: Vec<String> = addresses.cloned().collect();
    addresses.sort_unstable();
    addresses.dedup();
    let found = recipients::by_addresses(db, actor, &addresses).await?;
    let mut people = People::default();
    for line in lines {
        let number = Some(line.number);
        match line.address.map(|address| found.get(&address)) {
            Err(why) => people.add(number, line.said, Err(why)),
            Ok(None) => people.add(number, line.said, Err(Refusal::Unknown)),
            Ok(Some(person)) => people.take(number, Some(line.said), person),
        }
    }
    if let Some(id) = wanted.organisation_id {
        // One more than there is room for, so that it is told when there are more.
        let most = MOST as u64 + 1;
        for person in recipients::of_organisation(db, actor, id, most).await? {
            people.take(None, None, &person);
        }
    }
    Ok(people.items)
}
