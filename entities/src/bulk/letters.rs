//! The documents that a serial letter has made: where they lie now, and which of them cannot be had any more.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ActiveEnum as _, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};
use uuid::Uuid;

use super::look::{Told, named};
use super::{Act, Model, Outcome, item};
use crate::actor::Actor;
use crate::db::{Db, few_forms};
use crate::error::Result;
use crate::ticket::show::visible_to;
use crate::ticket::{Delivery, table};

/// A document that was made, with the ticket it was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub number: String,
    /// The title of the ticket in which it lies now.
    pub title: String,
    pub name: String,
    pub sha256: String,
    pub size_bytes: i64,
}

/// Why a document that was made cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Its mail was taken back.
    Withdrawn,
    /// Its message lies in a ticket that the actor does not see.
    Moved,
    /// It was removed.
    Removed,
}

/// What became of the documents of a serial letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    /// In the order in which their tickets were chosen.
    pub made: Vec<Stored>,
    /// In the same order.
    pub lacking: Vec<(Told, Lack)>,
    /// How many lack whose tickets the actor does not see any more.
    pub unseen: usize,
}

#[derive(FromQueryResult)]
struct Row {
    ticket_id: Uuid,
    number: String,
    lies_in: Uuid,
    title: String,
    delivery: Delivery,
    name: String,
    sha256: String,
    size_bytes: i64,
}

/// Where the message of a document is looked for.
#[derive(Clone, Copy)]
enum Place {
    /// In the ticket it was written in.
    There,
    /// In another one, to which it was moved.
    Elsewhere,
}

/// The documents that a bulk of the actor's own has made, as far as the actor sees the tickets they lie in now.
///
/// # Errors
/// The database's.
pub async fn of(db: &Db, actor: &Actor, bulk: &Model) -> Result<Letters> {
    let Some(Act::Serial(serial)) = bulk.act() else {
        return Ok(Letters::default());
    };
    let done: Vec<Uuid> = item::Entity::find()
        .filter(item::COLUMN.bulk_id.eq(bulk.id))
        .filter(item::Column::Outcome.eq(Outcome::Done))
        .order_by_asc(item::Column::Position)
        .select_only()
        .column(item::Column::TicketId)
        .into_tuple()
        .all(db.reader())
        .await?;
    let ending = serial.ending();
    // Whoever wrote something else there since has given it another name.
    let is_ours = |row: &Row| row.name == format!("{}{ending}", row.number);
    let mut found: HashMap<Uuid, Row> = HashMap::with_capacity(done.len());
    for place in [Place::There, Place::Elsewhere] {
        if found.len() == done.len() {
            break;
        }
        for row in rows(db, bulk, place).await?.into_iter().filter(is_ours) {
            let before = found.get(&row.ticket_id);
            if before.is_none_or(|before| before.delivery == Delivery::Withdrawn) {
                found.insert(row.ticket_id, row);
            }
        }
    }
    let lie_in: HashSet<Uuid> = found.values().map(|row| row.lies_in).collect();
    let seen: HashSet<Uuid> = visible_to(actor)
        .filter(table::COLUMN.id.is_in(few_forms(lie_in)))
        .select_only()
        .column(table::Column::Id)
        .into_tuple::<Uuid>()
        .all(db.reader())
        .await?
        .into_iter()
        .collect();
    let mut made = Vec::with_capacity(done.len());
    let mut lacking: Vec<(Uuid, Lack)> = Vec::new();
    for id in done {
        match found.remove(&id) {
            None => lacking.push((id, Lack::Removed)),
            Some(row) if row.delivery == Delivery::Withdrawn => {
                lacking.push((id, Lack::Withdrawn));
            }
            Some(row) if !seen.contains(&row.lies_in) => lacking.push((id, Lack::Moved)),
            Some(row) => made.push(Stored {
                number: row.number,
                title: row.title,
                name: row.name,
                sha256: row.sha256,
                size_bytes: row.size_bytes,
            }),
        }
    }
    let told = named(db, actor, lacking.iter().map(|(id, _)| *id).collect()).await?;
    let mut told: HashMap<Uuid, Told> = told.into_iter().map(|one| (one.id, one)).collect();
    let all = lacking.len();
    let lacking: Vec<(Told, Lack)> = lacking
        .into_iter()
        .filter_map(|(id, why)| Some((told.remove(&id)?, why)))
        .collect();
    Ok(Letters {
        made,
        unseen: all - lacking.len(),
        lacking,
    })
}

/// The files that the bulk's person has written since about its tickets; a message that was moved remembers its first one.
async fn rows(db: &Db, bulk: &Model, place: Place) -> Result<Vec<Row>> {
    let (from, is_it) = match place {
        Place::There => (
            "bulk_item i CROSS JOIN message m",
            "m.ticket_id = i.ticket_id AND m.origin_id IS NULL",
        ),
        // SQLite reads them in this order: what the person wrote once, and not once for each ticket.
        Place::Elsewhere => (
            "message m CROSS JOIN bulk_item i",
            "m.origin_id = i.ticket_id",
        ),
    };
    let sql = format!(
        "SELECT i.ticket_id, t.number, l.id AS lies_in, l.title, m.delivery, a.name, a.sha256, a.size_bytes \
         FROM {from} JOIN ticket t ON t.id = i.ticket_id JOIN ticket l ON l.id = m.ticket_id \
         JOIN attachment a ON a.message_id = m.id \
         WHERE {is_it} AND i.bulk_id = $1 AND i.outcome = $2 AND m.author_id = $3 AND m.created_at >= $4 AND a.inline = $5 \
         ORDER BY i.position, m.created_at, a.name"
    );
    let values = [
        bulk.id.into(),
        Outcome::Done.to_value().into(),
        bulk.person_id.into(),
        bulk.staged_at.into(),
        false.into(),
    ];
    let backend = db.reader().get_database_backend();
    let rows = Statement::from_sql_and_values(backend, sql, values);
    Ok(Row::find_by_statement(rows).all(db.reader()).await?)
}
