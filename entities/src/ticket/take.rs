//! Take a new ticket of one's teams that nobody has; two people never take the same one.

use sea_orm::sea_query::{Asterisk, Expr, Func, Query, SelectStatement, SqliteQueryBuilder};
use uuid::Uuid;

use super::assign::{Assign, Assignee};
use super::event::TicketEvent;
use super::filter::{Filter, OwnerIs, Standing};
use super::list::{self, Direction, Row, Sort, SortBy};
use super::show;
use super::state::State;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::amount;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::kept::Parts;
use crate::ledger::Command;
use crate::policy::{self, Permission};

/// Makes the actor the owner of a ticket that is new and has none.
#[derive(Clone, Copy, Debug)]
pub struct Take;

impl Command for Take {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Assign;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        ticket: &Ticket,
        actor: &Actor,
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        let (State::New, None, Some(id)) = (ticket.state, ticket.owner_id, actor.person_id())
        else {
            return Err(Rejected::NothingToDo);
        };
        let to = Assignee::Person { id };
        Assign { to }.decide(ticket, actor, now)
    }
}

/// New tickets without an owner.
fn untaken() -> Filter {
    Filter {
        standings: vec![Standing::New],
        owners: vec![OwnerIs::Nobody],
        ..Filter::default()
    }
}

/// Those the actor may take, the oldest first: of their teams and of no team, as far as their roles reach.
pub async fn takeable(db: &Db, actor: &Actor, most: u64) -> Result<Vec<Row>> {
    let sort = Sort {
        by: SortBy::Created,
        direction: Direction::Ascending,
    };
    let mut query = list::page_query(actor, &untaken(), sort, None, most, db.clock().now());
    query.cond_where(policy::tickets_where(actor, Permission::Assign));
    let mut rows = list::read(db, &query).await?;
    rows.truncate(most as usize);
    Ok(rows)
}

/// How many there are to take.
pub async fn takeable_count(db: &Db, actor: &Actor) -> Result<i64> {
    let selection = selection_of(actor, Instant::UNIX_EPOCH).to_string(SqliteQueryBuilder);
    db.kept_of(
        Parts::read_by(&selection),
        Takeable(actor.clone()),
        async || {
            let mut query = selection_of(actor, db.clock().now());
            query.expr_as(Func::count(Expr::col(Asterisk)), "n");
            amount::read(db, &query).await
        },
    )
    .await
}

/// How many there are for somebody to take.
#[derive(PartialEq, Eq, Hash)]
struct Takeable(Actor);

/// What the actor may take, as a statement that names no columns yet.
fn selection_of(actor: &Actor, now: Instant) -> SelectStatement {
    Query::select()
        .from("ticket")
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .cond_where(policy::tickets_where(actor, Permission::Assign))
        .cond_where(untaken().condition(actor, now))
        .to_owned()
}

/// The oldest one there is to take.
///
/// # Errors
/// `Hidden` when there is none.
pub async fn oldest(db: &Db, actor: &Actor) -> Result<Ticket> {
    let rows = takeable(db, actor, 1).await?;
    let id = rows.first().map(|row| row.id).ok_or(DeskError::Hidden)?;
    show::by_id(db, actor, id).await
}
