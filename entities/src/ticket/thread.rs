//! The thread of a ticket: messages with authors and files.

mod mails;
mod sent;

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, Statement,
};
use tokio::try_join;
use uuid::Uuid;

pub(crate) use mails::mails_of_requesters;
pub(super) use mails::mails_of_share;
pub use mails::{ThreadMail, mails};
pub use sent::answers;

use super::{
    Audience, Channel, Direction, attachment, mention, message, outbound, redact, show, table,
};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::{Db, few_forms, places};
use crate::error::{DeskError, Result};
use crate::outgoing::answers::{self, Occasion};
use crate::person;

/// One entry of the thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadEntry {
    pub message: message::Model,
    /// The author's name, when a known person wrote it.
    pub author: Option<String>,
    /// The vendor it came from or went to.
    pub vendor: Option<String>,
    /// In the order of the mail.
    pub files: Vec<attachment::Model>,
    /// The mail that had to be sent, with its fate.
    pub outbound: Option<outbound::Model>,
    /// The number of the ticket it came from, once [`name_origins`] has looked.
    pub origin: Option<String>,
    /// What it is about, when a rule sent it.
    pub occasion: Option<Occasion>,
    /// The names of those who are told of it because they are named in it.
    pub named: Vec<String>,
    /// What is to be blacked out of it, and what was, the newest first.
    pub redactions: Vec<redact::Model>,
}

/// The whole thread of a ticket the actor has already found, oldest first.
/// Agents read every audience; portals never come here.
pub async fn thread(db: &Db, ticket: &table::Model) -> Result<Vec<ThreadEntry>> {
    let mut messages = messages(ticket.id).all(db.reader()).await?;
    messages.sort_by_key(|m| (m.created_at, m.number));
    entries(db, messages).await
}

fn messages(ticket_id: Uuid) -> Select<message::Entity> {
    message::Entity::find()
        .filter(message::COLUMN.ticket_id.eq(ticket_id))
        .order_by_asc(message::Column::Number)
}

/// The text of the first message for that audience; empty when there is none.
pub async fn first_text(db: &Db, ticket: &table::Model, audience: Audience) -> Result<String> {
    let first = messages(ticket.id)
        .filter(message::COLUMN.audience.eq(audience))
        .one(db.reader())
        .await?;
    Ok(first.map(|message| message.body).unwrap_or_default())
}

/// The statement that reads the messages of [`thread`].
pub fn messages_statement(backend: DbBackend, ticket_id: Uuid) -> Statement {
    messages(ticket_id).build(backend)
}

/// The entries of a thread added after a position.
pub async fn after(db: &Db, ticket: &table::Model, number: i32) -> Result<Vec<ThreadEntry>> {
    let messages = messages(ticket.id)
        .filter(message::COLUMN.number.gt(number))
        .all(db.reader())
        .await?;
    entries(db, messages).await
}

/// One entry by its message.
///
/// # Errors
/// `Hidden` when the message is not of this ticket.
pub async fn entry(db: &Db, ticket: &table::Model, message_id: Uuid) -> Result<ThreadEntry> {
    let message = message(db, ticket, message_id).await?;
    entries(db, vec![message])
        .await?
        .pop()
        .ok_or(DeskError::Hidden)
}

/// The newest mail a person sent us, which an answer quotes; the newest of a machine when no person wrote, none when
/// nobody did.
pub fn newest_received(entries: &[ThreadEntry]) -> Option<&ThreadEntry> {
    let newest = |fits: fn(&message::Model) -> bool| {
        entries
            .iter()
            .filter(|entry| is_received(&entry.message) && fits(&entry.message))
            .max_by_key(|entry| entry.message.number)
    };
    newest(|m| !m.is_by_machine()).or_else(|| newest(|_| true))
}

/// The entry of a message that [`newest_received`] could give; none when it is another one or of another ticket.
pub async fn quotable(
    db: &Db,
    ticket: &table::Model,
    message_id: Uuid,
) -> Result<Option<ThreadEntry>> {
    match entry(db, ticket, message_id).await {
        Ok(entry) => Ok(Some(entry).filter(|entry| is_received(&entry.message))),
        Err(DeskError::Hidden) => Ok(None),
        Err(error) => Err(error),
    }
}

