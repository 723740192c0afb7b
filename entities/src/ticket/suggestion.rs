//! What the intake suggests: a new ticket whose mail named another one, though its sender has no part in that.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

use super::event::TicketEvent;
use super::table::Model as Ticket;
use super::{link, show, table};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::inbound::threading;
use crate::ledger::Command;
use crate::policy::Permission;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "suggestion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: Uuid,
    /// The number as the subject named it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: String,
    pub created_at: DateTimeUtc,
    /// Once refused it stays refused.
    pub refused_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// A suggestion that nobody has decided on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The number the mail named.
    pub number: String,
    /// The ticket that number leads to today.
    pub other: table::Model,
}

/// The open suggestions of a ticket that lead to tickets the actor may see. What is linked or merged by
/// now needs no suggestion any more.
pub async fn open(db: &Db, actor: &Actor, ticket: &Ticket) -> Result<Vec<Suggestion>> {
    if ticket.merged_into.is_some() {
        return Ok(vec![]);
    }
    let rows = Entity::find()
        .filter(COLUMN.ticket_id.eq(ticket.id))
        .filter(COLUMN.refused_at.is_null())
        .all(db.reader())
        .await?;
    let mut open = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(named) = threading::ticket_of_number(db, &row.number).await? else {
            continue;
        };
        let living = threading::living(db, named).await?;
        let other = match show::by_id(db, actor, living.id).await {
            Ok(other) => other,
            Err(DeskError::Hidden) => continue,
            Err(error) => return Err(error),
        };
        let decided =
            other.id == ticket.id || !link::between(db, ticket.id, other.id).await?.is_empty();
        if !decided {
            let number = row.number;
            open.push(Suggestion { number, other });
        }
    }
    Ok(open)
}

/// Says that the two tickets have nothing to do with each other.
#[derive(Clone, Debug)]
pub struct RefuseSuggestion {
    pub suggestion: Suggestion,
}

impl Command for RefuseSuggestion {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::LinkTickets;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        ticket: &Ticket,
        _: &Actor,
        _: Instant,
    ) -> std::result::Result<Vec<TicketEvent>, Rejected> {
        if ticket.merged_into.is_some() {
            return Err(Rejected::AlreadyMerged);
        }
        Ok(vec![TicketEvent::SuggestionRefused {
            number: self.suggestion.number,
            other_id: self.suggestion.other.id,
        }])
    }
}
