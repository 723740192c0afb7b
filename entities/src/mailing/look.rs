//! Who gets a ticket, who was given one, and who was refused.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::item::{self, Refusal};
use super::{Model, run};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::outbox::once_key;
use crate::ticket::show::numbers_of;

/// Tickets or keys asked for with one statement.
const AT_ONCE: usize = 500;

/// Somebody who has no ticket yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// From 1; none for who came with an organisation.
    pub line: Option<i32>,
    pub said: String,
}

/// A ticket that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Whose it is.
    pub said: String,
    /// None when the actor does not see it any more.
    pub number: Option<String>,
}

/// Somebody, or a line, that gets none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// From 1; none for who came with an organisation.
    pub line: Option<i32>,
    pub said: String,
    pub why: Option<Refusal>,
}

/// A mailing's people, each kind in the order of the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Without a ticket yet.
    pub open: Vec<Left>,
    pub opened: Vec<Opened>,
    pub refused: Vec<Refused>,
}

impl Look {
    /// How many people get a ticket or were to get one.
    pub fn people(&self) -> usize {
        self.open.len() + self.opened.len()
    }
}

/// All people of a mailing the actor has already found; numbers of tickets are read once it is over.
pub async fn look(db: &Db, actor: &Actor, mailing: &Model) -> Result<Look> {
    let items = items(db, mailing).await?;
    let ids: Vec<Uuid> = items.iter().filter_map(|item| item.ticket_id).collect();
    let mut numbers = HashMap::new();
    if mailing.is_over() {
        for some in ids.chunks(AT_ONCE) {
            numbers.extend(numbers_of(db, actor, some).await?);
        }
    }
    let mut look = Look::default();
    for item in items {
        match (item.refused, item.ticket_id) {
            (Some(why), _) => look.refused.push(Refused {
                line: item.line,
                said: item.said,
                why: Refusal::read(&why),
            }),
            (None, Some(id)) => look.opened.push(Opened {
                said: item.said,
                number: numbers.get(&id).cloned(),
            }),
            (None, None) => look.open.push(Left {
                line: item.line,
                said: item.said,
            }),
        }
    }
    Ok(look)
}

/// The tickets that were opened, in the order of the lines.
pub(super) async fn tickets(db: &Db, mailing: &Model) -> Result<Vec<Uuid>> {
    let items = items(db, mailing).await?.into_iter();
    Ok(items.filter_map(|item| item.ticket_id).collect())
}

/// All items, in the order of the lines.
async fn items(db: &Db, mailing: &Model) -> Result<Vec<item::Model>> {
    let mut items = item::Entity::find()
        .filter(item::COLUMN.mailing_id.eq(mailing.id))
        .order_by_asc(item::Column::Position)
        .all(db.reader())
        .await?;
    if mailing.is_over() {
        find_again(db, &mut items).await?;
    }
    Ok(items)
}

/// What a killed process has opened and could note no more, when nobody goes on after it.
async fn find_again(db: &Db, items: &mut [item::Model]) -> Result<()> {
    let key = |item: &item::Model| match (&item.refused, item.ticket_id, item.person_id) {
        (None, None, Some(person_id)) => Some(run::key(item.mailing_id, person_id)),
        _ => None,
    };
    let keys: Vec<String> = items.iter().filter_map(key).collect();
    let mut opened = HashMap::new();
    for some in keys.chunks(AT_ONCE) {
        let rows = once_key::Entity::find()
            .filter(once_key::COLUMN.key.is_in(some.to_vec()))
            .all(db.reader())
            .await?;
        opened.extend(rows.into_iter().map(|row| (row.key, row.subject_id)));
    }
    for item in items {
        if let Some(key) = key(item) {
            item.ticket_id = opened.get(&key).copied();
        }
    }
    Ok(())
}