fn is_received(m: &message::Model) -> bool {
    let is_mail_in = m.direction == Direction::In && m.channel == Channel::Mail;
    is_mail_in && m.audience == Audience::Requester
}

/// One message of a ticket.
///
/// # Errors
/// `Hidden` when the message is not of this ticket.
pub async fn message(db: &Db, ticket: &table::Model, message_id: Uuid) -> Result<message::Model> {
    message::Entity::find_by_id(message_id)
        .filter(message::COLUMN.ticket_id.eq(ticket.id))
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)
}

async fn entries(db: &Db, messages: Vec<message::Model>) -> Result<Vec<ThreadEntry>> {
    if messages.is_empty() {
        return Ok(vec![]);
    }
    let (mut files, (mut outbound, occasions), authors, vendors, mut named, mut redactions) = try_join!(
        files_of(db, &messages),
        mails_of(db, &messages),
        authors_of(db, &messages),
        vendors_of(db, &messages),
        mention::of(db, &messages),
        redact::of(db, messages.iter().map(|m| m.id).collect()),
    )?;
    Ok(messages
        .into_iter()
        .map(|message| ThreadEntry {
            author: message.author_id.and_then(|id| authors.get(&id).cloned()),
            vendor: message.share_id.and_then(|id| vendors.get(&id).cloned()),
            files: files.remove(&message.id).unwrap_or_default(),
            outbound: outbound.remove(&message.id),
            origin: None,
            occasion: occasions.get(&message.id).copied(),
            named: named.remove(&message.id).unwrap_or_default(),
            redactions: redactions.remove(&message.id).unwrap_or_default(),
            message,
        })
        .collect())
}

async fn files_of(
    db: &Db,
    messages: &[message::Model],
) -> Result<HashMap<Uuid, Vec<attachment::Model>>> {
    let ids = few_forms(messages.iter().map(|m| m.id));
    let mut files: HashMap<Uuid, Vec<attachment::Model>> = HashMap::new();
    for file in attachment::Entity::find()
        .filter(attachment::Column::MessageId.is_in(ids))
        .order_by_asc(attachment::Column::Id)
        .all(db.reader())
        .await?
    {
        files.entry(file.message_id).or_default().push(file);
    }
    Ok(files)
}

/// The mails that had to be sent, and what the automatic ones are about.
async fn mails_of(
    db: &Db,
    messages: &[message::Model],
) -> Result<(HashMap<Uuid, outbound::Model>, HashMap<Uuid, Occasion>)> {
    let ids = few_forms(messages.iter().map(|m| m.id));
    let mails: HashMap<Uuid, outbound::Model> = outbound::Entity::find()
        .filter(outbound::Column::MessageId.is_in(ids))
        .all(db.reader())
        .await?
        .into_iter()
        .map(|o| (o.message_id, o))
        .collect();
    let occasions = occasions(db, &mails).await?;
    Ok((mails, occasions))
}

async fn authors_of(db: &Db, messages: &[message::Model]) -> Result<HashMap<Uuid, String>> {
    let mut authors: Vec<Uuid> = messages.iter().filter_map(|m| m.author_id).collect();
    authors.sort_unstable();
    authors.dedup();
    let names = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::Name])
        .filter(person::Column::Id.is_in(few_forms(authors)))
        .into_tuple()
        .all(db.reader())
        .await?;
    Ok(names.into_iter().collect())
}

#[derive(FromQueryResult)]
struct Vendor {
    share_id: Uuid,
    name: String,
}

/// The vendors of these messages, by the share.
async fn vendors_of(db: &Db, messages: &[message::Model]) -> Result<HashMap<Uuid, String>> {
    let shares = few_forms(messages.iter().filter_map(|m| m.share_id));
    if shares.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT s.id AS share_id, o.name FROM vendor_share s JOIN organisation o ON o.id = s.organisation_id \
         WHERE s.id IN ({})",
        places(shares.len())
    );
    let backend = db.reader().get_database_backend();
    let statement =
        Statement::from_sql_and_values(backend, sql, shares.into_iter().map(Into::into));
    let found = Vendor::find_by_statement(statement)
        .all(db.reader())
        .await?;
    Ok(found.into_iter().map(|v| (v.share_id, v.name)).collect())
}

