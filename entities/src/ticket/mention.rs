//! Naming colleagues in a note: who can be named, who was, and writing such a note.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, Statement};

use super::event::TicketEvent;
use super::held;
use super::message::{self, NewMessage};
use super::note::WriteNote;
use super::state::Channel;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::db::{Db, few_forms, places};
use crate::error::{Rejected, Result};
use crate::ledger::Command;
use crate::person::list::holders;
use crate::policy::{self, Permission};
use crate::setting::Choice;
use crate::{session, text};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mention")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub message_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

/// The most people one note names.
pub const MOST: usize = 50;

/// Adds a note that tells these people; it is refused when one of them may not see the ticket.
#[derive(Clone, Debug)]
pub struct WriteNoteTo {
    pub note: WriteNote,
    pub people: Vec<Uuid>,
}

impl Command for WriteNoteTo {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Note;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn once(&self) -> Option<&str> {
        self.note.once()
    }

    fn decide(
        mut self,
        ticket: &Ticket,
        actor: &Actor,
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        let me = actor.person_id();
        self.people.retain(|id| Some(*id) != me);
        self.people.sort_unstable();
        self.people.dedup();
        if self.people.len() > MOST {
            return Err(Rejected::TooLong);
        }
        let mut events = self.note.decide(ticket, actor, now)?;
        if let Some(TicketEvent::NoteWritten { message }) = events.first_mut() {
            message.mentions = self.people;
        }
        Ok(events)
    }
}

/// The rows of a new message.
pub(super) fn rows(message: &NewMessage) -> Vec<Model> {
    let row = |person_id: &Uuid| Model {
        message_id: message.id,
        person_id: *person_id,
    };
    message.mentions.iter().map(row).collect()
}

/// Somebody who could be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: Uuid,
    pub name: String,
    /// Whether they may see the ticket; who may not cannot be named.
    pub may_see: bool,
}

/// Up to `most` people of the desk whose name begins a word like what was typed; those who may see the ticket first, by
/// name, without the actor.
pub async fn candidates(
    db: &Db,
    actor: &Actor,
    ticket: &Ticket,
    typed: &str,
    most: usize,
) -> Result<Vec<Candidate>> {
    let typed = text::fold(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let fits = |name: &str| {
        let name = text::fold(name);
        let begins = |word: &&str| name.split([' ', '-']).any(|part| part.starts_with(*word));
        words.iter().all(begins)
    };
    let mut people = staff(db).await?;
    people.retain(|one| Some(one.id) != actor.person_id() && fits(&one.name));
    let named = people.iter().map(|one| (one.id, one.name.clone()));
    let seeing = seeing(db, ticket, named.collect()).await?;
    let mut all: Vec<Candidate> = people
        .into_iter()
        .map(|one| Candidate {
            may_see: seeing.contains(&one.id),
            id: one.id,
            name: one.name,
        })
        .collect();
    all.sort_by_key(|one| !one.may_see);
    all.truncate(most);
    Ok(all)
}

/// Whoever works at the desk, by name; some of them read no tickets, and so cannot be named.
async fn staff(db: &Db) -> Result<Vec<Choice>> {
    let mut people = holders(db, Permission::ReadTickets).await?;
    for one in holders(db, Permission::ReadCases).await? {
        if !people.iter().any(|known| known.id == one.id) {
            people.push(one);
        }
    }
    Ok(people)
}

/// Who is named in a text behind an `@`. Of several of one name it is whoever was chosen from the list; without a choice
/// it is nobody, and the text stays what it is.
pub async fn named_in(db: &Db, text: &str, chosen: &[Uuid]) -> Result<Vec<Uuid>> {
    if !text.contains('@') {
        return Ok(vec![]);
    }
    Ok(found(text, &staff(db).await?, chosen))
}

fn found(text: &str, people: &[Choice], chosen: &[Uuid]) -> Vec<Uuid> {
    let mut named: Vec<Uuid> = Vec::new();
    for (at, _) in text.match_indices('@') {
        // An address is no name.
        if text[..at]
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric)
        {
            continue;
        }
        let behind = &text[at + 1..];
        let ends = |name: &str| {
            let rest = behind.strip_prefix(name)?;
            let goes_on = rest.chars().next().is_some_and(char::is_alphanumeric);
            (!goes_on).then_some(name.len())
        };
        let Some(longest) = people.iter().filter_map(|one| ends(&one.name)).max() else {
            continue;
        };
        let so: Vec<Uuid> = people
            .iter()
            .filter(|one| one.name == behind[..longest])
            .map(|one| one.id)
            .collect();
        match so.as_slice() {
            [only] => named.push(*only),
            several => named.extend(several.iter().filter(|id| chosen.contains(id))),
        }
    }
    named.sort_unstable();
    named.dedup();
    named
}

