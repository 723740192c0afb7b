//! What an index holds of tickets: everything that was written in them, by who may read it.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{file_text, stamps};
use crate::actor::{Actor, Rule};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::field::value::{Value, Values};
use crate::field::{Words, read};
use crate::ticket::{Audience, Delivery, Direction, attachment, message, share, table};
use crate::{organisation, person};

/// A ticket as an index takes it in.
#[derive(Clone, Debug)]
pub struct Source {
    pub row: table::Model,
    /// How many events it had when this was read.
    pub stamp: i32,
    /// What was written, oldest first; what was taken back is not among it.
    pub texts: Vec<Text>,
    /// Names and addresses of requester, owner and organisation.
    pub people: Vec<String>,
    pub files: Vec<File>,
    pub values: Values,
    pub shares: Vec<share::Model>,
}

/// A message.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Text {
    ticket_id: Uuid,
    pub audience: Audience,
    /// Whose vendor it is for or from.
    pub share_id: Option<Uuid>,
    pub direction: Direction,
    pub subject: Option<String>,
    pub body: String,
    pub created_at: Instant,
}

/// A file of a message, which is read by whoever reads the message.
#[derive(Clone, Debug)]
pub struct File {
    pub id: Uuid,
    pub name: String,
    pub content_type: String,
    pub size_bytes: i64,
    pub sha256: String,
    /// What is written in it; none until it was read, empty when nothing in it can be.
    pub text: Option<String>,
}

/// Tickets with these ids, as far as there are any, in no order.
pub async fn sources(db: &Db, ids: &[Uuid]) -> Result<Vec<Source>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    // Before the rows: what changes between the two is indexed again rather than missed.
    let stamps: HashMap<Uuid, i32> = stamps(db, ids).await?.into_iter().collect();
    let some = || ids.iter().copied();
    let rows = table::Entity::find()
        .filter(table::COLUMN.id.is_in(some()))
        .all(db.reader());
    let texts = message::Entity::find()
        .select_only()
        .columns([
            message::Column::TicketId,
            message::Column::Audience,
            message::Column::ShareId,
            message::Column::Direction,
            message::Column::Subject,
            message::Column::Body,
            message::Column::CreatedAt,
        ])
        .filter(message::Column::TicketId.is_in(some()))
        .filter(message::Column::Delivery.ne(Delivery::Withdrawn))
        .order_by_asc(message::Column::TicketId)
        .order_by_asc(message::Column::Number)
        .into_model::<Text>()
        .all(db.reader());
    let files = attachment::Entity::find()
        .filter(attachment::Column::TicketId.is_in(some()))
        .filter(attachment::Column::Inline.eq(false))
        .all(db.reader());
    let shares = share::Entity::find()
        .filter(share::Column::TicketId.is_in(some()))
        .all(db.reader());
    let (rows, texts, files, shares) = tokio::try_join!(rows, texts, files, shares)?;
    let digests = files.iter().map(|file| file.sha256.clone()).collect();
    let (people, read) = tokio::try_join!(people(db, &rows), file_text::texts(db, digests))?;
    let fields = read::definitions(db).await?;
    let fields: Vec<_> = fields.iter().collect();
    let mut values = read::of_tickets(db, ids, &fields).await?;
    let mut by_ticket = Apart {
        texts: apart(texts, |text| text.ticket_id),
        files: apart(files, |file| file.ticket_id),
        shares: apart(shares, |share| share.ticket_id),
    };
    let sources = rows.into_iter().map(|row| Source {
        stamp: stamps.get(&row.id).copied().unwrap_or_default(),
        texts: by_ticket.texts.remove(&row.id).unwrap_or_default(),
        people: [row.requester_id, row.owner_id, row.organisation_id]
            .into_iter()
            .flatten()
            .filter_map(|id| people.get(&id).cloned())
            .collect(),
        files: by_ticket
            .files
            .remove(&row.id)
            .unwrap_or_default()
            .into_iter()
            .map(|file| File {
                id: file.id,
                text: read.get(&file.sha256).cloned().flatten(),
                name: file.name,
                content_type: file.content_type,
                size_bytes: file.size_bytes,
                sha256: file.sha256,
            })
            .collect(),
        values: values.remove(&row.id).unwrap_or_default(),
        shares: by_ticket.shares.remove(&row.id).unwrap_or_default(),
        row,
    });
    Ok(sources.collect())
}

struct Apart {
    texts: HashMap<Uuid, Vec<Text>>,
    files: HashMap<Uuid, Vec<attachment::Model>>,
    shares: HashMap<Uuid, Vec<share::Model>>,
}

fn apart<T>(all: Vec<T>, of: impl Fn(&T) -> Uuid) -> HashMap<Uuid, Vec<T>> {
    let mut parts: HashMap<Uuid, Vec<T>> = HashMap::new();
    for one in all {
        parts.entry(of(&one)).or_default().push(one);
    }
    parts
}

/// Names and addresses of the people and organisations of these tickets.
async fn people(db: &Db, rows: &[table::Model]) -> Result<HashMap<Uuid, String>> {
    let people = rows.iter().flat_map(|row| [row.requester_id, row.owner_id]);
    let mut people: Vec<Uuid> = people.flatten().collect();
    people.sort_unstable();
    people.dedup();
    let mut organisations: Vec<Uuid> = rows.iter().filter_map(|r| r.organisation_id).collect();
    organisations.sort_unstable();
    organisations.dedup();
    let people = person::Entity::find()
        .select_only()
        .columns([
            person::Column::Id,
            person::Column::Name,
            person::Column::Email,
        ])
        .filter(person::Column::Id.is_in(people))
        .into_tuple::<(Uuid, String, Option<String>)>()
        .all(db.reader());
    let organisations = organisation::Entity::find()
        .select_only()
        .columns([organisation::Column::Id, organisation::Column::Name])
        .filter(organisation::Column::Id.is_in(organisations))
        .into_tuple::<(Uuid, String)>()
        .all(db.reader());
    let (people, organisations) = tokio::try_join!(people, organisations)?;
    let people = people.into_iter().map(|(id, name, email)| {
        let email = email.unwrap_or_default();
        (id, format!("{name} {email}").trim_end().to_owned())
    });
    Ok(people.chain(organisations).collect())
}

/// The words of what fields hold: of options in both languages, of people and organisations their names, and nothing of
/// other tickets, which not everybody sees who sees these.
pub async fn words(db: &Db, values: &[&Value]) -> Result<HashMap<Uuid, Words>> {
    let sees_no_ticket = Actor::System(Rule::SignOn);
    read::words(db, &sees_no_ticket, values).await
}
