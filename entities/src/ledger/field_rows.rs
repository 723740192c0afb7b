//! The rows of dynamic fields one transaction writes, and what must be filled once they are there.

use std::collections::{HashMap, HashSet};

use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, Statement};
use uuid::Uuid;

use crate::actor::Actor;
use crate::error::{Rejected, Result};
use crate::field::change::{FieldChange, rows};
use crate::field::rules::{Case, missing};
use crate::field::value::Value;
use crate::field::{Field, Moment, read, value};
use crate::service;
use crate::ticket::event::{TicketEvent, TiedEvent};
use crate::ticket::{State, Ticket, WaitingFor};

/// What the events of one transaction do to values of fields, and what they need filled.
#[derive(Debug, Default)]
pub struct FieldRows {
    opened: HashSet<Uuid>,
    changes: Vec<(Ticket, Vec<FieldChange>)>,
    kept: Vec<kept::Model>,
    /// Tickets whose work began again or ended, by what they are now.
    activity: HashMap<Uuid, bool>,
    needed: Vec<(Ticket, Moment, Actor)>,
}

/// Contents of changes, beside the history.
pub mod kept {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "field_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: Uuid,
        pub content: String,
        pub salt: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

impl FieldRows {
    /// Takes what an event says, with the ticket as it is after all events.
    pub fn gather(&mut self, ticket: &Ticket, event: &TicketEvent, actor: &Actor) {
        // What a rule does is never held up by an empty field; lists show such tickets.
        if let (Actor::Person(_), Some(moment)) = (actor, needed_by(event)) {
            self.needed.push((ticket.clone(), moment, actor.clone()));
        }
        match event {
            TicketEvent::Opened(_) => {
                self.opened.insert(ticket.id);
            }
            TicketEvent::StateChanged { change, .. }
                if change.from.is_active() != change.to.is_active() =>
            {
                self.activity.insert(ticket.id, ticket.active);
            }
            TicketEvent::MergedInto { .. } => {
                self.activity.insert(ticket.id, ticket.active);
            }
            TicketEvent::Tied(event) if matches!(**event, TiedEvent::Unmerged { .. }) => {
                self.activity.insert(ticket.id, ticket.active);
            }
            TicketEvent::FieldsSet {
                change_id,
                changes,
                salt,
            } => {
                self.kept.push(kept::Model {
                    id: *change_id,
                    ticket_id: ticket.id,
                    content: serde_json::to_string(changes).unwrap_or_default(),
                    salt: salt.clone(),
                });
                self.changes.push((ticket.clone(), changes.clone()));
            }
            _ => {}
        }
    }

    /// Writes values; what was read before must still hold.
    pub async fn write(&mut self, tx: &DatabaseTransaction) -> Result<()> {
        let mut new = Vec::new();
        let mut written: HashSet<(Uuid, Uuid)> = HashSet::new();
        // Tickets in which the same fields change together.
        let mut alike: HashMap<Vec<Uuid>, Vec<(Uuid, &[FieldChange])>> = HashMap::new();
        let changes = std::mem::take(&mut self.changes);
        for (ticket, changes) in &changes {
            if !self.opened.contains(&ticket.id) {
                let mut fields: Vec<Uuid> = changes.iter().map(|c| c.field_id).collect();
                fields.sort_unstable();
                let tickets = alike.entry(fields).or_default();
                tickets.push((ticket.id, changes));
            }
            for change in changes {
                if !written.insert((ticket.id, change.field_id)) {
                    return Err(Rejected::ChangedMeanwhile.into());
                }
                new.extend(rows(ticket, change));
            }
        }
        for (fields, tickets) in alike {
            replace(tx, &fields, &tickets).await?;
        }
        super::batch::insert::<value::Entity>(tx, new).await?;
        super::batch::insert::<kept::Entity>(tx, std::mem::take(&mut self.kept)).await?;
        let of = |active: bool| {
            let changed = self.activity.iter().filter(|(_, now)| **now == active);
            changed.map(|(id, _)| *id).collect::<Vec<Uuid>>()
        };
        for active in [true, false] {
            let ids = of(active);
            if ids.is_empty() {
                continue;
            }
            use sea_orm::sea_query::Expr;
            value::Entity::update_many()
                .col_expr(value::Column::Active, Expr::value(active))
                .filter(value::COLUMN.ticket_id.is_in(ids))
                .filter(value::COLUMN.active.ne(active))
                .exec(tx)
                .await?;
        }
        Ok(())
    }

