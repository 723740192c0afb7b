//! Whether how a case was solved helps others too: said when it is solved, or later.

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::close::Close;
use super::event::TicketEvent;
use super::state::State;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::ledger::Command;
use crate::policy::{self, Permission};

/// A case that was called reusable.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reusable_case")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: Uuid,
    pub since: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Says whether the solution of a case that has ended is reusable.
#[derive(Clone, Copy, Debug)]
pub struct SetReusable {
    pub to: bool,
}

impl Command for SetReusable {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Note;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        ticket: &Ticket,
        _: &Actor,
        _: Instant,
    ) -> std::result::Result<Vec<TicketEvent>, Rejected> {
        match ticket.state {
            State::Merged => Err(Rejected::AlreadyMerged),
            State::Solved | State::Closed => Ok(vec![TicketEvent::ReusableSet { to: self.to }]),
            State::New | State::Open | State::Waiting => Err(Rejected::NotSolved),
        }
    }
}

/// Ends a case whose solution is reusable, as far as the actor may say so.
#[derive(Clone, Debug)]
pub struct CloseReusable {
    pub close: Close,
}

impl Command for CloseReusable {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Close::NEEDS;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        ticket: &Ticket,
        actor: &Actor,
        at: Instant,
    ) -> std::result::Result<Vec<TicketEvent>, Rejected> {
        let mut events = self.close.decide(ticket, actor, at)?;
        if policy::allows(actor, SetReusable::NEEDS, ticket.place()) {
            events.push(TicketEvent::ReusableSet { to: true });
        }
        Ok(events)
    }
}

/// Whether a ticket the actor has already found was called reusable.
pub async fn is_reusable(db: &Db, ticket: &Ticket) -> Result<bool> {
    if ticket.active {
        return Ok(false);
    }
    let row = Entity::find_by_id(ticket.id)
        .select_only()
        .column(Column::TicketId)
        .into_tuple::<Uuid>();
    Ok(row.one(db.reader()).await?.is_some())
}