/// Which of these people may see the ticket.
async fn seeing(db: &Db, ticket: &Ticket, people: Vec<(Uuid, String)>) -> Result<Vec<Uuid>> {
    let today = day(db.clock().now());
    let actors = session::actors(db.reader(), people, today)
        .await?
        .into_iter();
    let actors: Vec<Actor> = actors.map(|actor| Actor::Person(actor.into())).collect();
    let asked: Vec<&Actor> = actors.iter().collect();
    let mut here = [ticket.clone()];
    held::look(db.reader(), &asked, &mut here).await?;
    let [here] = here;
    let may = |actor: &&Actor| policy::allows(actor, Permission::ReadTickets, here.place());
    Ok(actors
        .iter()
        .filter(may)
        .filter_map(Actor::person_id)
        .collect())
}

/// Who was named in these messages: their names as they are now, by message.
pub(super) async fn of(db: &Db, messages: &[message::Model]) -> Result<HashMap<Uuid, Vec<String>>> {
    #[derive(FromQueryResult)]
    struct Named {
        message_id: Uuid,
        name: String,
    }
    let mut by_message: HashMap<Uuid, Vec<String>> = HashMap::new();
    let notes = messages
        .iter()
        .filter(|m| m.channel == Channel::Note && m.body.contains('@'));
    let ids = few_forms(notes.map(|m| m.id));
    if ids.is_empty() {
        return Ok(by_message);
    }
    let sql = format!(
        "SELECT n.message_id, p.name FROM mention n JOIN person p ON p.id = n.person_id \
         WHERE n.message_id IN ({}) ORDER BY p.folded_name, p.id",
        places(ids.len())
    );
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let values = ids.into_iter().map(sea_orm::Value::from);
    let statement = Statement::from_sql_and_values(backend, sql, values);
    for row in Named::find_by_statement(statement).all(db.reader()).await? {
        by_message.entry(row.message_id).or_default().push(row.name);
    }
    Ok(by_message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whole_and_of_two_alike_whoever_was_chosen() {
        let people: Vec<Choice> = ["Jonas Weber", "Jonas Weber-Lang", "Mia Öz", "Mia Öz"]
            .into_iter()
            .map(|name| Choice {
                id: crate::new_id(),
                name: name.to_owned(),
            })
            .collect();
        let found = |text: &str, chosen: &[usize]| {
            let chosen: Vec<Uuid> = chosen.iter().map(|n| people[*n].id).collect();
            let named = found(text, &people, &chosen);
            let place = |id: &Uuid| people.iter().position(|one| one.id == *id).unwrap();
            let mut places: Vec<usize> = named.iter().map(place).collect();
            places.sort_unstable();
            places
        };
        assert_eq!(found("@Jonas Weber, bitte prüfen", &[]), [0]);
        assert_eq!(found("Siehe (@Jonas Weber-Lang)", &[0]), [1]);
        assert_eq!(found("@Jonas Webers Notiz, jonas@Jonas Weber", &[]), [0; 0]);
        assert_eq!(found("@Mia Öz", &[]), [0; 0], "two have that name");
        assert_eq!(found("@Mia Öz und @Jonas Weber", &[3]), [0, 3]);
        assert_eq!(
            found("ohne", &[0, 1]),
            [0; 0],
            "the name was taken out again"
        );
    }
}
