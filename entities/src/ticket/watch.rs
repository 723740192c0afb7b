//! Watching a ticket: who keeps an eye on it without working on it.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{FromQueryResult, Statement};

use super::event::TicketEvent;
use super::filter::col;
use super::state::State;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::ledger::Command;
use crate::policy::Permission;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "watch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: Uuid,
    pub since: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Whoever acts watches the ticket from now on.
#[derive(Clone, Debug)]
pub struct Watch;

/// Whoever acts watches it no more.
#[derive(Clone, Debug)]
pub struct Unwatch;

impl Command for Watch {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Watch;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        ticket: &Ticket,
        actor: &Actor,
        _: Instant,
    ) -> std::result::Result<Vec<TicketEvent>, Rejected> {
        if ticket.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        let person_id = actor.person_id().ok_or(Rejected::NothingToDo)?;
        Ok(vec![TicketEvent::Watched { person_id }])
    }
}

impl Command for Unwatch {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Watch;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        _: &Ticket,
        actor: &Actor,
        _: Instant,
    ) -> std::result::Result<Vec<TicketEvent>, Rejected> {
        let person_id = actor.person_id().ok_or(Rejected::NothingToDo)?;
        Ok(vec![TicketEvent::Unwatched { person_id }])
    }
}

/// Somebody who watches a ticket.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Watcher {
    pub person_id: Uuid,
    pub name: String,
    pub since: Instant,
}

/// Who watches a ticket the actor has already found, by their names.
pub async fn of(db: &Db, ticket: &Ticket) -> Result<Vec<Watcher>> {
    let statement = of_statement(db.reader().get_database_backend(), ticket.id);
    let watchers = Watcher::find_by_statement(statement);
    Ok(watchers.all(db.reader()).await?)
}

/// The statement of [`of`].
pub fn of_statement(backend: sea_orm::DbBackend, ticket_id: Uuid) -> Statement {
    let sql = "SELECT watch.person_id, p.name, watch.since FROM watch JOIN person p ON p.id = watch.person_id \
               WHERE watch.ticket_id = $1 ORDER BY p.name, p.id";
    Statement::from_sql_and_values(backend, sql, [ticket_id.into()])
}

/// The tickets the actor watches.
pub(super) fn by(actor: &Actor) -> Condition {
    let watched = Query::select()
        .column("ticket_id")
        .from("watch")
        .and_where(Expr::col("person_id").eq(actor.person_id()))
        .to_owned();
    Condition::all().add(col("id").in_subquery(watched))
}
