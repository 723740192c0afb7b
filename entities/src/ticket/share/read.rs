//! Shares as the desk's own side reads them, and the one a vendor's command is permitted on.

use std::collections::HashMap;

use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Model, Repair, Side};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::{Db, few_forms, places};
use crate::error::{DeskError, Result};
use crate::inbound::threading;
use crate::organisation;
use crate::permit::Protected;
use crate::person;
use crate::policy::{Permission, Place, allows};
use crate::ticket::message::{self, Address};
use crate::ticket::state::Direction;
use crate::ticket::table::Model as Ticket;
use crate::ticket::thread::{self, ThreadMail};
use crate::ticket::{number, vendor_number};

impl Protected for Model {
    fn place(&self) -> Place {
        Model::place(self)
    }

    /// By the number of the ticket: the share of a vendor the actor belongs to, as long as it is shared.
    async fn find(db: &Db, actor: &Actor, key: &str) -> Result<Self> {
        let number = number::parse(key).ok_or(DeskError::Hidden)?;
        let ticket = threading::ticket_of_number(db, &number).await?;
        let ticket = ticket.ok_or(DeskError::Hidden)?;
        let own = few_forms(actor.organisations().iter().copied());
        Entity::find()
            .filter(COLUMN.ticket_id.eq(ticket.id))
            .filter(COLUMN.organisation_id.is_in(own))
            .filter(COLUMN.withdrawn_at.is_null())
            .order_by_asc(Column::SharedAt)
            .all(db.reader())
            .await?
            .into_iter()
            .find(|share| allows(actor, Permission::UsePortal, share.place()))
            .ok_or(DeskError::Hidden)
    }
}

impl Model {
    /// The ticket that a command about this share changes; none when the command is about another one.
    pub(super) fn target_of(&self, seen: &Model) -> Uuid {
        match self.id == seen.id {
            true => self.ticket_id,
            false => Uuid::nil(),
        }
    }
}

/// All shares of a ticket the actor has already found, those withdrawn too, in the order they were made.
pub async fn of(db: &Db, ticket: &Ticket) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.ticket_id.eq(ticket.id))
        .order_by_asc(Column::SharedAt)
        .order_by_asc(Column::Id)
        .all(db.reader())
        .await?)
}

/// The share of one vendor of a ticket, withdrawn or not; for mail, which knows its ticket.
pub async fn with(db: &Db, ticket: &Ticket, organisation_id: Uuid) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.ticket_id.eq(ticket.id))
        .filter(COLUMN.organisation_id.eq(organisation_id))
        .one(db.reader())
        .await?)
}

/// One share of a ticket the actor has already found.
///
/// # Errors
/// `Hidden` when it is none of this ticket.
pub async fn one(db: &Db, ticket: &Ticket, id: Uuid) -> Result<Model> {
    Entity::find_by_id(id)
        .filter(COLUMN.ticket_id.eq(ticket.id))
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)
}

/// One share; for work that keeps its id.
pub async fn by_id(db: &Db, id: Uuid) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(db.reader()).await?)
}

/// A share with what the desk's own side shows beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub share: Model,
    pub organisation: String,
    pub contact: Option<String>,
    /// The number under which the vendor keeps it.
    pub number: Option<String>,
}

/// The shares of a ticket the actor has already found with the names around them; those withdrawn last.
pub async fn rows(db: &Db, ticket: &Ticket) -> Result<Vec<Row>> {
    let mut shares = of(db, ticket).await?;
    if shares.is_empty() {
        return Ok(vec![]);
    }
    shares.sort_by_key(|share| (share.withdrawn_at.is_some(), share.shared_at, share.id));
    let vendors: Vec<Uuid> = shares.iter().map(|share| share.organisation_id).collect();
    let vendors = organisation::list::names(db, &vendors).await?;
    let contacts: Vec<Uuid> = shares.iter().filter_map(|share| share.contact_id).collect();
    let contacts = person::names_by_id(db, &contacts).await?;
    let numbers = vendor_number::of(db, ticket).await?;
    let row = |share: Model| Row {
        organisation: vendors
            .get(&share.organisation_id)
            .cloned()
            .unwrap_or_default(),
        contact: share.contact_id.and_then(|id| contacts.get(&id).cloned()),
        number: numbers
            .iter()
            .find(|n| n.organisation_id == share.organisation_id)
            .map(|n| n.number.clone()),
        share,
    };
    Ok(shares.into_iter().map(row).collect())
}