/// Fills in where moved and merged messages came from, as far as the actor may see those tickets.
pub async fn name_origins(db: &Db, actor: &Actor, entries: &mut [ThreadEntry]) -> Result<()> {
    let mut ids: Vec<Uuid> = entries.iter().filter_map(|e| e.message.origin_id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    ids.sort_unstable();
    ids.dedup();
    let numbers: HashMap<Uuid, String> = show::numbers_of(db, actor, &ids)
        .await?
        .into_iter()
        .collect();
    for entry in entries {
        let origin = entry.message.origin_id;
        entry.origin = origin.and_then(|id| numbers.get(&id).cloned());
    }
    Ok(())
}

/// What the automatic ones among these mails are about.
async fn occasions(
    db: &Db,
    outbound: &HashMap<Uuid, outbound::Model>,
) -> Result<HashMap<Uuid, Occasion>> {
    let automatic = outbound.values().filter(|mail| mail.automatic);
    let ids = few_forms(automatic.map(|mail| mail.message_id));
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let known: Vec<(Option<Uuid>, Occasion)> = answers::Entity::find()
        .select_only()
        .columns([answers::Column::MessageId, answers::Column::Occasion])
        .filter(answers::Column::MessageId.is_in(ids))
        .into_tuple()
        .all(db.reader())
        .await?;
    let known = known.into_iter();
    Ok(known
        .filter_map(|(id, occasion)| Some((id?, occasion)))
        .collect())
}

/// A file of a ticket the actor sees.
///
/// # Errors
/// `Hidden` when there is none or the ticket is not visible.
pub async fn file(db: &Db, actor: &Actor, id: Uuid) -> Result<attachment::Model> {
    let file = attachment::Entity::find_by_id(id)
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)?;
    show::by_id(db, actor, file.ticket_id).await?;
    Ok(file)
}

/// All files of a ticket the actor has already found, newest first.
pub async fn files(db: &Db, ticket: &table::Model) -> Result<Vec<attachment::Model>> {
    Ok(attachment::Entity::find()
        .filter(attachment::COLUMN.ticket_id.eq(ticket.id))
        .order_by_desc(attachment::Column::Id)
        .all(db.reader())
        .await?)
}

/// When the actor last looked at a ticket; none for the first time.
pub async fn seen(db: &Db, actor: &Actor, ticket: &table::Model) -> Result<Option<Instant>> {
    let Some(me) = actor.person_id() else {
        return Ok(None);
    };
    Ok(super::seen::Entity::find_by_id((me, ticket.id))
        .one(db.reader())
        .await?
        .map(|s| s.seen_at))
}

/// Notes that the actor has seen a ticket now.
pub async fn mark_seen(db: &Db, actor: &Actor, ticket: &table::Model) -> Result<()> {
    let Some(me) = actor.person_id() else {
        return Ok(());
    };
    db.write_note(
        "INSERT INTO seen (person_id, ticket_id, seen_at) VALUES ($1, $2, $3) \
         ON CONFLICT (person_id, ticket_id) DO UPDATE SET seen_at = excluded.seen_at",
        vec![me.into(), ticket.id.into(), db.clock().now().into()],
    )
    .await
}

/// The newest mail of the requester's side, none when nobody wrote one.
pub async fn newest_from_requester(db: &Db, ticket_id: Uuid) -> Result<Option<message::Model>> {
    Ok(message::Entity::find()
        .filter(message::COLUMN.ticket_id.eq(ticket_id))
        .filter(message::COLUMN.audience.eq(Audience::Requester))
        .filter(message::COLUMN.direction.eq(Direction::In))
        .filter(message::COLUMN.channel.eq(Channel::Mail))
        .order_by_desc(message::Column::Number)
        .one(db.reader())
        .await?)
}
