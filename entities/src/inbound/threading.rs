//! What a mail may point to: tickets by message, by Message-ID, by number, and who takes part in them.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::db::Db;
use crate::error::Result;
use crate::person::Sender;
use crate::ticket::state::State;
use crate::ticket::{message, share, table};

/// The most mergers that are followed.
const MOST_STEPS: usize = 20;

/// A ticket by its id, none when there is none.
pub async fn ticket(db: &Db, id: Uuid) -> Result<Option<table::Model>> {
    Ok(table::Entity::find_by_id(id).one(db.reader()).await?)
}

/// A ticket by its number in the stored form.
pub async fn ticket_of_number(db: &Db, number: &str) -> Result<Option<table::Model>> {
    Ok(table::Entity::find()
        .filter(table::COLUMN.number.eq(number))
        .one(db.reader())
        .await?)
}

/// Follows mergers to the ticket that lives on.
pub async fn living(db: &Db, mut found: table::Model) -> Result<table::Model> {
    for _ in 0..MOST_STEPS {
        let Some(target) = found.merged_into.filter(|_| found.state == State::Merged) else {
            break;
        };
        match ticket(db, target).await? {
            Some(next) => found = next,
            None => break,
        }
    }
    Ok(found)
}

/// A message by its id, none when there is none.
pub async fn message(db: &Db, id: Uuid) -> Result<Option<message::Model>> {
    Ok(message::Entity::find_by_id(id).one(db.reader()).await?)
}

/// The first of these Message-IDs that belongs to messages of exactly one ticket, with the newest of them.
pub async fn known_message(db: &Db, mail_ids: &[&str]) -> Result<Option<(String, message::Model)>> {
    if mail_ids.is_empty() {
        return Ok(None);
    }
    let mut found: HashMap<String, Vec<message::Model>> = HashMap::new();
    for message in message::Entity::find()
        .filter(message::COLUMN.mail_id.is_in(mail_ids.iter().copied()))
        .all(db.reader())
        .await?
    {
        let id = message.mail_id.clone().unwrap_or_default();
        found.entry(id).or_default().push(message);
    }
    for id in mail_ids {
        let Some(messages) = found.remove(*id) else {
            continue;
        };
        let one_ticket = messages
            .iter()
            .all(|m| m.ticket_id == messages[0].ticket_id);
        if let Some(newest) = messages.into_iter().max_by_key(|m| (m.created_at, m.id))
            && one_ticket
        {
            return Ok(Some(((*id).to_owned(), newest)));
        }
    }
    Ok(None)
}

/// Whether a sender takes part in a ticket: as requester or author, named by one of its messages,
/// as a member of its organisation, or of a vendor it is shared with.
pub async fn takes_part(
    db: &Db,
    ticket: &table::Model,
    address: &str,
    sender: Option<&Sender>,
) -> Result<bool> {
    if let Some(sender) = sender {
        let organisation = sender.organisation.as_ref().map(|o| o.id);
        if ticket.requester_id == Some(sender.person.id)
            || (organisation.is_some() && organisation == ticket.organisation_id)
        {
            return Ok(true);
        }
        if let Some(organisation) = organisation
            && share::read::with(db, ticket, organisation)
                .await?
                .is_some_and(|share| share.withdrawn_at.is_none())
        {
            return Ok(true);
        }
    }
    let messages: Vec<(Option<Uuid>, String)> = message::Entity::find()
        .select_only()
        .columns([message::Column::AuthorId, message::Column::Addresses])
        .filter(message::COLUMN.ticket_id.eq(ticket.id))
        .into_tuple()
        .all(db.reader())
        .await?;
    Ok(messages.into_iter().any(|(author, named)| {
        let named: message::Addresses = serde_json::from_str(&named).unwrap_or_default();
        let mut all = named
            .from
            .iter()
            .chain(&named.to)
            .chain(&named.cc)
            .chain(&named.bcc)
            .chain(&named.reply_to);
        sender.is_some_and(|s| author == Some(s.person.id))
            || all.any(|a| a.address.eq_ignore_ascii_case(address))
    }))
}