/// What a list shows of an open share.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Mark {
    ticket_id: Uuid,
    pub vendor: String,
    pub repair: Repair,
    reacted_at: Option<Instant>,
    reaction_due_at: Option<Instant>,
    delivery_due_at: Option<Instant>,
}

impl Mark {
    /// Until when the vendor has to do something; none while it is not their turn.
    pub fn due_at(&self) -> Option<Instant> {
        match (self.repair.turn(), self.reacted_at) {
            (Some(Side::Vendor), None) => self.reaction_due_at.or(self.delivery_due_at),
            (Some(Side::Vendor), Some(_)) => self.delivery_due_at,
            _ => None,
        }
    }
}

/// The open shares of tickets the actor has already found, in the order they were made.
pub async fn marks(db: &Db, tickets: &[Uuid]) -> Result<HashMap<Uuid, Vec<Mark>>> {
    if tickets.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = few_forms(tickets.iter().copied());
    let sql = format!(
        "SELECT s.ticket_id, o.name AS vendor, s.repair, s.reacted_at, s.reaction_due_at, s.delivery_due_at \
         FROM vendor_share s JOIN organisation o ON o.id = s.organisation_id \
         WHERE s.ticket_id IN ({}) AND s.withdrawn_at IS NULL ORDER BY s.shared_at, s.id",
        places(ids.len())
    );
    let backend = db.reader().get_database_backend();
    let values = ids.into_iter().map(Into::into);
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let mut marks: HashMap<Uuid, Vec<Mark>> = HashMap::new();
    for mark in Mark::find_by_statement(statement).all(db.reader()).await? {
        marks.entry(mark.ticket_id).or_default().push(mark);
    }
    Ok(marks)
}

#[derive(FromQueryResult)]
struct Usual {
    organisation_id: Uuid,
}

/// With whom a case about this service was shared last.
pub async fn usual_vendor(db: &Db, service_id: Option<Uuid>) -> Result<Option<Uuid>> {
    let Some(service_id) = service_id else {
        return Ok(None);
    };
    let sql = "SELECT organisation_id FROM vendor_share WHERE service_id = $1 ORDER BY shared_at DESC LIMIT 1";
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [service_id.into()]);
    let row = Usual::find_by_statement(statement).one(db.reader()).await?;
    Ok(row.map(|row| row.organisation_id))
}

/// Where mails to this vendor went last; nobody when none did.
pub async fn usual_addresses(db: &Db, organisation_id: Uuid) -> Result<Vec<Address>> {
    // A join would look at every message to any vendor.
    let sql = "SELECT m.* FROM message m WHERE m.share_id IN (SELECT s.id FROM vendor_share s \
               WHERE s.organisation_id = $1 ORDER BY s.last_message_at DESC LIMIT 20) AND m.channel = 'mail' \
               ORDER BY m.created_at DESC LIMIT 1";
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [organisation_id.into()]);
    let newest = message::Entity::find()
        .from_raw_sql(statement)
        .one(db.reader())
        .await?;
    let Some(newest) = newest else {
        return Ok(vec![]);
    };
    let parties = newest.parties();
    Ok(match newest.direction {
        Direction::In if !parties.reply_to.is_empty() => parties.reply_to,
        Direction::In => parties.from.into_iter().collect(),
        Direction::Out | Direction::Internal => parties.to,
    })
}

/// The mails to and from one vendor, oldest first, as far as an answer names them.
pub async fn mails(db: &Db, share: &Model) -> Result<Vec<ThreadMail>> {
    thread::mails_of_share(db, share.id).await
}
