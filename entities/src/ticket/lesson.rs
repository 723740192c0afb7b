//! What a case teaches: what was asked and what helped, and all that names somebody or another case in it.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::share::known;
use super::state::{Audience, Direction};
use super::table::Model as Ticket;
use super::thread::{self, ThreadEntry};
use super::{message, number, vendor_number};
use crate::actor::Actor;
use crate::clock::day;
use crate::db::Db;
use crate::error::Result;
use crate::field::{Kind, Value, Words, read};
use crate::redaction::Known;
use crate::text::fold;

/// Of a whole organisation so many names are looked for.
const MOST_PEOPLE: i64 = 2_000;

/// What an article about a case begins with, as it stands in the ticket.
#[derive(Clone, Debug)]
pub struct Lesson {
    pub title: String,
    /// The first message of whoever asked.
    pub asked: Option<message::Model>,
    /// The last answer of the desk.
    pub helped: Option<message::Model>,
    /// What was chosen in trees of topics that name nobody.
    pub topics: Vec<Words>,
    /// Whose names and which numbers do not belong into an article.
    pub known: Known,
}

/// What whoever asked wrote first in a ticket the actor has already found.
pub async fn asked(db: &Db, ticket: &Ticket) -> Result<Option<String>> {
    Ok(message::Entity::find()
        .select_only()
        .column(message::Column::Body)
        .filter(message::Column::TicketId.eq(ticket.id))
        .filter(message::Column::Audience.eq(Audience::Requester))
        .filter(message::Column::Direction.eq(Direction::In))
        .order_by_asc(message::Column::CreatedAt)
        .order_by_asc(message::Column::Number)
        .into_tuple()
        .one(db.reader())
        .await?)
}

/// The lesson of a ticket the actor has already found.
pub async fn of(db: &Db, actor: &Actor, ticket: &Ticket) -> Result<Lesson> {
    let entries = thread::thread(db, ticket).await?;
    let of_requester = |entry: &&ThreadEntry| entry.message.audience == Audience::Requester;
    let asked = entries
        .iter()
        .filter(of_requester)
        .find(|entry| entry.message.direction == Direction::In);
    let helped = entries
        .iter()
        .filter(of_requester)
        // What a rule sent is no answer.
        .rfind(|e| e.message.direction == Direction::Out && e.message.author_id.is_some());
    let message = |entry: &ThreadEntry| entry.message.clone();
    let (asked, helped) = (asked.map(message), helped.map(message));
    let mut known = known(db, ticket).await?;
    let texts = [&asked, &helped].into_iter().flatten();
    for text in texts.map(|m| &m.body).chain([&ticket.title]) {
        known.numbers.extend(number::all(text));
    }
    known.numbers.sort_unstable();
    known.numbers.dedup();
    Ok(Lesson {
        title: ticket.title.clone(),
        asked,
        helped,
        topics: topics(db, actor, ticket).await?,
        known,
    })
}

async fn topics(db: &Db, actor: &Actor, ticket: &Ticket) -> Result<Vec<Words>> {
    let sheet = read::sheet(db, actor, ticket).await?;
    let trees = sheet.fields.iter();
    let trees = trees.filter(|field| field.is_nameless() && field.row.kind == Kind::Tree);
    let chosen = trees.filter_map(|field| match sheet.values.get(&field.row.id)? {
        Value::Options(options) => Some(options),
        _ => None,
    });
    Ok(chosen
        .flatten()
        .filter_map(|option| sheet.words.get(option).cloned())
        .collect())
}

/// Everybody around the case: who takes part in it, who works on it, who watches it, and the people of the
/// requester's organisation. Its own number, and those under which vendors keep it.
async fn known(db: &Db, ticket: &Ticket) -> Result<Known> {
    let mut names = known::around(db, ticket).await?;
    let sql = "SELECT p.name FROM person p WHERE p.id IN (\
               SELECT owner_id FROM ticket WHERE id = $1 UNION SELECT person_id FROM watch WHERE ticket_id = $1) \
               UNION SELECT * FROM (SELECT p.name FROM person p JOIN membership m ON m.person_id = p.id \
               WHERE m.organisation_id IN ($2, $3) LIMIT $4) AS colleagues";
    let nowhere = Uuid::nil();
    let values = vec![
        ticket.id.into(),
        ticket.organisation_id.unwrap_or(nowhere).into(),
        ticket.district_id.unwrap_or(nowhere).into(),
        MOST_PEOPLE.into(),
    ];
    names.extend(known::rows(db, sql, values).await?);
    // What an office is called names nobody.
    let sql = "SELECT o.name FROM organisation o UNION SELECT b.display_name FROM mailbox b";
    let offices = known::rows(db, sql, vec![]).await?;
    let offices: BTreeSet<String> = offices.iter().map(|name| fold(name)).collect();
    names.retain(|name| !offices.contains(&fold(name)));
    let vendors = vendor_number::of(db, ticket).await?;
    let mut numbers: Vec<String> = vendors.into_iter().map(|one| one.number).collect();
    numbers.push(ticket.number.clone());
    Ok(Known {
        names: names.into_iter().collect(),
        numbers,
        today: day(db.clock().now()),
    })
}