    /// What is needed at these moments must be there now.
    pub async fn check(self, tx: &DatabaseTransaction) -> Result<()> {
        if self.needed.is_empty() {
            return Ok(());
        }
        let fields: Vec<Field> = read::definitions_on(tx).await?;
        if fields.iter().all(|f| f.settings.required.is_empty()) {
            return Ok(());
        }
        let parents = service::list::parents_on(tx).await?;
        for (ticket, moment, actor) in self.needed {
            let parent = ticket.service_id.and_then(|id| *parents.get(&id)?);
            let case = Case::of(&ticket, parent);
            let none = HashSet::new();
            if missing(&fields, &case, &none, moment, &actor).is_empty() {
                continue;
            }
            let filled = read::values_on(tx, ticket.id, &fields).await?;
            let filled = filled.into_keys().collect();
            if !missing(&fields, &case, &filled, moment, &actor).is_empty() {
                return Err(Rejected::FieldsMissing.into());
            }
        }
        Ok(())
    }
}

/// The moment an event is for the fields that must be filled then.
pub(crate) fn needed_by(event: &TicketEvent) -> Option<Moment> {
    match event {
        // A mail is never kept out, nor one that is made a ticket by hand.
        TicketEvent::Opened(opened) => {
            (opened.channel != crate::ticket::Channel::Mail).then_some(Moment::Create)
        }
        TicketEvent::Classified(change) => change.to.map(|_| Moment::Classify),
        TicketEvent::Replied { message, .. } => {
            (message.audience == crate::ticket::Audience::Vendor).then_some(Moment::VendorEnquiry)
        }
        TicketEvent::StateChanged {
            change,
            waiting_for,
            ended,
            ..
        } => match (change.to, waiting_for) {
            // What had ended before is not ended anew.
            (State::Solved | State::Closed, _) => ended.is_none().then_some(Moment::Close),
            (State::Waiting, Some(WaitingFor::Vendor)) => Some(Moment::VendorEnquiry),
            _ => None,
        },
        _ => None,
    }
}

/// Takes the old rows of some tickets away after making sure that they are those the commands saw.
async fn replace(
    tx: &DatabaseTransaction,
    fields: &[Uuid],
    tickets: &[(Uuid, &[FieldChange])],
) -> Result<()> {
    let ids = || tickets.iter().map(|(id, _)| *id);
    let mut old: HashMap<(Uuid, Uuid), Vec<value::Model>> = HashMap::new();
    for row in value::Entity::find()
        .filter(value::COLUMN.ticket_id.is_in(ids()))
        .filter(value::COLUMN.field_id.is_in(fields.iter().copied()))
        .all(tx)
        .await?
    {
        let held = old.entry((row.ticket_id, row.field_id)).or_default();
        held.push(row);
    }
    for (id, changes) in tickets {
        for change in *changes {
            let mut own = old.remove(&(*id, change.field_id)).unwrap_or_default();
            own.sort_by_key(|row| row.part);
            let is_same = match &change.from {
                None => own.is_empty(),
                Some(from) => same(from, &own),
            };
            if !is_same {
                return Err(Rejected::ChangedMeanwhile.into());
            }
        }
    }
    value::Entity::delete_many()
        .filter(value::COLUMN.ticket_id.is_in(ids()))
        .filter(value::COLUMN.field_id.is_in(fields.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

fn same(value: &Value, rows: &[value::Model]) -> bool {
    let parts = value.parts();
    parts.len() == rows.len()
        && parts.iter().zip(rows).all(|((ref_id, text, key), row)| {
            let number = key.number.is_none() || key.number == row.number;
            *ref_id == row.ref_id && *text == row.text && number
        })
}

/// Writes the options of a field, and the place of each into the values that have it.
pub async fn options(
    tx: &DatabaseTransaction,
    field_id: Uuid,
    rows: Vec<crate::field::option::Model>,
) -> Result<()> {
    use crate::field::option;
    let before: HashMap<Uuid, option::Model> = option::Entity::find()
        .filter(option::COLUMN.field_id.eq(field_id))
        .all(tx)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let moved: Vec<(Uuid, i32)> = rows
        .iter()
        .filter(|r| {
            before
                .get(&r.id)
                .is_some_and(|old| old.position != r.position)
        })
        .map(|r| (r.id, r.position))
        .collect();
    let changed = rows.into_iter().filter(|r| before.get(&r.id) != Some(r));
    super::batch::upsert::<option::Entity>(tx, changed.collect()).await?;
    for (id, position) in moved {
        tx.execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "UPDATE field_value SET number = $1 WHERE field_id = $2 AND ref_id = $3",
            [i64::from(position).into(), field_id.into(), id.into()],
        ))
        .await?;
    }
    Ok(())
}
